// SPDX-License-Identifier: GPL-2.0-only
/* from 4.11, where signals have a header: a process that was killed for want of memory is marked by its memory */
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

bool check(struct task_struct *p);
bool check(struct task_struct *p)
{
	return p->signal->oom_mm;
}
