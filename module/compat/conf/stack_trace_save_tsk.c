// SPDX-License-Identifier: GPL-2.0-only
/* 6.12 exports it: any task's stack */
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>

unsigned int stack(struct task_struct *p, unsigned long *to)
{
	return stack_trace_save_tsk(p, to, 8, 0);
}
