#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The parts of the time of calls: on a CPU, waiting for one, in D, in other sleep;
# compared with the kernel's own account of the task.

. "$(dirname "$0")/lib.sh"

hd_load
zero=/dev/zero

# parts_add_up: the parts of the workload's time add up exactly, in tasks and syscalls
parts_add_up() {
	rows tasks "sys_ns sys_cpu_ns sys_runq_ns sys_d_ns sys_sleep_ns" \
		"tid=$pid" >"$tmp/parts"
	rows syscalls "total_ns cpu_ns runq_ns d_ns sleep_ns" "tid=$pid" \
		>>"$tmp/parts"
	[ "$(wc -l <"$tmp/parts")" -ge 2 ] &&
		awk '$1 != $2 + $3 + $4 + $5 { exit 1 }' "$tmp/parts"
}

# in_tasks PART: the part grew in tasks by as much as in the row of the call; other, brief
# calls of the step may have waited, too
in_tasks() {
	within "$(call_grew "$1" "${2}_ns")" "$(grew "sys_${2}_ns")" \
		$(($(call_grew "$1" "${2}_ns") + 20 * ms))
}

# A sleep of 700 ms, in a read of a pipe
start act pipe stop fork sleep:700 pipe-write end clock pipe-read clock say stop
note
resume
long=$(elapsed)
check "pipe read: it is sleep" within $((600 * ms)) \
	"$(call_grew read sleep_ns)" "$long"
check "pipe read: none of it is D" [ "$(call_grew read d_ns)" = 0 ]
check "pipe read: the rest is little" within 0 \
	$(($(call_grew read cpu_ns) + $(call_grew read runq_ns))) \
	$((long - $(call_grew read sleep_ns)))
check "pipe read: so it is in tasks" in_tasks read sleep
check "pipe read: the parts add up" parts_add_up
let_end

# A sleep of 300 ms in D: a vfork
start act vfork:0 stop clock vfork:300 clock say stop
vfork=$(rows syscalls syscall "tid=$pid" | grep -E '^(vfork|clone3?)$')
note
resume
check "vfork: it is D" within $((280 * ms)) "$(call_grew "$vfork" d_ns)" \
	"$(elapsed)"
# the two clocks read at different moments
check "vfork: as long as the D sleep" within $(($(grew d_ns) - 5 * ms)) \
	"$(call_grew "$vfork" d_ns)" "$(grew d_ns)"
check "vfork: next to none of it is other sleep" \
	[ "$(call_grew "$vfork" sleep_ns)" -lt $((10 * ms)) ]
check "vfork: so it is in tasks" in_tasks "$vfork" d
check "vfork: the parts add up" parts_add_up
let_end

# A call that is on the CPU.  How much is zeroed in 400 ms differs, so it is
# tried first.
start act open:r:$zero zeros:32 cpu zeros:32 cpu say stop
size=$((32 * 400 * ms / $(elapsed) + 1))
[ "$size" -le 1024 ] || size=1024
let_end
start act open:r:$zero zeros:1 stop cpu "zeros:$size" cpu say stop
note
resume
cpu=$(elapsed)
split=$(call_grew readv cpu_ns)
check "on the CPU: $cpu ns by the kernel's account" \
	within $((cpu * 9 / 10 - 10 * ms)) "$split" $((cpu * 11 / 10 + 10 * ms))
check "on the CPU: none of it is D" [ "$(call_grew readv d_ns)" = 0 ]
# the scheduler's clocks of two CPUs are some microseconds apart
check "on the CPU: next to none of it is sleep" \
	[ "$(call_grew readv sleep_ns)" -lt $ms ]
check "on the CPU: so it is in tasks" in_tasks readv cpu
check "on the CPU: the parts add up" parts_add_up
let_end

# The same, with a spinner on its CPU: it waits for the CPU about as long as
# it has it
if [ -e /proc/self/schedstat ]; then
	printf '0 ' >"$tmp/flag"
	launch act "map:$tmp/flag" pin:0 spin:1
	start act pin:0 open:r:$zero zeros:1 stop cpu "zeros:$size" cpu say stop
	read -r _ before _ <"/proc/$pid/schedstat"
	note
	resume
	read -r _ after _ <"/proc/$pid/schedstat"
	cpu=$(elapsed)
	split=$(call_grew readv runq_ns)
	# schedstat has the wait before and after the call too
	check "two on a CPU: the wait is schedstat's $((after - before)) ns" \
		within $(((after - before) / 2 - 20 * ms)) "$split" \
		$((after - before))
	check "two on a CPU: it is no small wait" [ "$split" -ge $((cpu / 4)) ]
	check "two on a CPU: on the CPU for $cpu ns, as before" \
		within $((cpu * 8 / 10 - 10 * ms)) \
		"$(call_grew readv cpu_ns)" $((cpu * 12 / 10 + 10 * ms))
	check "two on a CPU: none of it is D" [ "$(call_grew readv d_ns)" = 0 ]
	# what the scheduler has noted of a running task is as old as a tick,
	# and ticks come late to an emulated CPU
	check "two on a CPU: little of it is sleep" \
		[ "$(call_grew readv sleep_ns)" -le $((30 * ms + \
			$(call_grew readv total_ns) / 5)) ]
	check "two on a CPU: the parts add up" parts_add_up
	let_end
else
	skip "two on a CPU" "no schedstat"
fi

# More than there are CPUs for, so that one goes from CPU to CPU: a child that
# has done nothing else sleeps in its stop alone, and that is in no call
cpus=$(grep -c '^cpu[0-9]' /proc/stat)
if [ -e /proc/self/schedstat ] && [ "$cpus" -gt 1 ]; then
	printf '0 ' >"$tmp/flag"
	spinners=
	while [ "$cpus" -ge 0 ]; do
		launch act "map:$tmp/flag" spin:1
		spinners="$spinners $pid"
		cpus=$((cpus - 1))
	done
	start act open:r:$zero zeros:1 fork zeros:1 zeros:"$size" zeros:"$size" \
		stop end stop
	child=$(children "$pid")
	await_state T "$child" || :
	sleeps=$(sed -n 's/^voluntary_ctxt_switches:[^0-9]*//p' \
		"/proc/$child/status")
	rows syscalls "total_ns cpu_ns runq_ns sleep_ns" "tid=$child" \
		syscall=readv >"$tmp/child"
	read -r total_ns cpu_ns runq_ns sleep_ns <"$tmp/child"
	echo "# $total_ns ns, on the CPU $cpu_ns, waiting $runq_ns, asleep $sleep_ns; slept $sleeps times"
	not_slept() {
		[ "$sleeps" -gt 1 ] || [ "$sleep_ns" = 0 ]
	}
	check "more than CPUs: who never sleeps has no sleep" not_slept
	check "more than CPUs: it had to wait, though" \
		[ "$runq_ns" -ge $((total_ns / 4)) ]
	# shellcheck disable=SC2086	# each is a number
	kill -KILL "$child" $spinners
	let_end
else
	skip "more than CPUs" "one CPU, or no schedstat"
fi

# exited tasks keep their parts
start act "comm:hs$$" fork sleep:150 end wait stop
gone() {
	[ "$(number exited tasks "comm=hs$$")" = 1 ]
}
check "a sleeper has died" poll 10 gone
# The timer runs from the call.  If another task gets the CPU before this one sleeps, it
# sleeps for less, by the time that it waits for the CPU.
runq=$(number exited sys_runq_ns "comm=hs$$")
check "its sleep is in exited" within $((140 * ms - runq)) \
	"$(number exited sys_sleep_ns "comm=hs$$")" \
	"$(number exited sys_ns "comm=hs$$")"
let_end

# In a snapshot that is taken while calls end, each call comes with its sleep
sleeps=$(printf 'sleep:200 %.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)
sleepers=
for _ in $(seq 100); do
	# shellcheck disable=SC2086	# a list
	launch act "comm:hz$$" $sleeps
	sleepers="$sleepers $pid"
done
most=0
snapshots=0
known=0
[ ! -e /proc/self/schedstat ] || known=1
while kill -0 "$pid" 2>/dev/null; do
	cat $hd/snapshot >"$tmp/snapshot"
	"$bin/snaprows" "$tmp/snapshot" tasks >"$tmp/tasks"
	# past what the scheduler says of the living; a sleep whose call is not
	# there yet wraps round
	most=$(rows "$tmp/tasks" "tid sys_cpu_ns" "comm=hz$$" |
		awk -v most="$most" -v known="$known" '
		known {
			file = "/proc/" $1 "/schedstat"
			if ((getline line <file) <= 0)
				next
			close(file)
			split(line, ran, " ")
			$2 -= ran[1]
		}
		$2 > most && $2 < 1e18 { most = $2 }
		END { printf "%.0f\n", most }')
	snapshots=$((snapshots + 1))
done
check "in $snapshots snapshots no sleep passes for time on the CPU" \
	[ "$most" -lt $((100 * ms)) ]
# shellcheck disable=SC2086	# each is a number
wait $sleepers || :

# A snapshot has the same numbers
start act pipe fork sleep:50 pipe-write end pipe-read vfork:20 stop
same_in_snapshot tasks tasks "sys_cpu_ns sys_runq_ns sys_d_ns sys_sleep_ns" \
	"tid=$pid"
same_in_snapshot syscalls syscalls "calls cpu_ns runq_ns d_ns sleep_ns" \
	"tid=$pid"
finish
