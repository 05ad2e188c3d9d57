/* SPDX-License-Identifier: GPL-2.0-only */
/* Notification of a panic, and of a hung task. */
#ifndef HD_COMPAT_PANIC_H
#define HD_COMPAT_PANIC_H

#include <linux/kernel.h>
#include <linux/notifier.h>
#ifdef HD_HAVE_PANIC_NOTIFIER_H
#include <linux/panic_notifier.h>
#endif

/*
 * The event of a hung task, and its probe: fn(struct task_struct *p).  A kernel before
 * 3.13, and one that does not look for hung tasks, has no such event: there the name is
 * one that is not found.
 */
#ifdef HD_HAVE_SCHED_PROCESS_HANG
#define HD_HANG_EVENT	"sched_process_hang"
#else
#define HD_HANG_EVENT	"hung_task"
#endif

#define HD_PROBE_HANG(probe, fn)					\
static void probe(void *data, struct task_struct *p)			\
{									\
	fn(p);								\
}

#endif /* HD_COMPAT_PANIC_H */
