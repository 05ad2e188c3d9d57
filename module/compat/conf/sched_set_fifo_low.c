// SPDX-License-Identifier: GPL-2.0-only
/* 5.9: the lowest real-time priority, for threads of the kernel */
#include <linux/module.h>
#include <linux/sched.h>

void check(struct task_struct *p)
{
	sched_set_fifo_low(p);
}
