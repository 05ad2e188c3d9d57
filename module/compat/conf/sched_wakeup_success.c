// SPDX-License-Identifier: GPL-2.0-only
/* up to 4.2 sched_wakeup has int success */
#include <linux/module.h>
#include <trace/events/sched.h>

void fn(void *data, struct task_struct *p, int success);

void check(void)
{
	check_trace_callback_type_sched_wakeup(fn);
}
