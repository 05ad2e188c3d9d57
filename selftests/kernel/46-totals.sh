#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Live and exited tasks add up while tasks end: no sum falls, each call counts exactly once,
# and in the end the sums are exact.  HOSTDIAG_TASKS is the number of tasks that end.
# timeout: 1100
# kernels: two

. "$(dirname "$0")/lib.sh"

hd_load max_memory_mb=64
debug=/sys/kernel/debug
[ -e $debug/hostdiag ] || ! mount -t debugfs debugfs $debug 2>/dev/null ||
	at_exit "umount $debug"
tasks=${HOSTDIAG_TASKS:-4000}
calls=5

# records of exited tasks stay for an RCU grace period: keep the pools from running dry
launch crowd 1000
poll 60 grep -q ready "$tmp/out" || :
kill -KILL "$pid"
wait "$pid" || :

before=$(header lost)
fell=0
"$bin/totals" "$tasks" $calls 2 >"$tmp/totals" || fell=$?
sed 's/^/# /' "$tmp/totals"
check "no sum falls while $tasks tasks end" [ $fell = 0 ]
read -r counted ended lost reads <<-EOT
	$(tail -n 1 "$tmp/totals")
EOT
check "they were read meanwhile: $reads" [ "$reads" -ge 10 ]
check "all have ended" [ "$ended" = "$tasks" ]
missing=$((tasks * (calls + 1) - counted))
check "each call is counted, but $missing of $((lost - before)) lost" \
	within 0 $missing $((lost - before))
check "hardly any is lost" [ $missing -le $((tasks / 100)) ]

rounds=40
"$bin/censuses" $rounds 40 >"$tmp/censuses" || :
sed 's/^/# /' "$tmp/censuses"
check "whom a reader has counted as live, it does not count as dead: $rounds readers" \
	[ "$(tail -n 1 "$tmp/censuses")" = $rounds ]
finish
