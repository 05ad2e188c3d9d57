// SPDX-License-Identifier: GPL-2.0-only
/* 4.8 to 4.15: whether a task is in a call of 32 bits is noted in its thread */
#include <linux/module.h>
#include <linux/sched.h>

bool check(struct task_struct *p);
bool check(struct task_struct *p)
{
	return p->thread.status & TS_COMPAT;
}
