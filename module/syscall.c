// SPDX-License-Identifier: GPL-2.0-only
/*
 * Syscall latency, from sys_enter to sys_exit of the current task.
 *
 * The row is found at entry and kept, since at exit the number in the
 * registers may be gone (sigreturn) or be of another ABI (execve).  An exit
 * without an entry is a child's return from fork, or belongs to a call that
 * was in progress when the hooks were attached: it counts nothing.
 */
#include "clock.h"
#include "compat/syscall.h"
#include "hooks.h"
#include "lost.h"
#include "names.h"
#include "task.h"

/* Numbers that are in some table; what is not shares one row an ABI. */
#define MAX_NR	1024

static __always_inline u32 syscall_key(long id)
{
	u32 nr, abi = hd_syscall_split(id, &nr);

	if (unlikely(nr >= MAX_NR))
		nr = HD_KEY_BAD;
	return hd_row_key(abi, nr);
}

static __always_inline void on_sys_enter(long id)
{
	struct hd_task *task = hd_task_find(current, HD_PENDING_CALLS);
	u32 key = syscall_key(id);

	hd_hit(HD_HIT_SYS_ENTER);
	if (unlikely(!task)) {
		hd_lost(HD_LOST_CALL);
		return;
	}
	task->call_key = key;
	task->call_row = hd_row_find(&task->rows, key);
	task->call_start = hd_clock_read();
}

static noinline void opened(struct hd_task *task, long fd)
{
	if (READ_ONCE(hd_groups_on) & HOSTDIAG_F_FILES)
		hd_files_opened(task, fd);
}

static __always_inline void on_sys_exit(struct pt_regs *regs, long ret)
{
	struct hd_task *task = hd_task_find(current, HD_PENDING_CALLS);
	struct hd_row *row;
	u64 start, ns;
	u32 index;

	hd_hit(HD_HIT_SYS_EXIT);
	if (unlikely(!task))
		return;
	start = task->call_start;
	if (unlikely(!start))
		return;
	ns = hd_clock_since(start, hd_clock_read());
	task->call_start = 0;
	index = hd_hist_index(ns);

	hd_hist_count(&task->sys, index);
	task->sys_sum_ns += ns;
	if (ns > task->sys_max_ns)
		task->sys_max_ns = ns;

	row = task->call_row;
	if (unlikely(hd_syscall_failed(ret)))
		task->errors++;
	if (unlikely(!row)) {
		if (!hd_syscall_failed(ret) && hd_key_opens(task->call_key))
			opened(task, ret);
		return;
	}
	if (unlikely(hd_syscall_failed(ret)))
		row->errors++;
	if (unlikely(!hd_row_count(row, ns, index)) && hd_row_opens(row) &&
	    !hd_syscall_failed(ret))
		opened(task, ret);
}

HD_PROBE_SYS_ENTER(probe_sys_enter, on_sys_enter)
HD_PROBE_SYS_EXIT(probe_sys_exit, on_sys_exit)

const struct hd_collector hd_collector_syscall = {
	.name = "syscalls",
	.group = HOSTDIAG_F_SYSCALLS,
	.forget = hd_tasks_forget_calls,
	.hooks = {
		{ .event = "sys_exit", .probe = probe_sys_exit,
		  .hit = HD_HIT_SYS_EXIT },
		{ .event = "sys_enter", .probe = probe_sys_enter,
		  .hit = HD_HIT_SYS_ENTER },
	},
};
