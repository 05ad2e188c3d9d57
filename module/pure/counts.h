/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The counters of a task that are not part of its histograms, each written down
 * once: X(name, how, writer).  From the list come the fields of struct hd_task
 * and of struct hd_task_row, their reading and zeroing, the sums of the exited
 * tasks, the records of a snapshot, and differences between two snapshots.  A
 * counter that is added here does not compile until uapi/hostdiag.h has the
 * field and columns.h a column for it.
 *
 * @how:
 *	COUNT	only grows: the difference of two readings is the number of new events
 *	TIME	the same, but may be read a moment before or after the others
 *	LEVEL	rises and falls
 *
 * @writer:
 *	CALLS	the task itself, in a system call; a field of struct hd_task
 *	DSLEEP	the CPU that switches the task; a field of struct hd_task
 *	OWN	stored in another way; store/task.c and store/exited.c read it
 */
#ifndef HD_COUNTS_H
#define HD_COUNTS_H

#include "pure/hist.h"

#define HD_COUNT_LIST(X) \
	X(tasks, COUNT, OWN)		/* 1; of exited tasks, their number */ \
	X(errors, COUNT, OWN)		/* syscalls that failed */ \
	X(iowait_ns, TIME, DSLEEP)	/* part of the D sleep */ \
	X(opens, COUNT, OWN)		/* open file descriptions made */ \
	X(open_now, LEVEL, OWN)		/* of these, not yet released */

/* HD_IF_writer_OTHER(text): expands to text where OTHER is that writer */
#define HD_IF_CALLS_CALLS(...)	__VA_ARGS__
#define HD_IF_CALLS_DSLEEP(...)
#define HD_IF_CALLS_OWN(...)
#define HD_IF_DSLEEP_CALLS(...)
#define HD_IF_DSLEEP_DSLEEP(...) __VA_ARGS__
#define HD_IF_DSLEEP_OWN(...)
#define HD_IF_OWN_CALLS(...)
#define HD_IF_OWN_DSLEEP(...)
#define HD_IF_OWN_OWN(...)	__VA_ARGS__

/* the fields of struct hd_task */
#define HD_TASK_COUNT(name, how, writer) \
	HD_IF_CALLS_##writer(u64 name;) HD_IF_DSLEEP_##writer(u64 name;)
#define HD_TASK_COUNTS			HD_COUNT_LIST(HD_TASK_COUNT)

#define HD_COUNT_FIELD(name, ...)	u64 name;
#define HD_COUNT_FIELDS			HD_COUNT_LIST(HD_COUNT_FIELD)

/* the same without a name, for a union with struct hd_counts */
#define HD_COUNT_NAMES			struct { HD_COUNT_FIELDS }

struct hd_counts {
	HD_COUNT_FIELDS
};

/* hd_counts_add() - add the counters of one row to those of another */
static inline void hd_counts_add(struct hd_counts *to,
				 const struct hd_counts *from)
{
#define HD_COUNT_ADD(name, ...)	to->name = hd_add(to->name, from->name);
	HD_COUNT_LIST(HD_COUNT_ADD)
}

#define HD_COUNT_COPY(name, ...)	.name = row->name,
/* initializes the counters of a record, or of a row made of one, from "row" */
#define HD_COUNTS_OF_ROW		HD_COUNT_LIST(HD_COUNT_COPY)

#endif /* HD_COUNTS_H */
