/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * When the hooks cost too much, and what is done without then.  Pure: guard.c
 * feeds it.
 *
 * What is shed, one step after the other: the group files; with it syscalls,
 * without which files would need a hook on every call of its own; in the end
 * dsleep, which costs the least and tells the most about a host that hangs.
 * A step that would take less than a tenth off the cost is passed over.  Task
 * records stay.
 *
 * What a group that is off would cost cannot be known, so a step is undone on
 * trial, the last one first; one that has to be taken again stays for twice
 * as long.
 */
#ifndef HD_GUARD_RULE_H
#define HD_GUARD_RULE_H

#include "pure/lists.h"
#include "pure/pure.h"
#include "uapi/hostdiag.h"

#define HD_GUARD_OVER_NS	10000000000ull	/* past the budget for so long */
#define HD_GUARD_WAIT_NS	30000000000ull	/* shed for so long at first */
#define HD_GUARD_WAIT_MAX_NS	3600000000000ull

#define HD_GUARD_STEPS	3

/* what the cost of a hook counts for: its group, or the rest */
#define HD_GUARD_PART(name, NAME, help)	HD_GUARD_##NAME,
enum hd_guard_part {
	HD_GROUP_LIST(HD_GUARD_PART)
	HD_GUARD_REST,		/* what is always on */
	HD_GUARD_PARTS,
};

/**
 * struct hd_guard_rule - where it stands; zeroed at first
 * @shed: HOSTDIAG_F_* that are to be off
 * @was: what @shed was before each step
 * @steps: how many were taken and not undone
 * @on_trial: the last change undid a step
 * @over_ns: how long the budget has been passed, without a break
 * @since_ns: how long ago the last change was
 * @wait_ns: how long a step stays
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
 * struct hd_guard_sample - what the hooks took
 * @elapsed_ns: in this time
 * @cpus: of so many CPUs
 * @percent: the budget
 * @cost_ns: time in the hooks
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
