/* SPDX-License-Identifier: GPL-2.0-only */
/* SysRq keys, and a thread that runs before ordinary ones. */
#ifndef HD_COMPAT_SYSRQ_H
#define HD_COMPAT_SYSRQ_H

#include <linux/sched.h>
#if !defined(HD_HAVE_SCHED_SET_FIFO_LOW) && defined(HD_HAVE_SCHED_SIGNAL_H)
#include <uapi/linux/sched/types.h>
#endif
#include <linux/sysrq.h>

/* fn(void); interrupts may be off */
#ifdef HD_HAVE_SYSRQ_U8
#define HD_SYSRQ(handler, fn)						\
static void handler(u8 key)						\
{									\
	fn();								\
}
#else
#define HD_SYSRQ(handler, fn)						\
static void handler(int key)						\
{									\
	fn();								\
}
#endif

/* before all that have no real-time priority, and behind all that have */
static inline void hd_set_fifo_low(struct task_struct *p)
{
#ifdef HD_HAVE_SCHED_SET_FIFO_LOW
	sched_set_fifo_low(p);
#else
	struct sched_param param = { .sched_priority = 1 };

	sched_setscheduler(p, SCHED_FIFO, &param);
#endif
}

#endif /* HD_COMPAT_SYSRQ_H */
