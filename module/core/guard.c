// SPDX-License-Identifier: GPL-2.0-only
/*
 * The guard of the budget: samples the cost of the hooks once a second, and
 * sheds groups; see guard.h and guard_rule.h.
 *
 * Locking and context: guard_mutex, in process context; hooks_mutex (see
 * hooks.c) nests inside, params_mutex (see params.c) is outside.
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
static struct hd_guard_rule rule;
static struct hd_guard_state state;	/* readers do without the mutex */
static u32 budget_percent;		/* of the CPUs' time; 0: any */
static u64 last_ns;			/* when the last sample was taken */
static u64 last_cost_ns[HD_GUARD_PARTS];	/* in the hooks up to then */

static void watch_budget(struct work_struct *work);
/* not deferrable: a CPU may sleep while others storm */
static DECLARE_DELAYED_WORK(guard_work, watch_budget);

#define GUARD_PART(NAME, PART) \
	[HD_HIT_##NAME] = HD_GUARD_##PART,
static const u8 part_of[HD_HITS] = { HD_HIT_LIST(GUARD_PART) };

/* what the hooks took since the last time */
static void take_sample(struct hd_guard_sample *sample)
{
	u64 now = hd_kernel_clock(), cost_ns[HD_GUARD_PARTS] = { 0 };
	u32 hit, part;
	int cpu;

	lockdep_assert_held(&guard_mutex);
	for_each_possible_cpu(cpu)
		for (hit = 0; hit < HD_HITS; hit++)
			cost_ns[part_of[hit]] +=
				READ_ONCE(per_cpu(hd_costs, cpu)[hit].ns);
	for (part = 0; part < HD_GUARD_PARTS; part++) {
		sample->cost_ns[part] = (cost_ns[part] - last_cost_ns[part]) *
					HD_COST_EVERY;
		last_cost_ns[part] = cost_ns[part];
	}
	sample->elapsed_ns = now - last_ns;
	sample->cpus = num_online_cpus();
	sample->percent = budget_percent;
	last_ns = now;
	if (state.shed)
		WRITE_ONCE(state.shed_ns, state.shed_ns + sample->elapsed_ns);
}

/* the names of groups, in the order of their bits, each after a space */
static const char *names_of(u32 groups, char *buf, size_t size)
{
	snprintf(buf, size, HD_GROUP_FORMAT HD_GROUP_NAMES);
	return buf;
}

/* make the hooks be as the rule has it, and log why */
static void apply_sample(const struct hd_guard_sample *sample)
{
	u32 was = state.shed;
	char names[32];

	lockdep_assert_held(&guard_mutex);
	WRITE_ONCE(state.shed, hd_hooks_shed(rule.shed));
	WRITE_ONCE(state.missed, state.missed | state.shed);
	WRITE_ONCE(state.changes, state.changes + 1);
	if (state.shed & ~was)
		pr_warn("guard: the hooks took %llu.%llu %% of the CPUs, over budget_percent=%u for %llu s; shed:%s\n",
			div_u64(state.ppm, 10000),
			div_u64(state.ppm, 1000) % 10, sample->percent,
			div_u64(HD_GUARD_OVER_NS, NSEC_PER_SEC),
			names_of(state.shed & ~was, names, sizeof(names)));
	else
		pr_info("guard: on again, on trial:%s\n",
			names_of(was & ~state.shed, names, sizeof(names)));
}

/* switch on all that was shed */
static void lift_shedding(void)
{
	char names[32];

	lockdep_assert_held(&guard_mutex);
	if (state.shed) {
		hd_hooks_shed(0);
		WRITE_ONCE(state.changes, state.changes + 1);
		pr_info("guard: on again:%s\n",
			names_of(state.shed & hd_groups_on, names,
				 sizeof(names)));
	}
	WRITE_ONCE(state.shed, 0);
	WRITE_ONCE(state.over_ns, 0);
	memset(&rule, 0, sizeof(rule));
}

static void watch_budget(struct work_struct *work)
{
	struct hd_guard_sample sample;

	mutex_lock(&guard_mutex);
	take_sample(&sample);
	WRITE_ONCE(state.ppm, hd_guard_ppm(&sample));
	if (sample.percent) {
		if (hd_guard_rule_step(&rule, &sample))
			apply_sample(&sample);
		WRITE_ONCE(state.over_ns, rule.over_ns);
		schedule_delayed_work(&guard_work, round_jiffies_relative(HZ));
	}
	mutex_unlock(&guard_mutex);
}

/**
 * hd_guard_start() - watch the cost of the hooks from now on
 * @percent: of the CPUs' time, that they may take; 0: any, nothing is watched
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
 * hd_guard_lift() - switch on what was shed, and begin anew
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
 * hd_guard_reset() - counting starts now
 *
 * Context: process; sleeps.
 */
void hd_guard_reset(void)
{
	struct hd_guard_sample before;

	mutex_lock(&guard_mutex);
	take_sample(&before);
	WRITE_ONCE(state.missed, state.shed);
	WRITE_ONCE(state.shed_ns, 0);
	mutex_unlock(&guard_mutex);
}

/**
 * hd_guard_look() - what the guard does
 * @to: where to
 *
 * Context: any; what changes meanwhile may be seen half changed.
 */
void hd_guard_look(struct hd_guard_state *to)
{
	to->ppm = READ_ONCE(state.ppm);
	to->over_ns = READ_ONCE(state.over_ns);
	to->shed = READ_ONCE(state.shed);
	to->missed = READ_ONCE(state.missed);
	to->shed_ns = READ_ONCE(state.shed_ns);
	to->changes = READ_ONCE(state.changes);
}

/**
 * hd_guard_stop() - watch no longer
 *
 * Context: process; sleeps.
 */
void hd_guard_stop(void)
{
	cancel_delayed_work_sync(&guard_work);
}
