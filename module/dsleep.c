// SPDX-License-Identifier: GPL-2.0-only
/*
 * D sleep: from the switch-out of a task in uninterruptible sleep to the
 * wakeup that ends it.
 *
 * The start is written by the task at its switch-out, under its run queue's
 * lock; the end by its waker.  sched_wakeup comes after the sleeper has left
 * its CPU, or under its run queue's lock, so it finds what the switch-out
 * wrote; sched_waking may come before, hence is not used.
 */
#include "clock.h"
#include "compat/sched.h"
#include "hooks.h"
#include "lost.h"
#include "task.h"

/* killable sleep is D; idle kernel threads and frozen tasks are not */
static __always_inline bool is_dsleep(struct task_struct *p,
				      unsigned long state)
{
	return (state & (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)) ==
		TASK_UNINTERRUPTIBLE && !hd_task_frozen_in_d(p);
}

static __always_inline void on_switch(struct task_struct *prev,
				      unsigned long state, bool preempt)
{
	struct hd_task *task;

	if (likely(preempt || !is_dsleep(prev, state)))
		return;
	/* a signal has ended a killable sleep before it began */
	if (hd_task_state(prev) == TASK_RUNNING)
		return;
	hd_hit(HD_HIT_SWITCH);
	task = hd_task_find(prev, HD_PENDING_DSLEEP);
	if (unlikely(!task)) {
		hd_lost(HD_LOST_DSLEEP);
		return;
	}
	task->d_iowait = prev->in_iowait;
	task->d_start = hd_clock_read();
}

static __always_inline void on_wakeup(struct task_struct *p)
{
	struct hd_task *task;
	u64 ns;

	if (likely(!hd_task_was_in_d(p)))
		return;
	hd_hit(HD_HIT_WAKEUP);
	task = hd_task_find(p, HD_PENDING_DSLEEP);
	if (!task || !task->d_start)
		return;
	ns = hd_clock_since(task->d_start, hd_clock_read());
	task->d_start = 0;
	hd_hist_count(&task->dsleep, hd_hist_index(ns));
	task->d_sum_ns += ns;
	if (ns > task->d_max_ns)
		task->d_max_ns = ns;
	if (task->d_iowait)
		task->d_iowait_ns += ns;
}

HD_PROBE_SCHED_SWITCH(probe_switch, on_switch)
HD_PROBE_SCHED_WAKEUP(probe_wakeup, on_wakeup)

const struct hd_collector hd_collector_dsleep = {
	.name = "dsleep",
	.group = HOSTDIAG_F_DSLEEP,
	.forget = hd_tasks_forget_sleeps,
	.hooks = {
		{ .event = "sched_wakeup", .probe = probe_wakeup,
		  .hit = HD_HIT_WAKEUP },
		{ .event = "sched_switch", .probe = probe_switch,
		  .hit = HD_HIT_SWITCH },
	},
};
