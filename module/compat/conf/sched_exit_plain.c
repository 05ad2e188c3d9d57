// SPDX-License-Identifier: GPL-2.0-only
/* up to 6.15 sched_process_exit has the task alone */
#include <linux/module.h>
#include <trace/events/sched.h>

void fn(void *data, struct task_struct *p);

void check(void)
{
	check_trace_callback_type_sched_process_exit(fn);
}
