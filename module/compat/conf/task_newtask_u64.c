// SPDX-License-Identifier: GPL-2.0-only
/* 7.x: task_newtask has the flags as u64 */
#include <linux/module.h>
#include <trace/events/task.h>

void fn(void *data, struct task_struct *p, u64 flags);

void check(void)
{
	check_trace_callback_type_task_newtask(fn);
}
