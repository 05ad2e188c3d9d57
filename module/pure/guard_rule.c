// SPDX-License-Identifier: GPL-2.0-only
/* When groups of hooks are shed, and when they come back; see guard_rule.h. */
#include "pure/guard_rule.h"
#include "pure/lists.h"

#ifdef __KERNEL__
#include <linux/math64.h>
#else
#define div64_u64(a, b)	((a) / (b))
#endif

static u64 cost_of(const struct hd_guard_sample *sample, u32 groups)
{
	u64 ns = 0;

#define COST(name, NAME, help) \
	if (groups & HOSTDIAG_F_##NAME) \
		ns += sample->cost_ns[HD_GUARD_##NAME];

	HD_GROUP_LIST(COST)
	return ns;
}

static u64 cost_of_all(const struct hd_guard_sample *sample)
{
	return cost_of(sample, ~0u) + sample->cost_ns[HD_GUARD_REST];
}

/**
 * hd_guard_ppm() - the cost, in parts per million of the CPUs' time
 * @sample: the sample
 */
u64 hd_guard_ppm(const struct hd_guard_sample *sample)
{
	u64 us = div64_u64(sample->elapsed_ns, 1000) * sample->cpus;

	return div64_u64(cost_of_all(sample) * 1000, us ? us : 1);
}

/* Return: the groups to shed; rule->shed where no further step is worth it. */
static u32 shed_more(const struct hd_guard_rule *rule,
		     const struct hd_guard_sample *sample)
{
	static const u32 steps[HD_GUARD_STEPS] = {
		HOSTDIAG_F_FILES,
		HOSTDIAG_F_FILES | HOSTDIAG_F_SYSCALLS,
		HD_GROUPS,
	};
	u32 i;

	for (i = 0; i < HD_GUARD_STEPS; i++)
		if (cost_of(sample, steps[i] & ~rule->shed) >
		    cost_of_all(sample) / 10)
			return steps[i] | rule->shed;
	return rule->shed;
}

static void take_step(struct hd_guard_rule *rule, u32 shed)
{
	if (rule->on_trial && rule->since_ns < rule->wait_ns)
		rule->wait_ns *= 2;
	else if (rule->on_trial || !rule->steps)
		rule->wait_ns = HD_GUARD_WAIT_NS;
	if (rule->wait_ns > HD_GUARD_WAIT_MAX_NS)
		rule->wait_ns = HD_GUARD_WAIT_MAX_NS;
	rule->was[rule->steps++] = rule->shed;
	rule->shed = shed;
	rule->on_trial = false;
}

static void undo_step(struct hd_guard_rule *rule)
{
	rule->shed = rule->was[--rule->steps];
	rule->on_trial = true;
}

/**
 * hd_guard_rule_step() - decide by the cost of the time since the last call
 * @rule: the state
 * @sample: cost of the hooks since the last call
 *
 * Return: true where @shed of the rule has changed.
 */
bool hd_guard_rule_step(struct hd_guard_rule *rule,
			const struct hd_guard_sample *sample)
{
	u32 was = rule->shed, more;

	rule->since_ns += sample->elapsed_ns;
	if (hd_guard_ppm(sample) > sample->percent * 10000ull)
		rule->over_ns += sample->elapsed_ns;
	else
		rule->over_ns = 0;
	if (rule->over_ns >= HD_GUARD_OVER_NS) {
		more = shed_more(rule, sample);
		if (more != was)
			take_step(rule, more);
	} else if (rule->steps && !rule->over_ns &&
		   rule->since_ns >= rule->wait_ns) {
		undo_step(rule);
	}
	if (rule->shed == was)
		return false;
	rule->over_ns = 0;
	rule->since_ns = 0;
	return true;
}
