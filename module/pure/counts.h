/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The counters of a task, but for what is in its histograms, each written down
 * once: X(name, how).  From the list come the fields of struct hd_task_row, the
 * sums of the dead, the records of a snapshot and their reading, and differences
 * between two snapshots.  A counter that is added here does not compile until
 * uapi/hostdiag.h has the field, and store/ says where it is counted.
 *
 *	COUNT	it only grows, so the difference of two is what came between them
 *	TIME	the same, but it may be read a moment before or after the others
 *	LEVEL	it rises and falls
 */
#ifndef HD_COUNTS_H
#define HD_COUNTS_H

#include "pure/hist.h"

#define HD_COUNT_LIST(X) \
	X(tasks, COUNT)		/* 1, or how many have ended */ \
	X(errors, COUNT)	/* syscalls that failed */ \
	X(iowait_ns, TIME)	/* part of the D sleep */ \
	X(opens, COUNT)		/* open file descriptions made */ \
	X(open_now, LEVEL)	/* of these, not yet released */

#define HD_COUNT_FIELD(name, how)	u64 name;
#define HD_COUNT_FIELDS			HD_COUNT_LIST(HD_COUNT_FIELD)

/* the same without a name, for a union with struct hd_counts */
#define HD_COUNT_NAMES			struct { HD_COUNT_FIELDS }

struct hd_counts {
	HD_COUNT_FIELDS
};

/* hd_counts_add() - add to the counters of one row those of another */
static inline void hd_counts_add(struct hd_counts *to,
				 const struct hd_counts *from)
{
#define HD_COUNT_ADD(name, how)	to->name = hd_add(to->name, from->name);
	HD_COUNT_LIST(HD_COUNT_ADD)
}

/* as initializers, of a struct that has the same fields */
#define HD_COUNT_COPY(name, how)	.name = row->name,
/* the counters of "row", for a record of a snapshot or a row made of it */
#define HD_COUNTS_OF_ROW		HD_COUNT_LIST(HD_COUNT_COPY)

#endif /* HD_COUNTS_H */
