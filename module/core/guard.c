// SPDX-License-Identifier: GPL-2.0-only
/*
 * The guard of the budget: it samples the cost of the hooks once a second, and
 * sheds groups; see guard.h and guard_rule.h.
 *
 * Locking and context: guard_mutex is taken in process context; hooks_mutex (see
 * hooks.c) nests inside it, and it nests inside params_mutex (see params.c).
 */
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/math64.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include "core/clock.h"
#include "core/cost.h"
#include "core/guard.h"
#include "pure/guard_rule.h"
#include "core/hooks.h"

/* protects all below */
static DEFINE_MUTEX(guard_mutex);
static struct hd_guard_rule guard_rule;
static struct hd_guard_state guard_state;	/* readers take no mutex: READ_ONCE() */
static u32 budget_percent;		/* of the CPUs' time; 0: no bound */
static u64 sampled_ns;		/* time of the last sample */
static u64 sampled_cost_ns[HD_GUARD_PARTS];	/* time in the hooks up to then */

static void watch_budget(struct work_struct *work);
/* not deferrable: the CPU of the timer may be idle while the others are busy */
static DECLARE_DELAYED_WORK(guard_work, watch_budget);

#define GUARD_PART(NAME, PART) \
	[HD_HIT_##NAME] = HD_GUARD_##PART,
static const u8 parts_of_hits[HD_HITS] = { HD_HIT_LIST(GUARD_PART) };

/* the time that the hooks have taken since the last sample */
static void take_sample(struct hd_guard_sample *sample)
{
	u64 now = hd_kernel_clock(), cost_ns[HD_GUARD_PARTS] = { 0 };
	u32 hit, part;
	int cpu;

	lockdep_assert_held(&guard_mutex);
	for_each_possible_cpu(cpu)
		for (hit = 0; hit < HD_HITS; hit++)
			cost_ns[parts_of_hits[hit]] +=
				READ_ONCE(per_cpu(hd_costs, cpu)[hit].ns);
	for (part = 0; part < HD_GUARD_PARTS; part++) {
		sample->cost_ns[part] = (cost_ns[part] - sampled_cost_ns[part]) *
					HD_COST_EVERY;
		sampled_cost_ns[part] = cost_ns[part];
	}
	sample->elapsed_ns = now - sampled_ns;
	sample->cpus = num_online_cpus();
	sample->percent = budget_percent;
	sampled_ns = now;
	if (guard_state.shed)
		WRITE_ONCE(guard_state.shed_ns, guard_state.shed_ns + sample->elapsed_ns);
}

/* Prints the names of groups, in the order of their bits, each after a space. */
static const char *group_names(u32 groups, char *buf, size_t size)
{
	snprintf(buf, size, HD_GROUP_FORMAT HD_GROUP_NAMES);
	return buf;
}

/* Switches the groups as the rule says, and logs the reason. */
static void apply_sample(const struct hd_guard_sample *sample)
{
	u32 was = guard_state.shed;
	char names[32];

	lockdep_assert_held(&guard_mutex);
	WRITE_ONCE(guard_state.shed, hd_hooks_shed(guard_rule.shed));
	WRITE_ONCE(guard_state.missed, guard_state.missed | guard_state.shed);
	WRITE_ONCE(guard_state.changes, guard_state.changes + 1);
	if (guard_state.shed & ~was)
		pr_warn("guard: the hooks took %llu.%llu %% of the CPUs, over budget_percent=%u for %llu s; shed:%s\n",
			div_u64(guard_state.ppm, 10000),
			div_u64(guard_state.ppm, 1000) % 10, sample->percent,
			div_u64(HD_GUARD_OVER_NS, NSEC_PER_SEC),
			group_names(guard_state.shed & ~was, names, sizeof(names)));
	else
		pr_info("guard: switched on again, on trial:%s\n",
			group_names(was & ~guard_state.shed, names, sizeof(names)));
}

/* Switches on all groups that were shed. */
static void lift_shedding(void)
{
	char names[32];

	lockdep_assert_held(&guard_mutex);
	if (guard_state.shed) {
		hd_hooks_shed(0);
		WRITE_ONCE(guard_state.changes, guard_state.changes + 1);
		pr_info("guard: switched on again:%s\n",
			group_names(guard_state.shed & hd_groups_on, names,
				    sizeof(names)));
	}
	WRITE_ONCE(guard_state.shed, 0);
	WRITE_ONCE(guard_state.over_ns, 0);
	memset(&guard_rule, 0, sizeof(guard_rule));
}

static void watch_budget(struct work_struct *work)
{
	struct hd_guard_sample sample;

	mutex_lock(&guard_mutex);
	take_sample(&sample);
	WRITE_ONCE(guard_state.ppm, hd_guard_ppm(&sample));
	if (sample.percent) {
		if (hd_guard_rule_step(&guard_rule, &sample))
			apply_sample(&sample);
		WRITE_ONCE(guard_state.over_ns, guard_rule.over_ns);
		schedule_delayed_work(&guard_work, round_jiffies_relative(HZ));
	}
	mutex_unlock(&guard_mutex);
}

/**
 * hd_guard_start() - watch the cost of the hooks from now on
 * @percent: percentage of the CPUs' time that the hooks may take; 0: no bound, and
 *	nothing is watched
 *
 * Context: process; sleeps.
 */
void hd_guard_start(u32 percent)
{
	struct hd_guard_sample before;

	mutex_lock(&guard_mutex);
	budget_percent = percent;
	take_sample(&before);
	if (before.percent)
		schedule_delayed_work(&guard_work, round_jiffies_relative(HZ));
	else
		lift_shedding();
	mutex_unlock(&guard_mutex);
}

/**
 * hd_guard_lift() - switch on the groups that were shed, and begin anew
 *
 * Context: process; sleeps.
 */
void hd_guard_lift(void)
{
	struct hd_guard_sample before;

	mutex_lock(&guard_mutex);
	take_sample(&before);
	lift_shedding();
	mutex_unlock(&guard_mutex);
}

/**
 * hd_guard_reset() - forget which groups were shed up to now, and for how long
 *
 * Context: process; sleeps.
 */
void hd_guard_reset(void)
{
	struct hd_guard_sample before;

	mutex_lock(&guard_mutex);
	take_sample(&before);
	WRITE_ONCE(guard_state.missed, guard_state.shed);
	WRITE_ONCE(guard_state.shed_ns, 0);
	mutex_unlock(&guard_mutex);
}

/**
 * hd_guard_look() - copy the state of the guard
 * @to: filled
 *
 * Context: any; the fields of a change in progress may not agree with each other.
 */
void hd_guard_look(struct hd_guard_state *to)
{
	to->ppm = READ_ONCE(guard_state.ppm);
	to->over_ns = READ_ONCE(guard_state.over_ns);
	to->shed = READ_ONCE(guard_state.shed);
	to->missed = READ_ONCE(guard_state.missed);
	to->shed_ns = READ_ONCE(guard_state.shed_ns);
	to->changes = READ_ONCE(guard_state.changes);
}

/**
 * hd_guard_stop() - stop watching
 *
 * Context: process; sleeps.
 */
void hd_guard_stop(void)
{
	cancel_delayed_work_sync(&guard_work);
}
