#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Calls and errors by syscall against strace -c -f, for the same run.
#
# The workload spins without a call while strace attaches and while the rows
# are read before and after its work, so that both count the same calls; it
# ends by exit_group, which never returns and which neither counts.

. "$(dirname "$0")/lib.sh"

command -v strace >/dev/null || skip_all "no strace"
hd_load

marks() {
	[ "$(cut -c 2 "$tmp/flag")" = "$1" ]
}

traced() {
	while read -r key value _; do
		[ "$key" != TracerPid: ] || [ "$value" = 0 ] || return 0
	done <"/proc/$pid/status"
	return 1
}

# counts: "name calls errors" by syscall of the workload's live tasks
counts() {
	rows syscalls "syscall calls errors" "tgid=$pid"
	tr ' ' '\n' <"$children" | while read -r child; do
		rows syscalls "syscall calls errors" "tgid=$child"
	done
}

# the third task ends before the sampling; its getuid are in exited
comm=hs$$
echo 00 >"$tmp/flag"
launch act "map:$tmp/flag" mark spin:g \
	getppid:200 close-bad:50 \
	open-fails:r:/no/such/file open-fails:rcx:/ \
	open:r:/dev/null read read dup close close pathless \
	sleep:1 sleep:2 sleep-alarm poll-alarm vfork:1 \
	fork getppid:30 close-bad:3 sleep-alarm mark spin:x exit end \
	thread getppid:40 close-bad:4 sleep:1 mark spin:x end \
	fork "comm:$comm" getuid:25 end wait:2 mark spin:x exit
children=/proc/$pid/task/$pid/children
[ -e "$children" ] || skip_all "no /proc/PID/task/TID/children"
check "the workload waits" poll 20 marks 1
counts >"$tmp/before"

strace -c -f -o "$tmp/strace" -p "$pid" 2>"$tmp/strace.err" &
strace_pid=$!
hd_pids="$hd_pids $strace_pid"
poll 20 traced || {
	not_ok "strace attaches: $(cat "$tmp/strace.err")"
	exit 1
}
printf g 1<>"$tmp/flag"
check "the work is done under strace" poll 40 marks 4
counts >"$tmp/after"
printf x 1<>"$tmp/flag"
wait "$pid" || :
wait "$strace_pid" || :

# hostdiag's: after less before
awk '{
	sign = FILENAME == ARGV[1] ? -1 : 1
	calls[$1] += sign * $2
	errors[$1] += sign * $3
} END {
	for (name in calls)
		if (calls[name])
			print name, calls[name], errors[name]
}' "$tmp/before" "$tmp/after" >"$tmp/ours"

# strace's: "% time, seconds, usecs/call, calls, [errors,] syscall", and what
# the third task and the child of the vfork did is taken off, since their rows
# are gone
awk '
$4 ~ /^[0-9]+$/ && $NF != "total" {
	calls = $4
	errors = NF == 6 ? $5 : 0
	if ($NF == "getuid")
		calls -= 25
	if ($NF == "prctl" || $NF == "nanosleep")
		calls -= 1
	if (calls)
		print $NF, calls, errors
}' "$tmp/strace" >"$tmp/theirs"

sort "$tmp/theirs" >"$tmp/theirs.sorted"
sort "$tmp/ours" >"$tmp/ours.sorted"
check "there are calls to compare" [ "$(wc -l <"$tmp/theirs.sorted")" -ge 15 ]
if cmp -s "$tmp/ours.sorted" "$tmp/theirs.sorted"; then
	ok "calls and errors by syscall equal strace's"
else
	not_ok "calls and errors by syscall equal strace's"
	echo "# hostdiag:"
	sed 's/^/#   /' "$tmp/ours.sorted"
	echo "# strace:"
	sed 's/^/#   /' "$tmp/theirs.sorted"
fi

# prctl and 25 getuid
gone() {
	[ "$(number exited calls "comm=$comm")" = 26 ]
}
check "the calls of the task that ended are in exited" poll 5 gone

finish
