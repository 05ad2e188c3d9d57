// SPDX-License-Identifier: GPL-2.0-only
/* up to 4.19: any task's stack */
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>

void stack(struct task_struct *p, struct stack_trace *to)
{
	save_stack_trace_tsk(p, to);
}
