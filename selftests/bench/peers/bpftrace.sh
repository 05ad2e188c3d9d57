# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2016,SC2034	# sourced
title="bpftrace: latency by pid"
programs=/usr/bin/bpftrace

measure() {
	bpftrace -q -o /dev/null -c "$*" -e '
	tracepoint:raw_syscalls:sys_enter { @start[tid] = nsecs; }
	tracepoint:raw_syscalls:sys_exit /@start[tid]/ {
		@calls[pid] = hist(nsecs - @start[tid]);
		delete(@start[tid]);
	}'
}
