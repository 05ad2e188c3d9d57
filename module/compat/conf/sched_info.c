// SPDX-License-Identifier: GPL-2.0-only
/* where the scheduler keeps statistics: how long a task waited for a CPU */
#include <linux/module.h>
#include <linux/sched.h>

unsigned long long run_delay(struct task_struct *p)
{
	return p->sched_info.run_delay;
}
