#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Each group of hooks off and on again, while it runs.

. "$(dirname "$0")/lib.sh"

hd_load
at_exit "set_group syscalls 1; set_group dsleep 1; set_group files 1"
mkfifo "$tmp/fifo"

# growing: print rows "tid number" whose number has grown; tasks may come and go
growing() {
	awk 'FILENAME == ARGV[1] { was[$1] = $2; next }
		$2 > was[$1] + 0' "$tmp/before" "$tmp/after"
}

# works GROUP COLUMN OTHER: the same work counts while the group is on, not while it is
# off, and again after; OTHER is a column of another group, which stays on
works() {
	work="getppid:10 vfork:1 open:r:/dev/null close"
	# shellcheck disable=SC2086	# one step a word
	start act stop $work stop $work stop $work stop
	note
	resume
	check "$1 on: $2 grows" [ "$(grew "$2")" -gt 0 ]
	set_group "$1" 0
	cat $hd/tasks >"$tmp/all"
	note
	resume
	check "$1 off: the workload's $2 stands" [ "$(grew "$2")" = 0 ]
	check "$1 off: its $3 grows" [ "$(grew "$3")" -gt 0 ]
	rows "$tmp/all" "tid $2" >"$tmp/before"
	rows tasks "tid $2" >"$tmp/after"
	check "$1 off: nobody's $2 grows" [ -z "$(growing)" ]
	set_group "$1" 1
	note
	resume
	check "$1 on again: $2 grows" [ "$(grew "$2")" -gt 0 ]
	let_end
}

works syscalls calls opens
works dsleep dsleeps calls
works files opens dsleeps

# Calls across a switch.  Entered: on, off, off, on; left one state later.
start act "open:b:$tmp/fifo" stop read1 read1 read1 stop
let_read() {
	printf x 1<>"$tmp/fifo"
	# once it sleeps again it is in its next read, or at its stop
	sleep 0.2
}
kill -CONT "$pid"
await_state S "$pid"
before=$(call read calls)
set_group syscalls 0
let_read
set_group syscalls 1
let_read
check "a call that was entered unseen is not counted" \
	[ "$(call read calls)" = "$before" ]
let_read
await_stop
check "the next one is" [ "$(call read calls)" = $((before + 1)) ]
let_end

# A call that has slept in D is in progress when the group is switched off: its sleep must
# not count for a later call
start act stop held-vfork:4000 sleep:400 stop
before=$(number tasks sys_d_ns "tid=$pid")
kill -CONT "$pid"
if await_state t "$pid"; then
	set_group syscalls 0
	set_group syscalls 1
	in_call=$(task_state "$pid")
	await_stop
	check "the call after has its own time" within $((400 * ms)) \
		"$(call nanosleep total_ns)" $((3000 * ms))
	if [ "$in_call" = t ]; then
		d_ns=$(($(number tasks sys_d_ns "tid=$pid") - before))
		check "and not the D sleep of one that is forgotten: $d_ns" \
			[ $d_ns -lt $((200 * ms)) ]
	else
		skip "and not the D sleep of one that is forgotten" "too slow here"
	fi
else
	not_ok "it is held in its vfork"
fi
let_end

# A D sleep that begins unseen
set_group dsleep 0
launch act vfork:2000 stop
await_state D "$pid"
set_group dsleep 1
in_d=$(task_state "$pid")
await_stop
if [ "$in_d" = D ]; then
	check "a D sleep that began unseen is not counted" \
		[ "$(number tasks dsleeps "tid=$pid")" = 0 ]
else
	skip "a D sleep that began unseen is not counted" "too slow here"
fi
let_end

# A file is closed unseen, and another one may get the same address
start act stop open:r:/dev/null stop close stop open:r:/dev/null close pathless stop
note
resume
check "an open file is open_now" [ "$(grew open_now)" = 1 ]
set_group files 0
resume
set_group files 1
check "what may have been closed unseen is not open_now" \
	[ "$(number tasks open_now "tid=$pid")" = 0 ]
note
resume
check "another one's close is its own" \
	[ "$(grew opens) $(grew closes) $(grew open_now)" = "1 1 0" ]
check "and not as old as the first" [ "$(grew open_ns)" -lt $((200 * ms)) ]
let_end

# Thousands of open files are forgotten while a reader walks them
steps="nofile:8100 stop"
for _ in 1 2 3 4 5 6 7 8; do
	steps="$steps many:1000:r:/dev/null stop"
done
# shellcheck disable=SC2086	# one step a word
start act $steps
: >"$tmp/reading"
look() {
	while [ -e "$tmp/reading" ]; do
		cat $hd/open $hd/summary $hd/snapshot >/dev/null || return
	done
}
look &
looker=$!
hd_pids="$hd_pids $looker"
for _ in 1 2 3 4 5 6 7 8; do
	resume
	set_group files 0
	set_group files 1
done
rm "$tmp/reading"
check "they can be read while all are forgotten" wait "$looker"
check "none is left" [ -z "$(rows open fd "tid=$pid" path=/dev/null)" ]
let_end

finish
