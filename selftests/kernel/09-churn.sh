#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Reading everything in a loop while workers fork, open, fail, change their
# comm and exit as fast as they can: each line and record is well-formed.
# timeout: 240

. "$(dirname "$0")/lib.sh"

hd_load
# make events and places frequent
for param in slow_syscall_ms slow_dsleep_ms slow_open_ms; do
	set_param $param 1
done
launch churn 10 4
check "no malformed line in 8 s" "$bin/validate" $hd 8
wait "$pid" || :

ended() {
	[ "$(rows exited tasks | total)" -ge 100 ]
}
# only live tasks have places, and the workers are gone
start act vfork:20 stop
for file in errors stuck dsleep open slow deaths; do
	check "something was in $file" [ "$(wc -l <"$hd/$file")" -gt 2 ]
done
let_end
check "the workers' children are in exited" poll 10 ended
check "nor when it is quiet again" "$bin/validate" $hd 0
check "events lost are fewer than counted" \
	[ "$(header lost)" -le "$({ rows exited calls; rows tasks calls; } | total)" ]

finish
