# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2016,SC2034	# sourced
title="bpftrace: latency, D sleep, open to close"
programs=/usr/bin/bpftrace

measure() {
	bpftrace -q -o /dev/null -c "$*" -e '
	tracepoint:raw_syscalls:sys_enter { @start[tid] = nsecs; }
	tracepoint:raw_syscalls:sys_exit /@start[tid]/ {
		@calls[pid] = hist(nsecs - @start[tid]);
		delete(@start[tid]);
	}
	tracepoint:sched:sched_switch /args->prev_state & 2/ {
		@sleep[args->prev_pid] = nsecs;
	}
	tracepoint:sched:sched_switch /@sleep[args->next_pid]/ {
		@dsleep[args->next_pid] = hist(nsecs - @sleep[args->next_pid]);
		delete(@sleep[args->next_pid]);
	}
	tracepoint:syscalls:sys_exit_openat /args->ret >= 0/ {
		@opened[pid, args->ret] = nsecs;
	}
	tracepoint:syscalls:sys_enter_close /@opened[pid, args->fd]/ {
		@open[pid] = hist(nsecs - @opened[pid, args->fd]);
		delete(@opened[pid, args->fd]);
	}'
}
