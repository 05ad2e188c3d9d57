/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the hooks cost here: the time that one event in HD_COST_EVERY spends
 * in its hook.  What the kernel spends on its way to the hook is not in it.
 */
#ifndef HD_COST_H
#define HD_COST_H

#include <linux/percpu.h>
#include "core/clock.h"

/*
 * One a hook, for counting its hits, the events that it had work for: X(NAME,
 * PART), enum hd_guard_part is what its cost counts for.  The hits of the
 * syscalls' hooks are the calls that the tables hold, or that were lost, and the
 * many switches that are no D sleep's are not counted: the hot path counts
 * nothing for show.
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
	/* not counted in hd_hits, but they have a cost */ \
	X(SYS_ENTER, SYSCALLS) \
	X(SYS_EXIT, SYSCALLS)

#define HD_HIT_ID(NAME, PART)	HD_HIT_##NAME,
enum hd_hit {
	HD_HIT_LIST(HD_HIT_ID)
	HD_HITS,
};

DECLARE_PER_CPU(u64 [HD_HITS], hd_hits);

#define HD_COST_EVERY	1024u
/* no hook takes longer: it was interrupted, or its CPU was a guest's */
#define HD_COST_MOST_NS	100000u

/* of one hook, on one CPU */
struct hd_cost {
	u64 samples;
	u64 ns;
};

DECLARE_PER_CPU(struct hd_cost [HD_HITS], hd_costs);

/* the next sys_enter on this CPU is to be sampled, see syscall.c */
DECLARE_PER_CPU(bool, hd_cost_enter_due);

/**
 * hd_cost_add() - a sampled event has been through its hook
 * @hit: which hook
 * @began: clock at its beginning
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
 * @hit: which
 *
 * Context: any.
 * Return: for hd_cost_end(): 0, or the clock where this one is sampled.
 */
static __always_inline u64 hd_cost_begin(enum hd_hit hit)
{
	u64 hits = this_cpu_inc_return(hd_hits[hit]);

	return unlikely(hits % HD_COST_EVERY == 1) ? hd_clock_read() : 0;
}

/**
 * hd_cost_end() - the end of the hook
 * @hit: which
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
 * hd_cost_is_sampled() - is this exit of a call one to sample?
 * @now: clock at its hook; ten bits of it are as good as a counter, and free;
 *	not the lowest ones, in which a coarse clock has always the same
 */
static __always_inline bool hd_cost_is_sampled(u64 now)
{
	return !(now & ((HD_COST_EVERY - 1) << 6));
}

#endif /* HD_COST_H */
