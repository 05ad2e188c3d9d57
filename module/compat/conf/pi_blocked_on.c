// SPDX-License-Identifier: GPL-2.0-only
/* where there are rt_mutexes: a task notes as what it waits for one */
#include <linux/module.h>
#include <linux/sched.h>

void *check(struct task_struct *p);
void *check(struct task_struct *p)
{
	return p->pi_blocked_on;
}
