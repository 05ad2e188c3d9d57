#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# D sleeps, and states that only look like D sleep.

. "$(dirname "$0")/lib.sh"

hd_load

# compare with schedstats, where the kernel has them
schedstats=/proc/sys/kernel/sched_schedstats
if [ -w $schedstats ]; then
	was=$(cat $schedstats)
	at_exit "echo $was >$schedstats"
	echo 1 >$schedstats
fi

# sched_ns NAME: print a time of the workload from /proc/PID/sched, which has "ms.ns"
sched_ns() {
	sed -n "s/^\(se.statistics[.>-]*\)*$1 *: *\([0-9]*\)\.\([0-9]*\)$/\2\3/p" \
		"/proc/$pid/sched" 2>/dev/null | sed 's/^0*\([0-9]\)/\1/'
}

# agrees COLUMN NAME BEFORE: compare the growth of COLUMN with that of schedstats' NAME,
# to 2 ms, and more by the delay that the workload itself has seen.
agrees() {
	after=$(sched_ns "$2")
	if [ -z "$after" ] || [ -z "$3" ]; then
		skip "$1 agrees with schedstats" "no $2"
		return
	fi
	late=$(max $((2 * ms)) $(($(elapsed) - 100 * ms)))
	check "$1 agrees with schedstats" within $(($(grew "$1") - late)) \
		$((after - $3)) $(($(grew "$1") + 2 * ms))
}

# ready_ns: print the workload's time on a CPU or waiting for one, by the kernel's account
ready_ns() {
	if read -r run waiting _ <"/proc/$pid/schedstat"; then
		echo $((run + waiting))
	fi 2>/dev/null
}

# one_sleep WHAT READY: check the only D sleep since note.  It ends 105 ms after the
# workload began the call; READY is the value of ready_ns before.  The growth of
# ready_ns tells how late the workload went to sleep; where the kernel has no such
# account, 5 ms are allowed.  An emulated or loaded machine may wake the workload late,
# so the sleep may be as long as the workload itself has seen.
one_sleep() {
	slept=$(grew d_ns)
	late=$((5 * ms))
	[ -z "$2" ] || late=$(($(ready_ns) - $2))
	check "$1: one D sleep" [ "$(grew dsleeps)" = 1 ]
	check "$1: it lasts 105 ms" within $((105 * ms - late)) "$slept" \
		"$(max $((150 * ms)) "$(elapsed)")"
	check "$1: its end is no later than its caller saw" \
		[ "$slept" -le "$(elapsed)" ]
	check "$1: the buckets hold all" \
		[ "$(rows hist buckets "tid=$pid" kind=dsleep key=all |
			bucket_sum)" = "$(number tasks dsleeps "tid=$pid")" ]
}

# The parent of a vfork is in D until its child is gone
start act mlock vfork:0 stop clock vfork:105 clock say stop
note
blocked=$(sched_ns sum_block_runtime)
ready=$(ready_ns)
resume
one_sleep "vfork" "$ready"
check "vfork: it is the longest" \
	[ "$(number tasks d_max_ns "tid=$pid")" = "$(grew d_ns)" ]
check "vfork: it is not iowait" [ "$(grew iowait_ns)" = 0 ]
agrees d_ns sum_block_runtime "$blocked"
let_end

# A read of a device that answers after 105 ms
device=/dev/nullb0
delay=/sys/module/null_blk/parameters/completion_nsec
if [ ! -e $delay ]; then
	modprobe null_blk nr_devices=1 gb=1 queue_mode=2 irqmode=2 \
		completion_nsec=$((105 * ms)) 2>/dev/null || :
	at_exit "rmmod null_blk 2>/dev/null"
	poll 5 [ -b $device ] || :
fi
if [ -b $device ] && [ "$(cat $delay 2>/dev/null)" = $((105 * ms)) ]; then
	start act mlock "open:rd:$device" read stop clock read clock say stop
	note
	blocked=$(sched_ns sum_block_runtime)
	waited=$(sched_ns iowait_sum)
	ready=$(ready_ns)
	resume
	one_sleep "slow device" "$ready"
	check "slow device: it is iowait" [ "$(grew iowait_ns)" = "$(grew d_ns)" ]
	agrees d_ns sum_block_runtime "$blocked"
	agrees iowait_ns iowait_sum "$waited"
	let_end
else
	skip "slow device" "no null_blk with a delay of 105 ms"
fi

# The wait for a CPU after a wakeup is no part of the sleep, and does not count twice when
# the task is moved to another CPU.  A real-time task occupies the CPU of the reader
# from when that is in D until it is moved.
is_in() {
	[ "$(task_state "$2")" = "$1" ]
}
# starve: fail where the sleep was over before it was seen
starve() {
	start act mlock pin:0 stop hog:900
	hog=$pid
	start act mlock pin:0 "open:rd:$device" read stop clock read clock say stop
	note
	blocked=$(sched_ns sum_block_runtime)
	kill -CONT "$pid"
	if poll 1 is_in D "$pid"; then
		kill -CONT "$hog"
		poll 1 is_in R "$pid" && return
	fi
	kill -KILL "$hog"
	await_stop
	let_end
	return 1
}
if ! [ -b $device ]; then
	skip "woken, without a CPU" "no null_blk with a delay of 105 ms"
elif is_rt; then
	skip "woken, without a CPU" "who wakes it would have to wait, too"
elif [ "$(grep -c '^cpu[0-9]' /proc/stat)" = 1 ]; then
	skip "woken, without a CPU" "one processor"
else
	# a busy machine may take longer than the sleep to look at it
	for _ in $(seq 15); do
		if starve; then
			break
		fi
	done
	check "woken: it waits for a CPU" is_in R "$pid"
	seen=$(rows stuck "state syscall d_age_ns" "tid=$pid")
	check "woken: it is not in D here, either: $seen" \
		[ "$seen" = "R read -" ]
	sleep 0.3
	taskset -p 2 "$pid" >/dev/null
	await_stop
	slept=$(grew d_ns)
	waited=$(call_grew read runq_ns)
	echo "# of $(elapsed) ns $slept in D, $waited waiting"
	check "woken: it slept once" [ "$(grew dsleeps)" = 1 ]
	if [ "$waited" = 0 ]; then
		skip "woken: it waited for longer" "no CONFIG_SCHED_INFO"
	else
		check "woken: it waited for longer" [ "$waited" -ge $((280 * ms)) ]
		check "woken: it did not sleep meanwhile" \
			[ $((slept + waited)) -le "$(elapsed)" ]
	fi
	after=$(sched_ns sum_block_runtime)
	if [ -n "$after" ] && [ -n "$blocked" ]; then
		check "woken: the scheduler says so, too" within \
			$((slept - 10 * ms)) $((after - blocked)) $((slept + 10 * ms))
	else
		skip "woken: the scheduler says so, too" "no sum_block_runtime"
	fi
	let_end
fi

# Kernel threads count: the one that takes down a network namespace waits for
# grace periods of RCU
kworker_sleeps() {
	rows tasks "comm dsleeps" | sed -n 's/^kworker[^ ]* //p' | total
}
more_kworker_sleeps() {
	[ "$(kworker_sleeps)" -gt "$before" ]
}
before=$(kworker_sleeps)
if unshare -n true 2>/dev/null; then
	check "a kernel thread's D sleep" poll 10 more_kworker_sleeps
else
	skip "a kernel thread's D sleep" "no network namespaces"
fi

# Not D: an interruptible sleep, a stop
start act stop sleep:100 stop
note
sleep 0.2
resume
check "a nanosleep and a stop are no D sleep" [ "$(grew dsleeps)" = 0 ]
check "and add no time" [ "$(grew d_ns)" = 0 ]
let_end

# Not D: a frozen task
mkdir "$tmp/cg"
if mount -t cgroup -o freezer freezer "$tmp/cg" 2>/dev/null; then
	group=$tmp/cg/hd$$
	mkdir "$group"
	at_exit "umount $tmp/cg"
	at_exit "rmdir $group"
	start act stop run
	note
	kill -CONT "$pid"
	echo "$pid" >"$group/tasks"
	echo FROZEN >"$group/freezer.state"
	frozen() {
		[ "$(cat "$group/freezer.state")" = FROZEN ]
	}
	check "a task is frozen" poll 5 frozen
	sleep 0.2
	echo THAWED >"$group/freezer.state"
	kill -STOP "$pid"
	await_stop
	check "a frozen task is in no D sleep" [ "$(grew dsleeps)" = 0 ]
	echo "$pid" >"$tmp/cg/tasks"
else
	skip "a frozen task is in no D sleep" "no freezer cgroup"
fi

# Not D: the idle kernel thread that ends RCU's grace periods, which looks
# like D (TASK_IDLE) and switches all the time
rcu=
for comm in /proc/[0-9]*/comm; do
	case $(cat "$comm" 2>/dev/null) in
	rcu_sched | rcu_preempt)
		rcu=${comm#/proc/}
		rcu=${rcu%/comm}
		;;
	esac
done
switches() {
	sed -n 's/^voluntary_ctxt_switches:[^0-9]*//p' "/proc/$rcu/status"
}
has_switched() {
	[ "$(switches)" -gt $((before + 4)) ]
}
if [ -n "$rcu" ]; then
	before=$(switches)
	sleeps=$(number tasks dsleeps "tid=$rcu")
	if poll 10 has_switched; then
		check "an idle kernel thread shows no D sleep" \
			[ "$(number tasks dsleeps "tid=$rcu")" = "$sleeps" ]
	else
		skip "an idle kernel thread shows no D sleep" "it did not switch"
	fi
else
	skip "an idle kernel thread shows no D sleep" "found none"
fi

finish
