// SPDX-License-Identifier: GPL-2.0-only
/*
 * D sleep: from the switch-out of a task in uninterruptible sleep to the
 * wakeup that ends it.
 *
 * Both ends are seen at switches of the task itself, which the scheduler
 * orders: when the task is switched in again, the scheduler knows for how long the
 * task has waited for a CPU since it was woken.  So a wakeup costs nothing; there is
 * one for every sleep, of whatever kind.
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

/* A killable sleep is a D sleep; idle kernel threads and frozen tasks are not in D. */
static __always_inline bool is_dsleep(struct task_struct *p,
				      unsigned long state)
{
	return (state & (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)) ==
		TASK_UNINTERRUPTIBLE && !hd_task_frozen_in_d(p);
}

static noinline void begin_dsleep(struct task_struct *p)
{
	u64 began = hd_cost_begin(HD_HIT_SWITCH);
	struct hd_task *task = hd_task_find(p, HD_PENDING_DSLEEP);

	/* the task was forked while the pool was empty; an exited task gets no record */
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

/*
 * Counts the sleep at its place.  The call in progress keeps the place, since the
 * device is known when the call ends.
 */
static struct hd_place *count_place(struct hd_task *task, struct task_struct *p,
				    u64 ns)
{
	struct hd_place *place = hd_places_count(&task->places, p, ns,
						 task->d_iowait);

	task->d_short_ns = 0;
	if (task->call_row != &hd_row_none)
		task->d_place = place;
	return place;
}

static void count_long_dsleep(struct hd_task *task, struct task_struct *p, u64 ns)
{
	struct hd_event_task who = { task->tid, task->tgid, task->comm };

	hd_slow_dsleep(&who, count_place(task, p, ns), ns);
}

/*
 * Short sleeps add up.  Once their sum reaches the threshold, the place of the last
 * one is counted: so a task that never sleeps for long has its places sampled.
 */
static void count_short_dsleep(struct hd_task *task, struct task_struct *p, u64 ns)
{
	task->d_short_ns += ns;
	if (unlikely(task->d_short_ns >= data_race(hd_thresholds.dsleep_ns)))
		count_place(task, p, ns);
}

/* the time that the task has waited for a CPU since it was woken */
static u64 runq_wait_ns(const struct hd_task *task, struct task_struct *p)
{
	if (task->d_moved)
		return 0;
	return hd_task_runq_ns(p) - task->d_runq_ns + hd_task_queued_ns(p);
}

static void count_dsleep(struct hd_task *task, struct task_struct *p)
{
	u64 ns = hd_clock_since(task->d_start, hd_clock_read());

	ns -= min(ns, runq_wait_ns(task, p));
	WRITE_ONCE(task->d_start, 0);
	if (unlikely(!task->d_slept)) {
		memset(&task->dsleep, 0, sizeof(task->dsleep));
		/* pairs with the acquire in read_dsleep() */
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
		count_long_dsleep(task, p, ns);
	else
		count_short_dsleep(task, p, ns);
}

/* The scheduler's note of a D sleep stays until the task sleeps again. */
static noinline void end_dsleep(struct task_struct *p)
{
	struct hd_task *task = hd_task_find(p, HD_PENDING_DSLEEP);
	u64 began;

	if (!task || !task->d_start)
		return;
	began = hd_cost_begin(HD_HIT_SWITCH);
	count_dsleep(task, p);
	hd_cost_end(HD_HIT_SWITCH, began);
}

static __always_inline void switch_task_out(struct task_struct *prev,
					    unsigned long state, bool preempt)
{
	if (likely(preempt || !is_dsleep(prev, state)))
		return;
	/* a signal has woken the task from a killable sleep before the switch */
	if (hd_task_state(prev) == TASK_RUNNING)
		return;
	begin_dsleep(prev);
}

static noinline void switch_tasks(struct task_struct *prev, unsigned long state,
				  bool preempt, struct task_struct *next)
{
	end_dsleep(next);
	switch_task_out(prev, state, preempt);
}

/* Each function call is a tail call, so that a switch without any needs no frame. */
static __always_inline void on_switch(struct task_struct *prev,
				      unsigned long state, bool preempt,
				      struct task_struct *next)
{
	if (unlikely(hd_task_was_in_d(next)))
		switch_tasks(prev, state, preempt, next);
	else
		switch_task_out(prev, state, preempt);
}

static noinline void note_migration(struct task_struct *p)
{
	u64 began = hd_cost_begin(HD_HIT_MIGRATE);
	struct hd_task *task = hd_task_find(p, HD_PENDING_DSLEEP);

	if (task)
		task->d_moved = true;
	hd_cost_end(HD_HIT_MIGRATE, began);
}

/*
 * From 6.12 on a task that sleeps may stay on its run queue for a while ("delayed
 * dequeue").  If it is moved to another CPU then, it does not wait for a CPU, but
 * the scheduler notes the move as the beginning of such a wait.
 */
static __always_inline void on_migrate(struct task_struct *p)
{
	if (unlikely(hd_task_in_d(p)))
		note_migration(p);
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
