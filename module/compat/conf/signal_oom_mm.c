// SPDX-License-Identifier: GPL-2.0-only
/*
 * From 4.11 on, where signals have a header, the memory of a process that was
 * killed for want of memory bears a mark.
 */
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

bool check(struct task_struct *p);
bool check(struct task_struct *p)
{
	return p->signal->oom_mm;
}
