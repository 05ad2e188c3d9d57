#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# guest.sh WHAT: in the guest: the workloads with what measure.sh calls WHAT.
# A line of figures: what is loaded, the workload, nanoseconds.
dir=/hostdiag/bench
module=/hostdiag/hostdiag.ko
# or the guard would shed what is measured
all=budget_percent=0

# run NAME [LESS]
run() {
	"$dir/workloads" "${2:-1}" | sed "s/^/$1 /"
}

# with NAME MODULE [PARAMETER...]: the workloads with that module
with() {
	name=$1 file=$2
	shift 2
	insmod "$file" "$@" || exit 1
	run "$name"
	rmmod "$(basename "$file" .ko)"
}

# number KEY FILE: the number beside it
number() {
	sed -n "s/^$1[^0-9]*\([0-9]*\).*/\1/p" "$2"
}

# what is left when nothing is kept that need not be, as 10 000 inodes of proc.
# RCU's callbacks free what the next round gives back; a kernel may put them off for
# ten seconds (RCU_LAZY), so that for longer than that nothing more has to come back
available() {
	best=0 quiet=0
	while [ $quiet -lt 6 ]; do
		echo 3 >/proc/sys/vm/drop_caches
		sleep 2
		kib=$(number MemAvailable /proc/meminfo)
		if [ $((kib - best)) -gt 256 ]; then
			best=$kib quiet=0
		else
			quiet=$((quiet + 1))
		fi
	done
	echo "$kib"
}

# 10 000 tasks: what they cost, what they take, how long it takes to read them
crowd() {
	echo 20000 >/proc/sys/kernel/threads-max
	insmod "$module" $all || exit 1
	mkfifo /tmp/ready
	"$dir/crowd" 10000 >/tmp/ready &
	read -r _ </tmp/ready || exit 1
	run crowd 2
	for file in /proc/hostdiag/*; do
		echo "took ${file##*/} $("$dir/took" "$file")"
	done
	echo "took stat $("$dir/took" /proc/[0-9]*/stat)"
	echo "memory debugfs $(number 'total -' /sys/kernel/debug/hostdiag/memory)"
	before=$(available)
	rmmod hostdiag
	after=$(available)
	echo "memory free $(((after - before) * 1024))"
	run crowd.base 2
}

case $1 in
own)
	# what a kernel does after boot takes its time
	sleep 10
	run base
	with floor "$dir/hostdiag_floor.ko"
	with syscalls "$module" $all dsleep=0 files=0
	with dsleep "$module" $all syscalls=0 files=0
	with files "$module" $all syscalls=0 dsleep=0
	with all "$module" $all
	;;
clock)
	run clock.base
	with clock "$module" $all
	;;
crowd)
	crowd
	;;
*)
	# shellcheck source=/dev/null
	. "$dir/peer"
	less=1
	case $1 in
	strace | perf) less=10 ;; # or it takes minutes
	esac
	run "$1.base" "$less"
	measure "$dir/workloads" "$less" 2>&1 | sed "s/^/$1 /"
	;;
esac
