/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The cost of the hooks: the time that one event in HD_COST_EVERY spends in its
 * hook.  The time that the kernel takes to call the hook is not included.
 */
#ifndef HD_COST_H
#define HD_COST_H

#include <linux/percpu.h>
#include "core/clock.h"

/*
 * The hooks, X(NAME, PART): PART is the enum hd_guard_part that the cost of the hook
 * is added to.  A hit is an event that a hook had work for.  The hot path counts
 * nothing for statistics alone: the hits of the syscall hooks are the calls that the
 * tables hold or that were lost, and a switch without a D sleep is no hit.
 */
#define HD_HIT_LIST(X) \
	X(NEWTASK, REST) \
	X(EXEC, REST) \
	X(RENAME, REST) \
	X(EXIT, REST) \
	X(FREE, REST) \
	X(SWITCH, DSLEEP) \
	X(MIGRATE, DSLEEP) \
	X(OPEN, FILES) \
	X(RELEASE, FILES) \
	X(HANG, REST) \
	X(FREEZE, REST) \
	X(THAW, REST) \
	X(SUSPEND, REST) \
	X(CGROUP, REST) \
	X(CGROUP_GONE, REST) \
	X(DROP, REST) \
	X(OOM, REST) \
	X(CPU_OFF, REST) \
	X(CPU_ON, REST) \
	X(NET, REST) \
	X(DISK, REST) \
	/* these have a cost, but are not counted in hd_hits */ \
	X(SYS_ENTER, SYSCALLS) \
	X(SYS_EXIT, SYSCALLS)

#define HD_HIT_ID(NAME, PART)	HD_HIT_##NAME,
enum hd_hit {
	HD_HIT_LIST(HD_HIT_ID)
	HD_HITS,
};

DECLARE_PER_CPU(u64 [HD_HITS], hd_hits);

#define HD_COST_EVERY	1024u
/* No hook takes longer: it was interrupted, or a hypervisor had taken the CPU. */
#define HD_COST_MOST_NS	100000u

/* the samples of one hook on one CPU, and their time in it */
struct hd_cost {
	u64 samples;
	u64 ns;
};

DECLARE_PER_CPU(struct hd_cost [HD_HITS], hd_costs);

/* The next sys_enter on this CPU is to be sampled, see syscall.c. */
DECLARE_PER_CPU(bool, hd_cost_enter_due);

/**
 * hd_cost_add() - add a sample: an event has passed through its hook
 * @hit: of the hook
 * @began: clock at the beginning of the hook
 *
 * Context: any.
 */
static inline void hd_cost_add(enum hd_hit hit, u64 began)
{
	u64 ns = min_t(u64, hd_clock_since(began, hd_clock_read()),
		       HD_COST_MOST_NS);

	this_cpu_inc(hd_costs[hit].samples);
	this_cpu_add(hd_costs[hit].ns, ns);
}

/**
 * hd_cost_begin() - count a hit of a hook, at its beginning
 * @hit: of the hook
 *
 * Context: any.
 * Return: for hd_cost_end(): the clock where this event is sampled, else 0.
 */
static __always_inline u64 hd_cost_begin(enum hd_hit hit)
{
	u64 hits = this_cpu_inc_return(hd_hits[hit]);

	return unlikely(hits % HD_COST_EVERY == 1) ? hd_clock_read() : 0;
}

/**
 * hd_cost_end() - add a sample, at the end of a hook, if this event is sampled
 * @hit: of the hook
 * @began: from hd_cost_begin()
 *
 * Context: any.
 */
static __always_inline void hd_cost_end(enum hd_hit hit, u64 began)
{
	if (unlikely(began))
		hd_cost_add(hit, began);
}

/**
 * hd_cost_is_sampled() - is this exit of a call to be sampled?
 * @now: clock at the hook.  Ten bits of it serve as a counter that costs nothing;
 *	they are not the lowest ones, which never change on a coarse clock.
 */
static __always_inline bool hd_cost_is_sampled(u64 now)
{
	return !(now & ((HD_COST_EVERY - 1) << 6));
}

#endif /* HD_COST_H */
