// SPDX-License-Identifier: GPL-2.0-only
/* 5.18, RHEL 9's 5.14: sched_switch has prev_state last */
#include <linux/module.h>
#include <trace/events/sched.h>

void fn(void *data, bool preempt, struct task_struct *prev,
	struct task_struct *next, unsigned int prev_state);

void check(void)
{
	check_trace_callback_type_sched_switch(fn);
}
