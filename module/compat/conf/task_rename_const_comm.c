// SPDX-License-Identifier: GPL-2.0-only
/* 4.1: task_rename has const char *comm */
#include <linux/module.h>
#include <trace/events/task.h>

void fn(void *data, struct task_struct *p, const char *comm);

void check(void)
{
	check_trace_callback_type_task_rename(fn);
}
