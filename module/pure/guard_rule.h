/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * When the hooks cost more than the budget, groups of them are shed.  guard.c takes
 * the samples and switches the groups; this file only decides.
 *
 * Groups are shed in steps: first files; then also syscalls, without which files
 * would need a hook on every call of its own; then also dsleep, which costs the
 * least and tells the most about a host that hangs.  A step that would save less
 * than a tenth of the cost is skipped.  Task records stay.
 *
 * The cost of a group that is off is unknown, so the last step is undone on trial;
 * a step that has to be taken again soon lasts twice as long.
 */
#ifndef HD_GUARD_RULE_H
#define HD_GUARD_RULE_H

#include "pure/lists.h"
#include "pure/pure.h"
#include "uapi/hostdiag.h"

#define HD_GUARD_OVER_NS	10000000000ull	/* time over the budget before a step */
#define HD_GUARD_WAIT_NS	30000000000ull	/* time until a first step is undone */
#define HD_GUARD_WAIT_MAX_NS	3600000000000ull

#define HD_GUARD_STEPS	3

/* the part of the cost that a hook belongs to: its group, or the rest */
#define HD_GUARD_PART(name, NAME, help)	HD_GUARD_##NAME,
enum hd_guard_part {
	HD_GROUP_LIST(HD_GUARD_PART)
	HD_GUARD_REST,		/* hooks that are always on */
	HD_GUARD_PARTS,
};

/**
 * struct hd_guard_rule - the state of the guard; zeroed at first
 * @shed: HOSTDIAG_F_* of the groups that have to be off
 * @was: @shed before each step
 * @steps: steps that were taken and not undone
 * @on_trial: the last change undid a step
 * @over_ns: time over the budget without a break
 * @since_ns: time since the last change
 * @wait_ns: time until a step is undone
 */
struct hd_guard_rule {
	u32 shed;
	u32 was[HD_GUARD_STEPS];
	u32 steps;
	bool on_trial;
	u64 over_ns;
	u64 since_ns;
	u64 wait_ns;
};

/**
 * struct hd_guard_sample - the cost of the hooks over some time
 * @elapsed_ns: that time
 * @cpus: number of CPUs
 * @percent: the budget
 * @cost_ns: time in the hooks, by enum hd_guard_part
 */
struct hd_guard_sample {
	u64 elapsed_ns;
	u32 cpus;
	u32 percent;
	u64 cost_ns[HD_GUARD_PARTS];
};

u64 hd_guard_ppm(const struct hd_guard_sample *sample);
bool hd_guard_rule_step(struct hd_guard_rule *rule,
			const struct hd_guard_sample *sample);

#endif /* HD_GUARD_RULE_H */
