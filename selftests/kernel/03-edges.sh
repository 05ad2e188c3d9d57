#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Which returns count as calls: children's returns, calls in flight at load, calls that
# never return, restarts, numbers of no syscall.

. "$(dirname "$0")/lib.sh"

hd_load

# A child's return from clone is no call of the child: it has only the calls of its steps
comm=hc$$
start act stop fork "comm:$comm" getppid:10 stop end stop
resume
check "the parent made one clone" [ "$(call clone calls)" = 1 ]
child=$(number tasks tid "comm=$comm")
await_state T "$child" || :
check "the child has only calls of its own" \
	[ "$(rows syscalls "syscall calls" "tid=$child" | sort | tr '\n' ' ')" = \
	"getpid 1 getppid 10 kill 1 prctl 1 " ]
check "the child's total is theirs" [ "$(number tasks calls "tid=$child")" = 13 ]
kill -KILL "$child"
let_end

# neither exit_group nor the exit of a thread returns
comm=hx$$
start act stop "comm:$comm" fork:5 getppid:10 end wait:5 \
	thread:5 getppid:10 end sleep:100 stop
resume
exited_calls() {
	[ "$(rows exited "tasks calls errors" "comm=$comm")" = "10 100 0" ]
}
check "exit and exit_group are not counted" poll 5 exited_calls
let_end

# A call that a handled signal interrupts is an error, and is not restarted
start act stop sleep-alarm poll-alarm stop
resume
check "an interrupted nanosleep is one call and one error" \
	[ "$(call nanosleep calls) $(call nanosleep errors)" = "1 1" ]
check "an interrupted ppoll is one call and one error" \
	[ "$(call ppoll calls) $(call ppoll errors)" = "1 1" ]
check "the handler's returns are calls" [ "$(call rt_sigreturn calls)" = 2 ]
let_end

# A call that is stopped and continued: an ERESTART, then a restart_syscall
start act stop sleep:1000 stop
kill -CONT "$pid"
await_state S "$pid"
kill -STOP "$pid"
await_stop
resume
check "a nanosleep that was stopped is one call and one error" \
	[ "$(call nanosleep calls) $(call nanosleep errors)" = "1 1" ]
check "its restart is a call of its own, without an error" \
	[ "$(call restart_syscall calls) $(call restart_syscall errors)" = "1 0" ]
let_end

# Numbers of no syscall; those with the bit of x32 have another table, and so
# another row
start act stop nr:-1 nr:-1 nr:100000 nr:1024 nr:2147483647 nr:-2147483648 \
	nr:500 nr:1023 stop
note
resume
check "numbers past the table are counted as bad" \
	[ "$(call bad calls) $(call bad errors)" = "6 6" ]
check "a number without a name is named by it" \
	[ "$(call syscall_500 calls) $(call syscall_500 errors)" = "1 1" ]
check "so is 1023" [ "$(call syscall_1023 calls)" = 1 ]
check "each is in the task's calls" [ "$(grew calls)" = 10 ]
let_end

# Wild numbers of all sizes and signs, with the bit of x32 and without; the kernel may
# take a number of 64 bits for its lower half, or for no call
wild=$(awk 'BEGIN {
	srand(7)
	for (i = 0; i < 200; i++) {
		n = 1048576 + int(rand() * 1072693247)
		n += rand() < 0.5 ? 0 : 1073741824
		print "nr:" (rand() < 0.5 ? n : -n)
	}
}')
# shellcheck disable=SC2086	# a word each
start act stop $wild nr:4294967335 nr:-4294967257 stop
note
resume
check "200 wild numbers are bad calls" within 200 "$(call_grew bad calls)" 202
# including the getpid and the kill that stop the workload
check "each is counted once" [ "$(grew calls)" = 204 ]
check "and is an error, those of 64 bits if they were none" \
	within 200 "$(grew errors)" 202
let_end

# A call, a D sleep and an open file that began before the load
hd_unload
at_exit hd_unload
mkfifo "$tmp/fifo"
launch act "open:b:$tmp/fifo" read1 read1 close stop
reader=$pid
launch act vfork:3000 stop
sleeper=$pid
await_state S "$reader"
await_state D "$sleeper"
hd_load
in_d=$(task_state "$sleeper")
pid=$reader
printf a 1<>"$tmp/fifo"
# once the first byte has been read, the workload is in its second read
sleep 0.2
await_state S "$pid"
printf b 1<>"$tmp/fifo"
await_stop
check "a call in flight at load is not counted, the next one is" \
	[ "$(call read calls)" = 1 ]
check "a file opened before the load is not counted" \
	[ "$(rows tasks "opens closes open_now" "tid=$pid")" = "0 0 0" ]
let_end
pid=$sleeper
await_stop
if [ "$in_d" = D ]; then
	check "a D sleep in flight at load is not counted" \
		[ "$(number tasks dsleeps "tid=$pid")" = 0 ]
else
	skip "a D sleep in flight at load is not counted" "loading took too long"
fi
check "nor is its call" [ "$(call vfork calls)" = 0 ]
let_end

finish
