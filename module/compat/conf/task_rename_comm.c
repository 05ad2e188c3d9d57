// SPDX-License-Identifier: GPL-2.0-only
/* 3.10: task_rename has char *comm, later const */
#include <linux/module.h>
#include <trace/events/task.h>

void fn(void *data, struct task_struct *p, char *comm);

void check(void)
{
	check_trace_callback_type_task_rename(fn);
}
