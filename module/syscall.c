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

/* No table is as long; what is beyond shares one row an ABI. */
#define MAX_NR	1024

static u32 syscall_key(long id)
{
	u32 nr, abi = hd_syscall_split(id, &nr);

	if (nr >= MAX_NR && !hd_syscall_is_private(abi, nr))
		nr = HD_KEY_BAD;
	return hd_row_key(abi, nr);
}

/* any call */
static noinline void enter_slow(long id)
{
	struct hd_task *task = hd_task_find(current, HD_PENDING_CALLS);

	/* a burst of forks has outrun the pool */
	if (!task && hd_task_make(current))
		task = hd_task_find(current, HD_PENDING_CALLS);
	if (!task) {
		hd_lost(HD_LOST_CALL);
		return;
	}
	task->call_row = hd_row_find(&task->rows, syscall_key(id));
	task->call_start = hd_clock_read();
}

/*
 * The hot path makes no calls and saves no registers: what is not ordinary
 * goes to enter_slow(), before anything is written.
 */
static __always_inline void on_sys_enter(long id, bool raw)
{
	struct hd_task *task = hd_task_cached(current);
	struct hd_row *row;
	u32 key = hd_row_key(HD_ABI_NATIVE, id);

	row = task->rows.recent[key % HD_ROW_SLOTS];
	if (unlikely(!hd_task_is(task, current) || hd_in_compat_call() ||
		     (unsigned long)id >= MAX_NR || row->key != key)) {
		enter_slow(id);
		return;
	}
	task->call_row = row;
	task->call_start = hd_clock_read_as(raw);
}

static void opened(struct hd_task *task, long fd)
{
	if (READ_ONCE(hd_groups_on) & HOSTDIAG_F_FILES)
		hd_files_opened(task, fd);
}

/* any call */
static noinline void exit_slow(long ret, u64 now)
{
	struct hd_task *task = hd_task_find(current, HD_PENDING_CALLS);
	struct hd_row *row;
	u64 ns;

	if (!task || task->call_row == &hd_row_none)
		return;
	ns = hd_clock_since(task->call_start, now);
	row = task->call_row;
	task->call_row = &hd_row_none;
	hd_row_time(row, ns);
	hd_row_count(row, hd_hist_index(ns));
	if (hd_syscall_failed(ret))
		row->errors++;
	else if (hd_row_opens(row))
		opened(task, ret);
}

/* one that opened a path, ordinary otherwise */
static noinline void exit_opened(struct hd_task *task, u64 ns, long fd)
{
	struct hd_row *row = task->call_row;

	task->call_row = &hd_row_none;
	hd_row_time(row, ns);
	hd_hist_count(row->hist, hd_hist_octave_index(ns));
	opened(task, fd);
}

/*
 * As above: an ordinary call has a histogram, took neither no time nor long,
 * and did not fail.  Where there is no call, the flags are not an ordinary
 * row's.
 */
static __always_inline void on_sys_exit(long ret, bool raw)
{
	struct hd_task *task = hd_task_cached(current);
	u64 now = hd_clock_read_as(raw), start = task->call_start, ns;
	struct hd_row *row = task->call_row;

	if (unlikely(!hd_task_is(task, current) || hd_syscall_failed(ret) ||
		     !hd_clock_is_short(now - start)))
		goto slow;
	ns = hd_clock_short_ns(now - start, raw);
	if (unlikely(!hd_hist_in_octaves(ns)))
		goto slow;
	if (unlikely(row->flags != HD_ROW_HIST)) {
		if (row->flags != (HD_ROW_HIST | HD_ROW_OPENS))
			goto slow;
		exit_opened(task, ns, ret);
		return;
	}
	task->call_row = &hd_row_none;
	hd_row_time(row, ns);
	hd_hist_count(row->hist, hd_hist_octave_index(ns));
	return;
slow:
	exit_slow(ret, now);
}

HD_PROBE_SYS_ENTER(probe_sys_enter, on_sys_enter, false)
HD_PROBE_SYS_ENTER(probe_sys_enter_raw, on_sys_enter, true)
HD_PROBE_SYS_EXIT(probe_sys_exit, on_sys_exit, false)
HD_PROBE_SYS_EXIT(probe_sys_exit_raw, on_sys_exit, true)

const struct hd_collector hd_collector_syscall = {
	.name = "syscalls",
	.group = HOSTDIAG_F_SYSCALLS,
	.forget = hd_tasks_forget_calls,
	.hooks = {
		{ .event = "sys_exit", .probe = probe_sys_exit,
		  .raw_probe = probe_sys_exit_raw, .hit = HD_HIT_DERIVED },
		{ .event = "sys_enter", .probe = probe_sys_enter,
		  .raw_probe = probe_sys_enter_raw, .hit = HD_HIT_DERIVED },
	},
};
