// SPDX-License-Identifier: GPL-2.0-only
/* from 6.12: a task that sleeps may stay on its run queue for a while */
#include <linux/module.h>
#include <linux/sched.h>

bool check(struct task_struct *p);
bool check(struct task_struct *p)
{
	return p->se.sched_delayed;
}
