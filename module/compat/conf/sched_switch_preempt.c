// SPDX-License-Identifier: GPL-2.0-only
/* 4.4: sched_switch has bool preempt first */
#include <linux/module.h>
#include <trace/events/sched.h>

void fn(void *data, bool preempt, struct task_struct *prev,
	struct task_struct *next);

void check(void)
{
	check_trace_callback_type_sched_switch(fn);
}
