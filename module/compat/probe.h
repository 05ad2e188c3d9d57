/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The beginning and the end of a hook, and RCU.
 *
 * Tracepoint probes run with preemption off up to 6.12 (syscall events) and 6.19 (the
 * others), and preemptible after that.  Code that uses per-CPU data, takes a raw lock
 * or walks RCU structures is put between hd_probe_enter() and hd_probe_exit(), which
 * are right on all kernels.
 *
 * Before 5.0 a section with preemption off was no RCU reader on kernels with
 * preemptible RCU, hence the rcu_read_lock() there.
 */
#ifndef HD_COMPAT_PROBE_H
#define HD_COMPAT_PROBE_H

#include <linux/preempt.h>
#include <linux/rcupdate.h>

static __always_inline void hd_probe_enter(void)
	__acquires(RCU)
{
	preempt_disable_notrace();
#ifdef HD_HAVE_RCU_CONSOLIDATED
	__acquire(RCU);
#else
	rcu_read_lock();
#endif
}

static __always_inline void hd_probe_exit(void)
	__releases(RCU)
{
#ifdef HD_HAVE_RCU_CONSOLIDATED
	__release(RCU);
#else
	rcu_read_unlock();
#endif
	preempt_enable_notrace();
}

/* Up to 4.2 the check of a kernel that checks its locks had another name. */
#ifdef RCU_LOCKDEP_WARN
#define hd_rcu_assert(c, message)	RCU_LOCKDEP_WARN(!(c), message)
#else
#define hd_rcu_assert(c, message)	rcu_lockdep_assert(c, message)
#endif

/* hd_assert_rcu() - in a reader: the caller holds rcu_read_lock() */
#define hd_assert_rcu() \
	hd_rcu_assert(rcu_read_lock_held(), "no rcu_read_lock()")

/*
 * hd_assert_rcu_or() - the caller holds rcu_read_lock(), or is between
 * hd_probe_enter() and hd_probe_exit(), or @held is true
 */
#define hd_assert_rcu_or(held) \
	hd_rcu_assert((held) || rcu_read_lock_held() || \
		      rcu_read_lock_sched_held(), "no RCU reader")

/*
 * hd_rcu_own() - read a pointer that is published to readers under RCU, where
 * nobody else may change it: the caller is its only writer, or has made it
 * unreachable for readers
 */
#define hd_rcu_own(p)	rcu_dereference_protected(p, true)

#endif /* HD_COMPAT_PROBE_H */
