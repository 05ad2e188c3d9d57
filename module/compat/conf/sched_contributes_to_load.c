// SPDX-License-Identifier: GPL-2.0-only
/* all so far: the scheduler notes who sleeps in D */
#include <linux/module.h>
#include <linux/sched.h>

bool check(struct task_struct *p);
bool check(struct task_struct *p)
{
	return p->sched_contributes_to_load;
}
