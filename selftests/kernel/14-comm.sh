#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A comm is any 15 bytes, a path any number of bytes: both are escaped in all files and in
# all output of the reader.
# kernels: two

. "$(dirname "$0")/lib.sh"

hd_load

# escaped NAME BYTES EXPECTED: BYTES in the syntax of printf(1)
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
escaped "what stands for no bytes" '-' '\055'

# --- all files and commands: a comm and a path with control sequences of a terminal

hd_tool=$hd_dir/../../userspace/hostdiag
[ -x "$hd_tool" ] || hd_tool=$(command -v hostdiag) || finish
set_param slow_open_ms 10
# an escape sequence, the same as a character of C1, a newline, a broken one
evil=$(printf 'e\033[2J\n\302\2331m\r\377.')
evil=${evil%.}
dir=$(printf '%s/\033]0;x\007 \\\n\302\235\355\240\200.' "$tmp")
dir=${dir%.}
mkdir "$dir"
path=$dir/$evil
: >"$path"
launch act "comm:$evil" "open:b:$path" sleep:50 close
wait "$pid"
start act "comm:$evil" "open:b:$path" flock stop
launch act "comm:$evil" "refused:3:r:$path/x" "open:b:$path" flock
waiter=$pid
await_state S "$pid"
cat $hd/snapshot >"$tmp/saved"
sleep 1

# printable EXTRA: standard input has only printable bytes, newlines, and EXTRA
printable() {
	[ "$(LC_ALL=C tr -d "\\n\\040-\\176$1" | wc -c)" = 0 ]
}
for file in "$hd"/*; do
	[ "$file" != $hd/snapshot ] || continue
	check "nothing is raw in ${file##*/}" printable '' <"$file"
done
check "what is there is escaped" \
	[ "$(rows tasks comm "tid=$waiter")" = \
	'e\033[2J\012\302\2331m\015\377' ]

# shows ARGUMENT...: print output and errors of the reader, which may not end by itself
shows() {
	timeout -s INT 5 "$hd_tool" "$@" >"$tmp/face" 2>&1 || :
	[ -s "$tmp/face" ] || echo "# nothing: $*"
}
commands=$("$hd_tool" --help | awk '
/^  [a-z]/ {
	sub(/^  /, "")
	sub(/  .*/, "")
	for (i = 1; i <= NF; i++)
		if ($i ~ /^[a-z]+,?$/) {
			sub(/,$/, "", $i)
			print $i
		}
}')
mkdir "$tmp/recorded"
for name in $commands; do
	extra=
	case $name in
	why | strace) shows "$name" "$waiter" ;;
	top) shows top -n 1 -i 1 ;;
	diff) shows diff "$tmp/saved" $hd/snapshot ;;
	record)
		shows record -n 2 -i 1 "$tmp/recorded"
		[ -s "$tmp/face" ] || echo >"$tmp/face"
		;;
	heatmap) shows heatmap "$tmp/recorded" ;;
	json | metrics)
		# UTF-8 is left as it is, but for control characters
		extra='\200-\377'
		shows "$name"
		check "$name has no command of C1" \
			sh -c "! LC_ALL=C grep -q '$(printf '\302[\200-\237]')' '$tmp/face'"
		;;
	*) shows "$name" ;;
	esac
	check "$name says something" [ -s "$tmp/face" ]
	check "nothing is raw in $name" printable "$extra" <"$tmp/face"
done
check "there are commands" [ "$(echo "$commands" | wc -l)" -ge 13 ]
shows slow -F -a
check "nothing is raw in slow -F" printable '' <"$tmp/face"
for by in process comm cgroup; do
	shows tasks --by "$by"
	check "nothing is raw by $by" printable '' <"$tmp/face"
done
# an error message repeats the name that was asked for
shows hist -c "$evil"
check "nothing is raw of what was asked for" printable '' <"$tmp/face"
finish
