#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# At run time, make each allocation of a reader and of a switch of a group fail in turn, then
# all allocations that grow the pools of the hooks.
# timeout: 500

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/faults.sh"

needs_faults
hd_load slow_dsleep_ms=1
debug=/sys/kernel/debug/hostdiag
start act stop getppid:100 open:r:/dev/null close-bad:3 vfork:10 stop
resume

# --- readers

prepare() {
	:
}

is_right() {
	:
}

for file in "$hd"/* "$debug"/*; do
	each_fails "a reader of ${file##*/}" "OK ENOMEM" read "$file"
done
each_fails "a reset" OK write $hd/control reset
check "the files are well-formed after it" "$bin/validate" $hd 0
let_end

# --- switches

# Nothing changes where it fails, as with the kernel's buffer for what is
# written; and never does another group
is_right() {
	now=$to
	[ "$result" = OK ] || now=$((1 - to))
	for other in $(hd_list groups); do
		want=1
		[ "$other" != "$group" ] || want=$now
		[ "$(cat "$hd_params/$other")" = $want ] || return 1
	done
}

prepare() {
	set_group "$group" $((1 - to))
}

for group in $(hd_list groups); do
	to=0
	each_fails "$group off" "OK ENOMEM" write "$hd_params/$group" 0
	to=1
	each_fails "$group on" "OK ENOMEM" write "$hd_params/$group" 1
done
start act stop getppid:100 open:r:/dev/null close stop
resume
check "calls count after it" [ "$(call getppid calls)" = 100 ]
check "files count after it" [ "$(number tasks closes "tid=$pid")" = 1 ]
let_end

# --- no more room

# set_kworkers 0|1: do their allocations fail?  It is they who make room.
set_kworkers() {
	for comm in /proc/[0-9]*/comm; do
		case $(cat "$comm" 2>/dev/null) in
		kworker*) echo "$1" >"${comm%comm}make-it-fail" || : ;;
		esac
	done 2>/dev/null
}

lost_calls() {
	head -n 1 $debug/probes | tr ' ' '\n' | sed -n 's/^lost_calls=//p'
}

# Each of a crowd makes 28 calls three times, and one before.
each=85

# crowd N: what N have counted, in $tmp/crowd, the sum in $counted, and how many
# calls were lost meanwhile
crowd() {
	before=$(lost_calls)
	launch crowd "$1"
	check "a crowd of $1 is there" poll 60 grep -q ready "$tmp/out"
	rows tasks "tid calls" comm=crowd | grep -v "^$pid " >"$tmp/crowd"
	counted=$(cut -d ' ' -f 2 "$tmp/crowd" | total)
	lost=$(($(lost_calls) - before))
	kill -KILL "$pid"
	wait "$pid" || :
}

set_fault task-filter 1
set_fault times -1
set_fault probability 100
set_kworkers 1
crowd 1000
missing=$((each * 1000 - counted))
check "there was no room for $missing calls" [ $missing -gt 0 ]
check "these were lost, or some more: $lost" [ $missing -le "$lost" ]
check "nobody counts more than he called" \
	[ "$(awk -v each=$each '$2 > each' "$tmp/crowd" | wc -l)" = 0 ]
check "the files are well-formed" "$bin/validate" $hd 0

set_kworkers 0
# the dead make room; and what asks for more gets it
start act vfork:100 stop
let_end
crowd 1000
missing=$((each * 1000 - counted))
check "with memory again, $missing were lost, or some more: $lost" \
	[ $missing -le "$lost" ]
start act stop getppid:100 stop
resume
check "who comes now is counted" [ "$(call getppid calls)" = 100 ]
let_end
hd_unload
leaks_nothing
finish
