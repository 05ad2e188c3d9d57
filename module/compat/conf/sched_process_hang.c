// SPDX-License-Identifier: GPL-2.0-only
/* 3.13, where CONFIG_DETECT_HUNG_TASK is set: sched_process_hang */
#include <linux/module.h>
#include <trace/events/sched.h>

void fn(void *data, struct task_struct *p);

void check(void)
{
	check_trace_callback_type_sched_process_hang(fn);
}
