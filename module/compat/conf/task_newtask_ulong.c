// SPDX-License-Identifier: GPL-2.0-only
/* up to 6.17 task_newtask has the flags as unsigned long */
#include <linux/module.h>
#include <trace/events/task.h>

void fn(void *data, struct task_struct *p, unsigned long flags);

void check(void)
{
	check_trace_callback_type_task_newtask(fn);
}
