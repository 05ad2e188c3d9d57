#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Past its bounds it drops, counts what it drops, and goes on.

. "$(dirname "$0")/lib.sh"

hd_load max_tasks=1
start act stop getppid:100 vfork:1 open:r:/dev/null close stop
resume
launch churn 3 4
check "no malformed line with max_tasks=1" "$bin/validate" $hd 2
wait "$pid" || :
check "at most one task is kept" [ "$(rows tasks tid | wc -l)" -le 1 ]
check "what was lost shows in the header" [ "$(header lost)" -gt 0 ]
for file in syscalls hist exited; do
	check "$file has the header's lost too" [ "$(header lost $file)" -gt 0 ]
done
before=$(header lost)
start act stop getppid:100 stop
resume
check "it rises with what is done" [ "$(header lost)" -gt "$before" ]
let_end

hd_load max_memory_mb=4
launch churn 3 4
check "no malformed line with max_memory_mb=4" "$bin/validate" $hd 2
wait "$pid" || :
start act stop getppid:100 stop
resume
calls=$(call getppid calls)
check "a count is right, or dropped and then counted as lost" \
	[ "$calls" = 100 ] || check "lost is counted" [ "$(header lost)" -gt 0 ]

finish
