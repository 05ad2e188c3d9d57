// SPDX-License-Identifier: GPL-2.0-only
/* after 3.10, up to 4.4, RHEL 7: in_task() */
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/hardirq.h>

bool check(void)
{
	return in_task();
}
