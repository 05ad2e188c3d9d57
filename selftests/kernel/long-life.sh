#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A host at work: stress-ng, fio on a slow device, nginx, PostgreSQL, CPUs that
# come and go, and everything read all the while.  What a workload does is
# counted or lost, groups go on and off, the module comes and goes 200 times, and
# in the end the memory is what it was.  A program that is not installed is left
# out.
# timeout: 3000

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/loads.sh"

hd_load
debug=/sys/kernel/debug/hostdiag
seconds=60
cpu=/sys/devices/system/cpu/cpu1/online

lost_calls() {
	head -n 1 $debug/probes | tr ' ' '\n' | sed -n 's/^lost_calls=//p'
}

# --- what there was before: after all of it once

prepare_loads
at_exit end_loads
hd_unload
start_loads 10
for load in $loads; do
	eval "wait \$load_$load" || :
done
memory >"$tmp/before"
sed 's/^/# before: /' "$tmp/before"

# --- counts are right in all of it

# a workload whose calls are known
known() {
	before=$(lost_calls)
	start act stop getppid:5000 open:r:/dev/null close close-bad:7 stop
	note
	resume
	known_calls=$(call_grew getppid calls)
	known_errors=$(call_grew close errors)
	known_closes=$(grew closes)
	let_end
	lost=$(($(lost_calls) - before))
	[ "$known_calls $known_errors $known_closes" = "5000 7 1" ] && return
	echo "# $known_calls of 5000 calls, $known_errors of 7 errors, $known_closes of 1 closes; $lost calls were lost"
	[ $((5000 - known_calls)) -le "$lost" ]
}

hd_load
at_exit hd_unload
start_loads $seconds
plug_cpus &
plug=$!
hd_pids="$hd_pids $plug"
"$bin/validate" $hd $seconds >"$tmp/validate" 2>&1 &
validate=$!
hd_pids="$hd_pids $validate"
end=$(($(date +%s) + seconds))
rounds=0
wrong=0
while [ "$(date +%s)" -lt $end ]; do
	known || wrong=$((wrong + 1))
	rounds=$((rounds + 1))
done
check "of $rounds workloads, all is counted or lost" [ $wrong = 0 ]
check "no malformed line meanwhile" wait "$validate"
sed 's/^/# /' "$tmp/validate"
check_loads
kill -KILL "$plug"
wait "$plug" || :
echo 1 >$cpu

# --- groups on and off, and 200 loads

start_loads 3600
plug_cpus &
plug=$!
hd_pids="$hd_pids $plug"
read_all &
reader=$!
hd_pids="$hd_pids $reader"
wrong=0
for _ in $(seq 50); do
	for group in $(hd_list groups); do
		set_group "$group" 0 || wrong=$((wrong + 1))
	done
	for group in $(hd_list groups); do
		set_group "$group" 1 || wrong=$((wrong + 1))
	done
done
check "groups go off and on 50 times" [ $wrong = 0 ]
check "a workload is counted or lost after it" known
end_loads
reload 200
kill -KILL "$plug" "$reader"
wait "$plug" "$reader" || :
check "a workload is counted or lost after it" known
echo 1 >$cpu

# --- many

echo 40000 >/proc/sys/kernel/threads-max
[ "$(cat /proc/sys/kernel/pid_max)" -ge 40000 ] ||
	echo 40000 >/proc/sys/kernel/pid_max
hd_unload
hd_load
# each makes 28 calls three times, and one before; those are in pause
before=$(lost_calls)
launch crowd 10000
check "10 000 tasks live" poll 240 grep -q ready "$tmp/out"
rows tasks "tid calls" comm=crowd | grep -v "^$pid " >"$tmp/crowd"
counted=$(cut -d ' ' -f 2 "$tmp/crowd" | total)
missing=$((10000 * 85 - counted))
lost=$(($(lost_calls) - before))
check "of their 850000 calls all but $missing are counted, and $lost lost" \
	within 0 $missing "$lost"
check "the files are well-formed" "$bin/validate" $hd 0
kill -KILL "$pid"
wait "$pid" || :

dead() {
	rows exited tasks comm=act | total
}
all_dead() {
	[ $(($(dead) - dead)) -ge 100020 ]
}
# twenty with 5000 children each
children=$(seq 5000 | sed 's/.*/vfork:0/')
dead=$(dead)
before=$(lost_calls)
wrong=0
for _ in $(seq 20); do
	# shellcheck disable=SC2086	# each word is a step
	start act stop $children stop
	resume
	[ "$(call vfork calls)" = 5000 ] || wrong=$((wrong + 1))
	let_end
done
lost=$(($(lost_calls) - before))
poll 30 all_dead || :
missing=$((100020 - $(dead) + dead))
check "of 100 020 dead all but $missing are there, and $lost calls lost" \
	within 0 $missing "$lost"
check "each was a call" [ $wrong = 0 ]

# --- and then

hd_unload
memory >"$tmp/after"
sed 's/^/# after: /' "$tmp/after"
for what in used slab percpu; do
	was=$(sed -n "s/^$what //p" "$tmp/before")
	is=$(sed -n "s/^$what //p" "$tmp/after")
	check "$what: $was kB before, $is kB after" \
		[ "$is" -le $((was + was / 50 + 4096)) ]
done
finish
