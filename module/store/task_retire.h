/* SPDX-License-Identifier: GPL-2.0-only */
/* The end of a record: its counts move to the row of its comm, and it to its pool. */
#ifndef HD_TASK_RETIRE_H
#define HD_TASK_RETIRE_H

struct task_struct;

void hd_task_retire(struct task_struct *p);

#endif /* HD_TASK_RETIRE_H */
