/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a hook begins and ends.
 *
 * Tracepoint probes run with preemption off up to 6.12 (syscall events) and
 * 6.19 (the others), and preemptible after that.  What works per CPU, takes
 * a raw lock or walks RCU structures goes between hd_probe_enter() and
 * hd_probe_exit(), which are right in both worlds.
 *
 * Before 5.0 a preempt-off section was no RCU reader on preemptible-RCU
 * kernels, hence the rcu_read_lock() there.
 */
#ifndef HD_COMPAT_PROBE_H
#define HD_COMPAT_PROBE_H

#include <linux/preempt.h>
#include <linux/rcupdate.h>

static __always_inline void hd_probe_enter(void)
{
	preempt_disable_notrace();
#ifndef HD_HAVE_RCU_CONSOLIDATED
	rcu_read_lock();
#endif
}

static __always_inline void hd_probe_exit(void)
{
#ifndef HD_HAVE_RCU_CONSOLIDATED
	rcu_read_unlock();
#endif
	preempt_enable_notrace();
}

/*
 * hd_assert_rcu() - in a reader: a kernel that checks its locks complains unless
 * the caller holds rcu_read_lock().  Up to 4.2 the check had another name.
 */
#ifdef RCU_LOCKDEP_WARN
#define hd_assert_rcu() \
	RCU_LOCKDEP_WARN(!rcu_read_lock_held(), "no rcu_read_lock()")
#else
#define hd_assert_rcu() \
	rcu_lockdep_assert(rcu_read_lock_held(), "no rcu_read_lock()")
#endif

#endif /* HD_COMPAT_PROBE_H */
