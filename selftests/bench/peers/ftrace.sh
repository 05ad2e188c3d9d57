# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2016,SC2034	# sourced
title="ftrace hist trigger: latency by pid"
programs=

measure() (
	cd /sys/kernel/debug/tracing || exit
	echo 'hd_call u64 ns; int pid' >synthetic_events
	echo 'hist:keys=common_pid:start=common_timestamp' \
		>events/raw_syscalls/sys_enter/trigger
	echo 'hist:keys=common_pid:ns=common_timestamp-$start:onmatch(raw_syscalls.sys_enter).trace(hd_call,$ns,common_pid)' \
		>events/raw_syscalls/sys_exit/trigger
	echo 'hist:keys=pid,ns.log2' >events/synthetic/hd_call/trigger
	"$@"
)
