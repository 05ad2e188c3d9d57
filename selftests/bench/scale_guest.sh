#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# scale_guest.sh WHAT: in the guest: the workloads beside more and more tasks,
# or on more and more CPUs, without and with hostdiag.  A line of figures:
# tasks or cpus, their number, base or hostdiag, the workload, nanoseconds.
dir=/hostdiag/bench
module=/hostdiag/hostdiag.ko
# or the guard would shed what is measured
all=budget_percent=0
rounds=5

# by_tasks N
by_tasks() {
	insmod "$module" $all || exit 1
	mkfifo "/tmp/ready.$1"
	"$dir/crowd" "$1" >"/tmp/ready.$1" &
	crowd=$!
	read -r _ <"/tmp/ready.$1" || exit 1
	"$dir/workloads" 2 | sed "s/^/tasks $1 hostdiag /"
	rmmod hostdiag
	"$dir/workloads" 2 | sed "s/^/tasks $1 base /"
	kill "$crowd"
	wait "$crowd"
	sleep 5
}

# on_cpus N WHAT: a copy of the workloads on each
on_cpus() {
	for cpu in $(seq "$1"); do
		taskset $((1 << (cpu - 1))) "$dir/workloads" 2 \
			>"/tmp/figures.$cpu" &
	done
	wait
	sed "s/^/cpus $1 $2 /" /tmp/figures.*
	rm /tmp/figures.*
}

# by_cpus N: in turns, since the host is not quiet
by_cpus() {
	for _ in $(seq "$rounds"); do
		on_cpus "$1" base
		insmod "$module" $all || exit 1
		on_cpus "$1" hostdiag
		rmmod hostdiag
	done
}

case $1 in
tasks)
	echo 20000 >/proc/sys/kernel/threads-max
	by_tasks 10
	by_tasks 1000
	by_tasks 10000
	;;
cpus)
	echo 0 >/sys/devices/system/cpu/cpu1/online
	by_cpus 1
	echo 1 >/sys/devices/system/cpu/cpu1/online
	by_cpus 2
	;;
esac
