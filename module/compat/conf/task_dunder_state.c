// SPDX-License-Identifier: GPL-2.0-only
/* 5.14, RHEL 8.6's 4.18: the state of a task is in __state */
#include <linux/module.h>
#include <linux/sched.h>

unsigned int state(struct task_struct *p)
{
	return p->__state;
}
