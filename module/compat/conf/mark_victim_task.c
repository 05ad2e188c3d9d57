// SPDX-License-Identifier: GPL-2.0-only
/* 6.9, and stable kernels before: mark_victim has the task, and its user */
#include <linux/module.h>
#include <linux/oom.h>
#include <trace/events/oom.h>

void fn(void *data, struct task_struct *task, uid_t uid);

void check(void)
{
	check_trace_callback_type_mark_victim(fn);
}
