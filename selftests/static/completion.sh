#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# completion.sh: what bash offers after "hostdiag ", by bash-completion.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

make -s -C "$top/userspace" >&2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
make -s -C "$top/userspace" install DESTDIR="$work" >&2
data=$work/usr/local/share
cp /etc/passwd "$work/saved-passwd"

# offers WORD...: after these, the last of which is not complete; in a shell
# that has read nothing but bash-completion, which finds ours by itself.
# compopt works only where a user has pressed tab.
# shellcheck disable=SC2016	# the variables are the inner shell's
offers() {
	(cd "$work" && env -i PATH="$work/usr/local/sbin:$PATH" \
		XDG_DATA_DIRS="$data" bash --norc -c '
		. /usr/share/bash-completion/bash_completion
		compopt() { :; }
		COMP_WORDS=(hostdiag "$@")
		COMP_CWORD=$#
		COMP_LINE="${COMP_WORDS[*]}"
		COMP_LINE=${COMP_LINE// = /=}
		COMP_POINT=${#COMP_LINE}
		COMP_TYPE=9 COMP_KEY=9
		_completion_loader hostdiag || [ $? = 124 ]
		function=$(complete -p hostdiag | sed "s/.*-F \([^ ]*\).*/\1/")
		"$function" hostdiag "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
		printf "%s\n" "${COMPREPLY[@]}"' bash "$@")
}

# is WANT WORD...: they offer these, in any order
is() {
	local want=$1
	shift
	diff <(tr ' ' '\n' <<<"$want" | sort) <(offers "$@" | sort)
}

commands=$(sed -n 's/^\t\.name = "\([a-z]*\)",$/\1/p' \
	"$top"/userspace/cmd/*.c | xargs)

point "all commands" is "help $commands" ''
point "commands, to be helped with" is "$commands" help ''
point "commands that begin so" is "stuck" stu
point "a command after a file" is "deaths diff doctor dsleep" -f saved-passwd d
point "options of all commands" is "--file= --help --version" --
point "options of a command" is "--file= --follow" slow --f
point "a file, of a command" is "saved-passwd" hist -f sav
point "a file, as a long option" is "saved-passwd" --file = sav
point "slow -f has a file, as all have" is "saved-passwd" slow -f sav
point "a snapshot to compare" is "saved-passwd" diff saved-passwd sav
point "a directory to record to" is "usr" record u
point "what to put together by" is "comm cgroup" open --by c
point "the same, as a long option" is "process" tasks --by = p
point "a column to sort by" is "tasks" exited -s ta
point "columns of what is put together" is "comm syscall calls errors total max cpu runq d sleep" \
	syscalls -b comm -s ''
point "the same, as long options" is "tasks" tasks --by = comm --sort = ta
point "there are none of tasks of their own" is "" tasks -b process -s tid
point "columns of diff" is "busy%" diff saved-passwd saved-passwd -s b
point "a syscall is no column" is "" hist -S ''
point "kinds of histograms" is "dsleep" hist -k d
point "a process, to ask why" is "$$" why "$$"
finish
