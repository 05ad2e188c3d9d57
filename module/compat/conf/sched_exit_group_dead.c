// SPDX-License-Identifier: GPL-2.0-only
/* 6.16: sched_process_exit has bool group_dead */
#include <linux/module.h>
#include <trace/events/sched.h>

void fn(void *data, struct task_struct *p, bool group_dead);

void check(void)
{
	check_trace_callback_type_sched_process_exit(fn);
}
