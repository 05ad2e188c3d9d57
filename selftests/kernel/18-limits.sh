#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# At its limits the module drops events, counts them as lost, and goes on.

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
start act stop getppid:100000 stop
before=$(header lost)
resume
rise=$(($(header lost) - before))
# calls of the readers themselves are lost, too
check "it rises by the 100000 calls that are made: $rise" \
	within 100000 $rise 110000
let_end

# while calls are not counted, opens are lost
set_group syscalls 0
set_group dsleep 0
start act nofile:2100 stop many:2000:r:/dev/null stop close-many \
	many:2000:p:/dev/null stop
before=$(header lost)
resume
rise=$(($(header lost) - before))
check "it rises by 2000 opens: $rise" within 2000 $rise 2200
before=$(header lost)
resume
rise=$(($(header lost) - before))
check "but not by what opens nothing, with O_PATH: $rise" within 0 $rise 200
let_end

hd_load max_memory_mb=4
launch churn 3 4
check "no malformed line with max_memory_mb=4" "$bin/validate" $hd 2
wait "$pid" || :
before=$(header lost)
start act stop getppid:100 stop
resume
missing=$((100 - $(call getppid calls)))
lost=$(($(header lost) - before))
check "of 100 calls all are counted, but for $missing of $lost lost" \
	within 0 $missing $lost
let_end

# More tasks than fit, with 85 calls each: a task that has a record from the start has all
# its calls, even where detail did not fit
before=$(header lost)
launch crowd 1500
check "1500 tasks are there" poll 60 grep -q ready "$tmp/out"
rows tasks "tid calls" comm=crowd | grep -v "^$pid " >"$tmp/crowd"
lost=$(($(header lost) - before))
missing=$((1500 * 85 - $(cut -d ' ' -f 2 "$tmp/crowd" | total)))
check "some of their calls are missing: $missing" [ $missing -gt 0 ]
check "no more than are lost: $lost" [ $missing -le $lost ]
check "most who are there have all their calls" \
	[ "$(grep -c ' 85$' "$tmp/crowd")" -gt $(($(wc -l <"$tmp/crowd") / 2)) ]
check "and nobody more" [ -z "$(awk '$2 > 85' "$tmp/crowd")" ]
for file in syscalls hist errors; do
	check "$file has the header's lost too" [ "$(header lost $file)" -gt 0 ]
done
debug=/sys/kernel/debug/hostdiag
if [ -e $debug/memory ]; then
	check "no more memory than is allowed" within 1 \
		"$(awk '/^total/ { print $3 }' $debug/memory)" $((4 << 20))
else
	skip "no more memory than is allowed" "no debugfs"
fi
kill -KILL "$pid"
wait "$pid" || :
check "the files are well-formed when they are gone" "$bin/validate" $hd 0
start act stop getppid:100 stop
resume
check "and there is room again" [ "$(call getppid calls)" = 100 ]
let_end

finish
