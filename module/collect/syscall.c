// SPDX-License-Identifier: GPL-2.0-only
/*
 * Syscall latency, from sys_enter to sys_exit of the current task.
 *
 * The row is found at entry and kept, since at exit the number in the
 * registers may be gone (sigreturn) or be of another ABI (execve).  An exit
 * without an entry is a child's return from fork, or belongs to a call that
 * was in progress when the hooks were attached: it counts nothing.
 */
#include <linux/time.h>
#include "collect/collect.h"
#include "compat/syscall.h"
#include "core/cost.h"
#include "core/params.h"
#include "store/act.h"
#include "store/open_files.h"
#include "store/slow_call.h"
#include "store/lost.h"
#include "pure/names.h"
#include "store/slow.h"
#include "store/task.h"

/* No syscall table is longer; all higher numbers of an ABI share one row. */
#define MAX_NR	1024

static u32 syscall_key(long id)
{
	u32 nr, abi = hd_syscall_split(id, &nr);

	if (nr >= MAX_NR && !hd_syscall_is_private(abi, nr))
		nr = HD_KEY_BAD;
	return hd_row_key(abi, nr);
}

static __always_inline void enter_call(struct hd_task *task, struct hd_row *row,
				       bool raw)
{
	hd_cpu_use_read(current, &task->call_cpu_use);
	WRITE_ONCE(task->call_start, hd_clock_read_as(raw));
	/* after its start: pairs with the acquire in hd_task_call() */
	hd_store_release(&task->call_row, row);
}

/*
 * The hot path calls no function and saves no register.  An entry that is not
 * ordinary is left to enter_slow(), before anything is written.  A number that is in
 * no table is not tested for here, which would cost two instructions: it finds no
 * row, unless it happens to be the key of another ABI.  Where only exec changes the
 * table, exec invalidates the lookup cache (hd_task_execs()).
 */
static __always_inline bool enter_hot(long id, bool raw)
{
	struct hd_task *task = hd_task_cached(current);
	u32 key = hd_row_key(HD_ABI_NATIVE, id);
	/* the row of some task: hd_task_is() tells below whether of this one */
	struct hd_row *row = data_race(task->rows.cache[key % HD_ROW_CACHE]);

	if (unlikely(!hd_task_is(task, current) || row->key != key ||
		     (!HD_ABI_BY_EXEC && hd_in_compat_call())))
		return false;
	enter_call(task, row, raw);
	return true;
}

static void enter_row(struct hd_task *task, struct hd_row *row)
{
	enter_call(task, row, hd_clock.raw);
	if (unlikely(hd_row_acts(row)))
		hd_act_begin(row->key);
}

/* enters a call that is not ordinary */
static void enter_any(long id)
{
	struct hd_task *task = hd_task_find(current, HD_PENDING_CALLS);

	/* the pool was empty when the task was forked */
	if (!task && hd_task_make(current))
		task = hd_task_find(current, HD_PENDING_CALLS);
	if (task)
		enter_row(task, hd_row_find(&task->rows, syscall_key(id)));
	else
		hd_lost(HD_LOST_CALL);
}

/* Enters a call whose hook is sampled: exit_slow() has taken its record off the cache. */
static void enter_sampled(long id)
{
	u64 began;

	this_cpu_write(hd_cost_enter_due, false);
	hd_task_find(current, HD_PENDING_CALLS);
	began = hd_clock_read();
	if (!enter_hot(id, hd_clock.raw))
		enter_any(id);
	hd_cost_add(HD_HIT_SYS_ENTER, began);
}

static noinline void enter_slow(long id)
{
	if (this_cpu_read(hd_cost_enter_due))
		enter_sampled(id);
	else
		enter_any(id);
}

static __always_inline void on_sys_enter(long id, bool raw)
{
	if (unlikely(!enter_hot(id, raw)))
		enter_slow(id);
}

static void file_opened(struct hd_task *task, long fd, u64 now)
{
	if (READ_ONCE(hd_groups_on) & HOSTDIAG_F_FILES)
		hd_open_files_opened(task, fd, now);
}

/*
 * Splits the time of a call that was not brief into waits and time on the CPU.  Two
 * CPUs' clocks of the time on the CPU may differ (steal, interrupts).  That is found by
 * a difference of more than a tick; then the time that the scheduler has counted is
 * used.  Such a clock also runs slower than time does, so the waits for the run queue
 * and in D sleep, which are measured by other clocks, are left as they are.
 *
 * A task that has not slept since its last such call was at most preempted: then the
 * wait for the run queue is all, to the nanosecond.  The number of sleeps is noted at
 * the end of that call, since an instruction at the entry is a cost for all calls.
 */
static __always_inline void split_time(struct hd_task *task, u64 ns)
{
	struct hd_cpu_use now, *was = &task->call_cpu_use;
	struct hd_wait wait;
	u64 ran, off;

	hd_cpu_use_read(current, &now);
	ran = now.ran_ns - was->ran_ns;
	off = now.seen_ns - was->seen_ns - ran;
	if (abs((s64)(ns - off - ran)) > NSEC_PER_SEC / HZ + NSEC_PER_MSEC)
		off = ns - min(ran, ns);
	wait.runq_ns = min(now.runq_ns - was->runq_ns, ns);
	wait.d_ns = min(task->call_d_ns, ns - wait.runq_ns);
	off = clamp(off, wait.runq_ns + wait.d_ns, ns);
	if (hd_task_sleeps(current) == task->sleeps)
		off = wait.runq_ns + wait.d_ns;
	task->sleeps = hd_task_sleeps(current);
	wait.sleep_ns = off - wait.runq_ns - wait.d_ns;
	if (off)
		hd_row_waited(&task->rows, task->call_row, &wait);
	task->call_d_ns = 0;
}

/* records a call that may be the first recorded one of the task */
static __always_inline void record_any(struct hd_task *task, u64 now, u64 ns,
				       long ret, u32 arg)
{
	const struct hd_row *row = task->call_row;

	if (unlikely(hd_ring_is_spare(task->ring.call)))
		hd_ring_get(&task->ring, &task->ring_from);
	if (unlikely(hd_key_abi(row->key) == HOSTDIAG_ABI_I386))
		arg = hd_syscall_first_i386();
	hd_ring_add(&task->ring, row->flags_key, now, ns, ret, arg);
}

/* counts a call, which need not be ordinary */
static __always_inline void exit_any(struct hd_task *task, long ret, u64 now,
				     bool records, u32 arg)
{
	u64 ns = hd_clock_since(task->call_start, now);
	struct hd_row *row = task->call_row;

	if (now - task->call_start > hd_clock_brief(hd_clock.raw))
		split_time(task, ns);
	if (records)
		record_any(task, now, ns, ret, arg);
	WRITE_ONCE(task->call_row, &hd_row_none);
	hd_row_time(row, ns);
	hd_row_count(row, hd_hist_index(ns));
	if (hd_syscall_failed(ret))
		hd_row_failed(&task->rows, row, -ret, now);
	else if (hd_row_opens(row))
		file_opened(task, ret, now);
	if (unlikely(hd_row_acts(row)))
		hd_act_end(row->key, ret);
	if (ns >= data_race(hd_thresholds.syscall_ns) || task->d_place)
		hd_slow_call(task, row->key, ns, ret);
}

/* A call without a record is sampled as well, since looking for the record takes time. */
static __always_inline void exit_slow_as(long ret, u64 now, bool records, u32 arg)
{
	struct hd_task *task = hd_task_find(current, HD_PENDING_CALLS);

	if (task && task->call_row != &hd_row_none)
		exit_any(task, ret, now, records, arg);
	if (hd_cost_is_sampled(now)) {
		hd_cost_add(HD_HIT_SYS_EXIT, now);
		/* the next entry takes the slow path, where it is sampled */
		this_cpu_write(hd_cost_enter_due, true);
		hd_task_uncache(current);
	}
}

static noinline void exit_slow(long ret, u64 now)
{
	exit_slow_as(ret, now, false, 0);
}

static noinline void exit_slow_recording(long ret, u64 now, u32 arg)
{
	exit_slow_as(ret, now, true, arg);
}

/* counts an otherwise ordinary call that has opened a path, and is already recorded */
static noinline void exit_opened(struct hd_task *task, u64 ns, long fd,
				 u64 now)
{
	struct hd_row *row = task->call_row;

	WRITE_ONCE(task->call_row, &hd_row_none);
	hd_row_time(row, ns);
	hd_hist_count(row->hist, hd_hist_octave_index(ns));
	file_opened(task, fd, now);
}

/*
 * The hot path, as enter_hot().  An ordinary call has a histogram, was neither long nor
 * too short to be measured, and did not fail.  hd_row_none, where no call is in
 * progress, has no flag of an ordinary row.
 */
static __always_inline void on_sys_exit(const struct pt_regs *regs, long ret,
					bool raw, bool records)
{
	/* before the clock: keeping the argument costs less than keeping the registers */
	u32 arg = records ? hd_syscall_first(regs) : 0;
	/* next: the clock may be a function call, before which few registers are live */
	u64 now = hd_clock_read_as(raw), flags_key, ns;
	struct hd_task *task = hd_task_cached(current);
	/* the row of some task, as in enter_hot() */
	struct hd_row *row = data_race(task->call_row);
	u64 ticks = now - data_race(task->call_start);

	if (unlikely(!hd_task_is(task, current) || hd_syscall_failed(ret) ||
		     ticks > hd_clock_brief(raw) || hd_cost_is_sampled(now)))
		goto slow;
	ns = hd_clock_short_ns(ticks, raw);
	if (unlikely(ns < HD_HIST_MIN_NS))
		goto slow;
	flags_key = data_race(row->flags_key);
	if (unlikely((u16)hd_first_half(flags_key) != HD_ROW_HIST)) {
		if ((u16)hd_first_half(flags_key) != (HD_ROW_HIST | HD_ROW_OPENS))
			goto slow;
		if (records)
			hd_ring_add(&task->ring, flags_key, now, ns, ret, arg);
		exit_opened(task, ns, ret, now);
		return;
	}
	if (records)
		hd_ring_add(&task->ring, flags_key, now, ns, ret, arg);
	WRITE_ONCE(task->call_row, &hd_row_none);
	hd_row_time(row, ns);
	hd_hist_count(row->hist, hd_hist_octave_index(ns));
	return;
slow:
	if (records)
		exit_slow_recording(ret, now, arg);
	else
		exit_slow(ret, now);
}

HD_PROBE_SYS_ENTER(probe_sys_enter, on_sys_enter, false)
HD_PROBE_SYS_ENTER(probe_sys_enter_raw, on_sys_enter, true)
HD_PROBE_SYS_EXIT(probe_sys_exit, on_sys_exit, false, false)
HD_PROBE_SYS_EXIT(probe_sys_exit_raw, on_sys_exit, true, false)
HD_PROBE_SYS_EXIT(probe_record, on_sys_exit, false, true)
HD_PROBE_SYS_EXIT(probe_record_raw, on_sys_exit, true, true)

/* the last calls, too: those that follow them are not seen */
static void forget(void)
{
	hd_tasks_forget_calls();
	hd_tasks_forget_recorded();
	hd_acts_forget();
}

const struct hd_collector hd_collector_syscalls = {
	.name = "syscalls",
	.group = HOSTDIAG_F_SYSCALLS,
	.forget = forget,
	.hooks = {
		{ .event = "sys_exit", .probe = probe_sys_exit,
		  .raw_probe = probe_sys_exit_raw, .hit = HD_HIT_SYS_EXIT,
		  .unless = HD_GROUP_RECORDER },
		{ .event = "sys_exit", .probe = probe_record,
		  .raw_probe = probe_record_raw, .hit = HD_HIT_SYS_EXIT,
		  .with = HD_GROUP_RECORDER },
		{ .event = "sys_enter", .probe = probe_sys_enter,
		  .raw_probe = probe_sys_enter_raw, .hit = HD_HIT_SYS_ENTER },
	},
};
