/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The guard: while the hooks take more of the CPUs than budget_percent, it
 * sheds groups of them, as guard_rule.h says.  Nothing of it is in a hook.
 */
#ifndef HD_GUARD_H
#define HD_GUARD_H

#include <linux/types.h>

/**
 * struct hd_guard_state - what the guard does, for those who show it
 * @ppm: cost of the hooks in the last second
 * @over_ns: how long the budget has been passed, without a break
 * @shed: HOSTDIAG_F_* that are off now because of it
 * @missed: those that were since the start of counting
 * @shed_ns: for how long some were, since then
 * @changes: how often it switched, since load
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
