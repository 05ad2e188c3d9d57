// SPDX-License-Identifier: GPL-2.0-only
/* 4.3: sched_wakeup lost int success */
#include <linux/module.h>
#include <trace/events/sched.h>

void fn(void *data, struct task_struct *p);

void check(void)
{
	check_trace_callback_type_sched_wakeup(fn);
}
