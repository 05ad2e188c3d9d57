/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The guard: while the hooks take more of the CPUs' time than budget_percent, it
 * sheds groups of them, as guard_rule.h says.  No hook contains any of its code.
 */
#ifndef HD_GUARD_H
#define HD_GUARD_H

#include <linux/types.h>

/**
 * struct hd_guard_state - the state of the guard, for those who show it
 * @ppm: cost of the hooks in the last second, in millionths of the CPUs' time
 * @over_ns: for how long the hooks have been over the budget, without a break
 * @shed: HOSTDIAG_F_* that are shed now
 * @missed: HOSTDIAG_F_* that were shed at some time since the start of counting
 * @shed_ns: for how long some group was shed, since the start of counting
 * @changes: how often the guard switched groups, since load
 */
struct hd_guard_state {
	u64 ppm;
	u64 over_ns;
	u32 shed;
	u32 missed;
	u64 shed_ns;
	u64 changes;
};

void hd_guard_start(u32 percent);
void hd_guard_lift(void);
void hd_guard_reset(void);
void hd_guard_look(struct hd_guard_state *state);
void hd_guard_stop(void);

#endif /* HD_GUARD_H */
