#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Compare calls and errors by syscall with strace -c -f of the same run: a workload
# with children and threads, and a real program, the shell.
#
# Each begins as act, which spins without a call while strace attaches and the rows
# are read, so that both count the same calls; the rows are read again while it waits
# at its end.

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

# counts: print "name calls errors" by syscall of the workload's live tasks
counts() {
	rows syscalls "syscall calls errors" "tgid=$pid"
	tr ' ' '\n' <"$children" | while read -r child; do
		rows syscalls "syscall calls errors" "tgid=$child"
	done
}

# attach STEP...: start act with these steps, and attach strace
attach() {
	echo 00 >"$tmp/flag"
	launch act "map:$tmp/flag" mark spin:g "$@"
	children=/proc/$pid/task/$pid/children
	[ -e "$children" ] || skip_all "no /proc/PID/task/TID/children"
	check "it waits" poll 20 marks 1
	counts >"$tmp/before"
	strace -c -f -o "$tmp/strace" -p "$pid" 2>"$tmp/strace.err" &
	strace_pid=$!
	hd_pids="$hd_pids $strace_pid"
	poll 20 traced || {
		not_ok "strace attaches: $(cat "$tmp/strace.err")"
		exit 1
	}
	printf g 1<>"$tmp/flag"
}

# ours: print the growth of counts from before to after
ours() {
	awk '{
		sign = FILENAME == ARGV[1] ? -1 : 1
		calls[$1] += sign * $2
		errors[$1] += sign * $3
	} END {
		for (name in calls)
			if (calls[name])
				print name, calls[name], errors[name]
	}' "$tmp/before" "$tmp/after" | sort
}

# theirs: "name calls errors" of strace's "% time, seconds, usecs/call, calls,
# [errors,] syscall", less the calls on standard input, "name calls", of tasks
# that are gone, and whose rows are gone with them
theirs() {
	awk 'FILENAME == "-" { gone[$1] = $2; next }
	$4 ~ /^[0-9]+$/ && $NF != "total" && $4 > gone[$NF] + 0 {
		print $NF, $4 - gone[$NF], NF == 6 ? $5 : 0
	}' - "$tmp/strace" | sort
}

# same WHAT: compare ours and theirs
same() {
	check "$1: there are calls to compare" \
		[ "$(wc -l <"$tmp/theirs")" -ge "$2" ]
	if cmp -s "$tmp/ours" "$tmp/theirs"; then
		ok "$1: calls and errors by syscall equal strace's"
		return
	fi
	not_ok "$1: calls and errors by syscall equal strace's"
	echo "# hostdiag:"
	sed 's/^/#   /' "$tmp/ours"
	echo "# strace:"
	sed 's/^/#   /' "$tmp/theirs"
}

# --- a workload with children and threads

comm=hs$$
attach getppid:200 close-bad:50 \
	open-fails:r:/no/such/file open-fails:rcx:/ \
	open:r:/dev/null read read dup close close pathless \
	sleep:1 sleep:2 sleep-alarm poll-alarm vfork:1 \
	fork getppid:30 close-bad:3 sleep-alarm mark spin:x exit end \
	thread getppid:40 close-bad:4 sleep:1 mark spin:x end \
	fork "comm:$comm" getuid:25 end wait:2 mark spin:x exit
check "the work is done under strace" poll 40 marks 4
counts >"$tmp/after"
# all end by exit_group, which never returns, and which neither side counts
printf x 1<>"$tmp/flag"
wait "$pid" || :
wait "$strace_pid" || :
ours >"$tmp/ours"
# of the last child, and of the vfork's
theirs >"$tmp/theirs" <<-EOF
	prctl 1
	getuid 25
	nanosleep 1
EOF
same "a workload" 15

gone() {
	[ "$(number exited calls "comm=$comm")" = 26 ]
}
check "the calls of the child that ended are in exited" poll 5 gone

# --- a shell

mkfifo "$tmp/fifo"
cat >"$tmp/script" <<'EOF'
cd "$1"
umask 077
for i in 1 2 3 4 5 6 7 8 9 10; do
	echo "line $i" >>lines
	[ ! -e "missing.$i" ] || echo there
	[ -r lines ] && [ -d . ]
done
while read -r line; do
	echo "$line"
done <lines >copy
trap : USR1
kill -USR1 $$
kill -0 0
cd /no/such/directory 2>/dev/null
{ echo >/no/such/file; } 2>/dev/null
: >done
read -r line <fifo
EOF
attach exec:/bin/sh "$tmp/script" "$tmp"
script_done() {
	[ -e "$tmp/done" ]
}
check "a script is done under strace" poll 40 script_done
# the shell waits for a writer in the open of the FIFO
still() {
	counts >"$tmp/again"
	sleep 0.2
	counts >"$tmp/after"
	cmp -s "$tmp/again" "$tmp/after"
}
await_state S "$pid"
check "it waits at its end" poll 10 still
# it is killed in its last call, which neither side counts
kill -KILL "$pid"
wait "$pid" 2>/dev/null || :
wait "$strace_pid" || :
ours >"$tmp/ours"
theirs >"$tmp/theirs" </dev/null
same "a shell" 10

finish
