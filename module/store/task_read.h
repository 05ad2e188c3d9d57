/* SPDX-License-Identifier: GPL-2.0-only */
/* A task as a reader sees it: its record, its calls, its sleeps, its files. */
#ifndef HD_TASK_READ_H
#define HD_TASK_READ_H

#include "pure/render.h"

struct hd_task;

/* which sums are made of what a task has counted */
enum hd_sums {
	HD_SUMS_ALL,
	HD_SUMS_NO_ROWS,	/* of its calls, but for those that have a row; no waits */
	HD_SUMS_NONE,
};

u64 hd_task_read(struct hd_task *task, enum hd_sums sums,
		 struct hd_task_row *to);

#endif /* HD_TASK_READ_H */
