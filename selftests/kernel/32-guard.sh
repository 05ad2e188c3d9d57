#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# budget_percent: under a storm of calls groups of hooks are shed, all files report it, and
# the groups come back afterwards.  A second proof that the hooks are off: a call takes
# less time.
# timeout: 400
# kernels: two

. "$(dirname "$0")/lib.sh"

hd_load budget_percent=0
budget=$hd_params/budget_percent
probes=/sys/kernel/debug/hostdiag/probes
reader=${HOSTDIAG:-$(command -v hostdiag || :)}
# a group that was switched off by hand stays off
set_group files 0

groups() {
	cat "$hd_params/syscalls" "$hd_params/dsleep" "$hd_params/files" | tr -d '\n'
}

are() {
	[ "$(groups)" = "$1" ]
}

# a log without times tells nothing about when
times=/sys/module/printk/parameters/time
at_exit "echo $(cat $times) >$times"
echo 1 >$times

# said PATTERN: lines of the guard in the kernel's log, since this script began
log_begins=$(dmesg | wc -l)
said() {
	dmesg | tail -n "+$((log_begins + 1))" | grep -c "hostdiag: guard: .*$1" || :
}

# best_ns: print the shortest time of 2000 calls, of 20 runs
best_ns() {
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		"$bin/act" clock getppid:2000 clock say | tr '\n' ' '
		echo
	done | awk 'NR == 1 || $2 - $1 < best { best = $2 - $1 }
		END { printf "%d\n", best }'
}

has_come_back() {
	dmesg | grep 'hostdiag: guard:' | tail -n 1 |
		grep -q 'on again, on trial: syscalls$'
}

storms=
for _ in $(grep '^processor' /proc/cpuinfo | tr -d ' \t'); do
	launch act getppid:2000000000
	storms="$storms $pid"
done

# storm STOP|CONT: pause the storm, since reading is slow during it, or continue it
storm() {
	# shellcheck disable=SC2086	# a list
	kill "-$1" $storms
}

# shed TIMES: run the storm until syscalls have been shed that often, then pause it; set
# $after to the time that took
shed() {
	storm CONT
	begun=$(now_cs)
	has_said() {
		[ "$(said 'of the CPUs, over budget_percent=1 for 10 s; shed: syscalls$')" = \
			"$1" ]
	}
	check "it is shed, and the kernel's log says it" poll 60 has_said "$1"
	storm STOP
	after=$((($(now_cs) - begun) / 100))
	check "syscalls are off, D sleep is not" are 010
	check "after more than ten seconds: $after" [ "$after" -ge 9 ]
}

for bad in -1 101 x ''; do
	result=$(printf '%s\n' "$bad" | "$bin/poke" $budget)
	check "budget_percent refuses \"$bad\"" [ "$result" = EINVAL ]
done
check "the kernel log says what is allowed" \
	grep -q "hostdiag: budget_percent must be" <<-EOF
		$(own_log 1)
	EOF
check "control has it" [ "$(rows control value key=budget_percent)" = 0 ]

storm STOP
with_ns=$(best_ns)
storm CONT
for all in 0 100; do
	echo $all >$budget
	sleep 12
	check "budget_percent=$all: nothing is shed" are 110
done
check "and nothing is said" [ "$(said .)" = 0 ]
check "no file tells of it" [ -z "$(header shed_ns)" ]

echo 1 >$budget
shed 1
sleep 2
check "the summary says it" \
	grep -qx 'SHED: syscalls, over budget_percent; OFF: files; on with: .*' \
	$hd/summary
check "every file says it" [ "$(header shed_ns)" -gt 0 ]
if [ -n "$reader" ]; then
	check "the reader's summary says it" \
		sh -c "'$reader' | grep -q '^SHED: syscalls, over budget_percent'"
	check "so does the doctor" \
		sh -c "'$reader' doctor | grep -q '^warn *budget '"
fi
if [ -e $probes ]; then
	check "probes says it" \
		grep -q '^syscalls sys_enter off .* shed by budget_percent$' $probes
	check "and of the other group that it was switched off" \
		grep -q '^files __fput off .* switched off$' $probes
fi
start act stop getppid:1000 stop
resume
check "calls are not counted" [ "$(call getppid calls)" = 0 ]
let_end
without_ns=$(best_ns)
check "a call is faster: $without_ns ns rather than $with_ns" \
	[ "$without_ns" -lt "$with_ns" ]

echo 1 >$hd_params/dsleep
check "who switches a group has all back" are 110
shed 2
echo 0 >$budget
check "without a budget it comes back" poll 5 are 110

echo 1 >$budget
shed 3
poll 60 are 110 || :
check "when the storm is over, it comes back, and what was off does not" are 110
check "the kernel's log says it" poll 10 has_come_back
# compare by the clock of the log
after=$(dmesg | sed -n 's/^\[ *\([0-9]*\).*hostdiag: guard: .*/\1/p' | tail -n 2 |
	tr '\n' ' ' | awk '{ print $2 - $1 }')
check "not before its time: $after" [ "$after" -ge 28 ]
start act stop getppid:1000 stop
resume
check "calls are counted again" [ "$(call getppid calls)" = 1000 ]
let_end
check "the summary tells of the gap" grep -qE \
	'^GAP: syscalls not counted for [0-9.]+(s|m[0-9]+s), see budget_percent; OFF: files' \
	$hd/summary
echo reset >$hd/control
check "after a reset there is none" sh -c "! grep -q GAP $hd/summary"
finish
