// SPDX-License-Identifier: GPL-2.0-only
/* up to 5.13 the state of a task is in state */
#include <linux/module.h>
#include <linux/sched.h>

long state(struct task_struct *p)
{
	return p->state;
}
