/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading a record, with the sums of its calls, sleeps and files. */
#ifndef HD_TASK_READ_H
#define HD_TASK_READ_H

#include "pure/render.h"
#include "store/calls.h"

struct hd_task;

/* the sums that are made of the counts of a task */
enum hd_sums {
	HD_SUMS_ALL,
	HD_SUMS_NO_ROWS,	/* without the calls that have a row, and without waits */
	HD_SUMS_NONE,
};

u64 hd_task_read(struct hd_task *task, enum hd_sums sums,
		 struct hd_task_row *to);
u32 hd_task_calls(struct hd_task *task, u64 id,
		  struct hd_recorded to[HD_CALLS_MOST]);

#endif /* HD_TASK_READ_H */
