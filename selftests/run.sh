#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Runs the kernel tests and joins them into one TAP stream, the plan last:
#
#	run.sh [-o FILE] [NN-name...]
#
# Exit status 0: all passed; 1: some failed; 4: all were skipped.  A module
# that is loaded is unloaded first, and loaded again with its parameters in the
# end; its counts are lost.  Plain POSIX sh, since the test VM has busybox alone.
# HOSTDIAG_SLOW=N gives them N times the time, on a kernel that checks itself.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
sys=/sys/module/hostdiag
total=0
failed=0
skipped=0

if [ "${1:-}" = -o ]; then
	exec >"$2"
	shift 2
fi

# The parameters of the module that is loaded, as it would be loaded again
parameters() {
	for param in "$sys/parameters"/*; do
		echo "${param##*/}=$(cat "$param")"
	done | tr '\n' ' '
}

# join NAME: renumber the TAP on standard input as part of the whole; says in
# $work/verdict "TOTAL FAILED SKIPPED COMPLETE"
join() {
	complete=0
	while IFS= read -r line; do
		case $line in
		"ok "*" # SKIP "*)
			skipped=$((skipped + 1))
			point "ok" "$1: ${line#* - }"
			;;
		"ok "*)
			point "ok" "$1: ${line#* - }"
			;;
		"not ok "*)
			failed=$((failed + 1))
			point "not ok" "$1: ${line#* - }"
			;;
		"1..0 # SKIP "*)
			skipped=$((skipped + 1))
			complete=1
			point "ok" "$1 # SKIP ${line#1..0 # SKIP }"
			;;
		1..*)
			complete=1
			;;
		*)
			echo "# ${line#\# }"
			;;
		esac
	done
	echo "$total $failed $skipped $complete" >"$work/verdict"
}

point() {
	total=$((total + 1))
	echo "$1 $total - $2"
}

# run_one SCRIPT: it may set its own limit with a line "# timeout: SECONDS"
run_one() {
	name=${1##*/}
	name=${name%.sh}
	limit=$(sed -n 's/^# timeout: //p' "$1")
	begun=$(date +%s)
	{
		status=0
		# shellcheck disable=SC2086	# an option and its value
		timeout $how $((${limit:-180} * ${HOSTDIAG_SLOW:-1})) sh "$1" 2>&1 || status=$?
		echo "$status" >"$work/status"
	} | join "$name"
	read -r total failed skipped complete <"$work/verdict"
	status=$(cat "$work/status")
	# a verdict that the lines do not bear out is a failure of its own
	if [ "$complete" = 0 ]; then
		failed=$((failed + 1))
		point "not ok" "$name: ended before its plan, status $status"
	fi
	echo "# $name: $(($(date +%s) - begun)) s, status $status"
}

unload() {
	[ ! -e "$sys" ] || "$here/kernel/bin/modload" -r hostdiag >/dev/null
}

# An old timeout cannot give a script the time to clean up
how="-k 30"
timeout -k 5 1 true 2>/dev/null || how="-s KILL"

work=$(mktemp -d)
was=
if [ -e "$sys" ]; then
	was=$(parameters)
	unload
fi

clean_up() {
	rm -rf "$work"
	unload
	# shellcheck disable=SC2086	# one word a parameter
	[ -z "$was" ] || modprobe hostdiag $was ||
		echo "# hostdiag was loaded with \"$was\" and could not be again"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

[ $# -gt 0 ] || set -- "$here"/kernel/[0-9][0-9]-*.sh
echo "TAP version 13"
for script in "$@"; do
	script=${script##*/}
	run_one "$here/kernel/${script%.sh}.sh"
done
echo "1..$total"
echo "# $((total - failed - skipped)) passed, $failed failed, $skipped skipped"

[ "$failed" = 0 ] || exit 1
[ "$skipped" -lt "$total" ] || exit 4
