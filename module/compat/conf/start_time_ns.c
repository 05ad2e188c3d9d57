// SPDX-License-Identifier: GPL-2.0-only
/* 3.17: the start of a task in nanoseconds; before, struct timespec */
#include <linux/module.h>
#include <linux/sched.h>

unsigned long long start(struct task_struct *p)
{
	return p->start_time;
}
