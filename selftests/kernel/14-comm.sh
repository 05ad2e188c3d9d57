#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A comm is any 15 bytes: it is escaped in all files.

. "$(dirname "$0")/lib.sh"

hd_load

# escaped NAME BYTES EXPECTED: BYTES as printf(1) has them
escaped() {
	# shellcheck disable=SC2059	# they are a format on purpose
	comm=$(printf "$2.")
	start act stop "comm:${comm%.}" getppid vfork:1 open:r:/dev/null close stop
	resume
	for file in tasks syscalls hist; do
		check "$1 is escaped in $file" \
			[ "$(rows $file comm "tid=$pid" | sort -u)" = "$3" ]
	done
	check "all files are well-formed with $1" "$bin/validate" $hd 0
	let_end
	in_exited() {
		rows exited comm | grep -qxF "$1"
	}
	check "$1 is escaped in exited" poll 10 in_exited "$3"
	check "all files are well-formed after its end" "$bin/validate" $hd 0
}

escaped "a blank, tab, newline and backslash" 'a b\tc\nd\\e' \
	'a\040b\011c\012d\134e'
escaped "an escape sequence" '\033[31mred' '\033[31mred'
escaped "high bytes" '\377\200caf\303\251' '\377\200caf\303\251'
escaped "only blanks" '   ' '\040\040\040'
escaped "a comment's sign" '# tid' '\043\040tid'
escaped "percent signs" '%%s%%n' '%s%n'
escaped "no bytes" '' '-'

finish
