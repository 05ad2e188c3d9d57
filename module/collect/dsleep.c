// SPDX-License-Identifier: GPL-2.0-only
/*
 * D sleep: from the switch-out of a task in uninterruptible sleep to the
 * wakeup that ends it.
 *
 * Both ends are seen at switches of the task itself, which the scheduler
 * orders: when it is switched in again, the scheduler knows for how long it has
 * waited for that since it was woken.  So a wakeup, of which there is one for
 * every sleep of whatever kind, costs nothing.
 */
#include "collect/collect.h"
#include "core/clock.h"
#include "compat/mem.h"
#include "compat/sched.h"
#include "core/cost.h"
#include "core/params.h"
#include "store/lost.h"
#include "store/slow.h"
#include "store/places.h"
#include "store/task.h"

/* killable sleep is D; idle kernel threads and frozen tasks are not */
static __always_inline bool is_dsleep(struct task_struct *p,
				      unsigned long state)
{
	return (state & (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)) ==
		TASK_UNINTERRUPTIBLE && !hd_task_frozen_in_d(p);
}

static noinline void sleep_begins(struct task_struct *p)
{
	u64 began = hd_cost_begin(HD_HIT_SWITCH);
	struct hd_task *task = hd_task_find(p, HD_PENDING_DSLEEP);

	/* it was born while there was no room; one that has ended gets none */
	if (unlikely(!task) && !p->exit_state && hd_task_make(p))
		task = hd_task_find(p, HD_PENDING_DSLEEP);
	if (likely(task)) {
		task->d_iowait = p->in_iowait;
		task->d_moved = false;
		task->d_runq_ns = hd_task_runq_ns(p);
		WRITE_ONCE(task->d_start, hd_clock_read());
	} else {
		hd_lost(HD_LOST_DSLEEP);
	}
	hd_cost_end(HD_HIT_SWITCH, began);
}

/* where it has slept, for the call, too, that tells on which device */
static struct hd_place *keep_place(struct hd_task *task, struct task_struct *p,
				   u64 ns)
{
	struct hd_place *place = hd_places_count(&task->places, p, ns,
						 task->d_iowait);

	task->d_short_ns = 0;
	if (task->call_row != &hd_row_none)
		task->d_place = place;
	return place;
}

static void slept_long(struct hd_task *task, struct task_struct *p, u64 ns)
{
	struct hd_event_task who = { task->tid, task->tgid, task->comm };

	hd_slow_dsleep(&who, keep_place(task, p, ns), ns);
}

/*
 * Short sleeps add up: of those that come to a long one, one has its place kept,
 * so that the places of a task that never sleeps for long are known by samples.
 */
static void slept_short(struct hd_task *task, struct task_struct *p, u64 ns)
{
	task->d_short_ns += ns;
	if (unlikely(task->d_short_ns >= data_race(hd_thresholds.dsleep_ns)))
		keep_place(task, p, ns);
}

/* how long it has waited for a CPU since it was woken */
static u64 runq_waited(const struct hd_task *task, struct task_struct *p)
{
	if (task->d_moved)
		return 0;
	return hd_task_runq_ns(p) - task->d_runq_ns + hd_task_queued_ns(p);
}

static void sleep_ended(struct hd_task *task, struct task_struct *p)
{
	u64 ns = hd_clock_since(task->d_start, hd_clock_read());

	ns -= min(ns, runq_waited(task, p));
	WRITE_ONCE(task->d_start, 0);
	if (unlikely(!task->d_slept)) {
		memset(&task->dsleep, 0, sizeof(task->dsleep));
		/* readers look at it now */
		hd_store_release(&task->d_slept, true);
	}
	hd_hist_count(&task->dsleep, hd_hist_index(ns));
	data_race(task->d_sum_ns += ns);
	if (ns > task->d_max_ns)
		WRITE_ONCE(task->d_max_ns, ns);
	if (task->d_iowait)
		data_race(task->iowait_ns += ns);
	if (task->call_row != &hd_row_none)
		task->call_d_ns += ns;
	if (unlikely(ns >= data_race(hd_thresholds.dsleep_ns)))
		slept_long(task, p, ns);
	else
		slept_short(task, p, ns);
}

/* the note that it was in D stays for as long as it does not sleep again */
static noinline void sleep_ends(struct task_struct *p)
{
	struct hd_task *task = hd_task_find(p, HD_PENDING_DSLEEP);
	u64 began;

	if (!task || !task->d_start)
		return;
	began = hd_cost_begin(HD_HIT_SWITCH);
	sleep_ended(task, p);
	hd_cost_end(HD_HIT_SWITCH, began);
}

static __always_inline void switch_out(struct task_struct *prev,
				       unsigned long state, bool preempt)
{
	if (likely(preempt || !is_dsleep(prev, state)))
		return;
	/* a signal has ended a killable sleep before it began */
	if (hd_task_state(prev) == TASK_RUNNING)
		return;
	sleep_begins(prev);
}

static noinline void switch_both(struct task_struct *prev, unsigned long state,
				 bool preempt, struct task_struct *next)
{
	sleep_ends(next);
	switch_out(prev, state, preempt);
}

/* all calls come last, so that a switch without any needs no frame */
static __always_inline void on_switch(struct task_struct *prev,
				      unsigned long state, bool preempt,
				      struct task_struct *next)
{
	if (unlikely(hd_task_was_in_d(next)))
		switch_both(prev, state, preempt, next);
	else
		switch_out(prev, state, preempt);
}

static noinline void task_moved(struct task_struct *p)
{
	u64 began = hd_cost_begin(HD_HIT_MIGRATE);
	struct hd_task *task = hd_task_find(p, HD_PENDING_DSLEEP);

	if (task)
		task->d_moved = true;
	hd_cost_end(HD_HIT_MIGRATE, began);
}

/*
 * From 6.12 on a task may go to sleep and stay on its run queue for a while
 * ("delayed dequeue").  One that is moved to another CPU meanwhile has not
 * waited, but the scheduler notes that as the beginning of a wait.
 */
static __always_inline void on_migrate(struct task_struct *p)
{
	if (unlikely(hd_task_in_d(p)))
		task_moved(p);
}

HD_PROBE_SCHED_SWITCH(probe_switch, on_switch)
HD_PROBE_SCHED_MIGRATE_TASK(probe_migrate, on_migrate)

const struct hd_collector hd_collector_dsleep = {
	.name = "dsleep",
	.group = HOSTDIAG_F_DSLEEP,
	.forget = hd_tasks_forget_sleeps,
	.hooks = {
		{ .event = "sched_migrate_task", .probe = probe_migrate,
		  .hit = HD_HIT_MIGRATE, .is_optional = true },
		{ .event = "sched_switch", .probe = probe_switch,
		  .hit = HD_HIT_SWITCH },
	},
};
