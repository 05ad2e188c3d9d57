// SPDX-License-Identifier: GPL-2.0-only
/* after 3.10, up to 4.4: task_rename has const char *comm */
#include <linux/module.h>
#include <trace/events/task.h>

void fn(void *data, struct task_struct *p, const char *comm);

void check(void)
{
	check_trace_callback_type_task_rename(fn);
}
