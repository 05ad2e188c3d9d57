// SPDX-License-Identifier: GPL-2.0-only
/* from 4.9: a process that was killed for want of memory is marked by its memory */
#include <linux/module.h>
#include <linux/sched.h>
#ifdef HD_HAVE_SCHED_SIGNAL_H
#include <linux/sched/signal.h>
#endif

bool check(struct task_struct *p);
bool check(struct task_struct *p)
{
	return p->signal->oom_mm;
}
