// SPDX-License-Identifier: GPL-2.0-only
/* 6.15, where it is configured: a task notes the lock that it waits for */
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/hung_task.h>

unsigned long check(struct task_struct *p);
unsigned long check(struct task_struct *p)
{
	return p->blocker & BLOCKER_TYPE_MASK;
}
