# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2016,SC2034	# sourced
title="SystemTap: latency by pid, D sleep"
programs="/usr/bin/staprun /usr/lib/systemtap/stapio"
modules=/usr/src/systemtap

# STP_NO_OVERHEAD: else it stops itself past half of a processor
build() {
	mkdir -p $modules
	cd $modules || exit
	stap -p4 -m bench -r "$1" -D STP_NO_OVERHEAD -e '
	global start, calls, asleep, dsleep
	probe kernel.trace("sys_enter") { start[tid()] = local_clock_ns() }
	probe kernel.trace("sys_exit") {
		if (start[tid()])
			calls[pid()] <<< local_clock_ns() - start[tid()]
	}
	probe kernel.trace("sched_switch") {
		if ($prev->__state & 2)
			asleep[$prev->pid] = local_clock_ns()
		if (asleep[$next->pid]) {
			dsleep[$next->pid] <<< local_clock_ns() - asleep[$next->pid]
			delete asleep[$next->pid]
		}
	}'
}

measure() {
	PATH=$PATH:/usr/lib/systemtap staprun -o /dev/null -c "$*" \
		"/lib/modules/$(uname -r)/extra/bench.ko"
}
