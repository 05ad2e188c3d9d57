// SPDX-License-Identifier: GPL-2.0-only
/* up to 4.3 sched_switch has two arguments */
#include <linux/module.h>
#include <trace/events/sched.h>

void fn(void *data, struct task_struct *prev, struct task_struct *next);

void check(void)
{
	check_trace_callback_type_sched_switch(fn);
}
