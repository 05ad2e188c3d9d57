// SPDX-License-Identifier: GPL-2.0-only
/*
 * 5.1: synchronize_sched() is gone, since from 5.0 on a section with
 * preemption off is a reader of plain RCU.  The name is free to be taken.
 */
#include <linux/module.h>
#include <linux/rcupdate.h>

int synchronize_sched(int taken);
int synchronize_sched(int taken)
{
	return taken;
}
