/* SPDX-License-Identifier: GPL-2.0-only */
/* Events that were not counted, or not with all detail, and why. */
#ifndef HD_LOST_H
#define HD_LOST_H

#include <linux/percpu.h>
#include <linux/types.h>

enum hd_lost {
	HD_LOST_CALL,		/* a syscall of a task without a record */
	HD_LOST_DSLEEP,		/* a D sleep of a task without a record */
	HD_LOST_OPEN,		/* an open that found no room, or of a task without a record */
	HD_LOST_DETAIL,		/* counted, but without all of its detail */
	HD_LOST_EVENT,		/* a slow event that found its slot in use */
	HD_LOST_KINDS,
};

DECLARE_PER_CPU(u64 [HD_LOST_KINDS], hd_lost_counts);

/**
 * hd_lost() - count an event that is not counted
 * @kind: which
 *
 * Context: any.
 */
static inline void hd_lost(enum hd_lost kind)
{
	this_cpu_inc(hd_lost_counts[kind]);
}

/* hd_lost_many() - count so many of them */
static inline void hd_lost_many(enum hd_lost kind, u64 events)
{
	this_cpu_add(hd_lost_counts[kind], events);
}

u64 hd_lost_of(enum hd_lost kind);
u64 hd_lost_all(void);
void hd_lost_reset(void);

#endif /* HD_LOST_H */
