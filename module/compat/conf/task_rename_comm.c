// SPDX-License-Identifier: GPL-2.0-only
/* up to 4.0 task_rename has char *comm */
#include <linux/module.h>
#include <trace/events/task.h>

void fn(void *data, struct task_struct *p, char *comm);

void check(void)
{
	check_trace_callback_type_task_rename(fn);
}
