/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's functions and events by which acts of the ledger are seen.  Where
 * a kernel has none, its name here is one that no kernel has.
 */
#ifndef HD_COMPAT_ACTS_H
#define HD_COMPAT_ACTS_H

#include <linux/cgroup.h>
#include <linux/dm-ioctl.h>
#include <linux/netdevice.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include "compat/lock.h"
#ifdef HD_HAVE_BLOCK_RQ_ERROR
#include <linux/blk-mq.h>
#endif
#ifdef HD_HAVE_CGROUP_FREEZE
#include <linux/kernfs.h>
#endif

/* an event whose prototype is not known must not be found */
#if defined(HD_HAVE_MARK_VICTIM_TASK) || defined(HD_HAVE_MARK_VICTIM_PID)
#define HD_OOM_EVENT	"mark_victim"
#else
#define HD_OOM_EVENT	"mark_victim(?)"
#endif

#ifdef HD_HAVE_BLOCK_RQ_ERROR
#define HD_DISK_EVENT	"block_rq_error"
#else
#define HD_DISK_EVENT	"block_rq_error(?)"
#endif

/* fn(struct task_struct *p), under rcu_read_lock() */
#if defined(HD_HAVE_MARK_VICTIM_TASK)
#define HD_PROBE_OOM(probe, fn)						\
static void probe(void *data, struct task_struct *p, uid_t uid)		\
{									\
	rcu_read_lock();						\
	fn(p);								\
	rcu_read_unlock();						\
}
#else
#define HD_PROBE_OOM(probe, fn)						\
static void probe(void *data, int pid)					\
{									\
	struct task_struct *p;						\
									\
	rcu_read_lock();						\
	p = pid_task(find_pid_ns(pid, &init_pid_ns), PIDTYPE_PID);	\
	if (p)								\
		fn(p);							\
	rcu_read_unlock();						\
}
#endif

/* fn(const char *disk) */
#ifdef HD_HAVE_BLOCK_RQ_ERROR
#define HD_PROBE_DISK(probe, fn)					\
static void probe(void *data, struct request *rq, blk_status_t error,	\
		  unsigned int bytes)					\
{									\
	fn(rq->q->disk ? rq->q->disk->disk_name : "");			\
}
#else
#define HD_PROBE_DISK(probe, fn)					\
static void probe(void *data)						\
{									\
	fn("");								\
}
#endif

/* fn(unsigned long cgroup); a directory that is removed takes its freeze along */
#ifdef HD_HAVE_CGROUP_FREEZE
#define HD_CGROUP_GONE_EVENT	"cgroup_rmdir"
#define HD_PROBE_CGROUP_GONE(probe, fn)					\
static void probe(void *data, struct cgroup *cgroup, const char *path)	\
{									\
	fn((unsigned long)cgroup);					\
}
#else
#define HD_CGROUP_GONE_EVENT	"cgroup_rmdir(?)"
#define HD_PROBE_CGROUP_GONE(probe, fn)					\
static void probe(void *data)						\
{									\
	fn(0);								\
}
#endif

/**
 * hd_cgroup_number() - the inode number of a cgroup's directory
 * @addr: struct cgroup *
 *
 * Context: any.
 */
static inline u64 hd_cgroup_number(unsigned long addr)
{
#ifdef HD_HAVE_CGROUP_FREEZE
	return cgroup_ino((struct cgroup *)addr);
#else
	return 0;
#endif
}

/**
 * hd_cgroup_name() - the last part of a cgroup's path
 * @addr: struct cgroup *
 * @to: "" where it is not known
 * @size: of @to
 *
 * Context: any.
 */
static inline void hd_cgroup_name(unsigned long addr, char *to, size_t size)
{
#ifdef HD_HAVE_CGROUP_FREEZE
	const struct cgroup *cgroup = (const struct cgroup *)addr;

	strscpy(to, cgroup->kn->name ?: "", size);
#else
	to[0] = '\0';
#endif
}

/**
 * hd_dm_ioctl() - what an ioctl of device-mapper is about
 * @arg: of dev_suspend(), the first argument
 * @arg2: the second one; up to 4.14 it is the size of the first
 * @param: a copy of it, as far as its names
 *
 * Context: any.
 * Return: false where neither is what it should be.
 */
static inline bool hd_dm_ioctl(unsigned long arg, unsigned long arg2,
			       struct dm_ioctl *param)
{
	if (hd_bytes_at(arg2, param, sizeof(*param)) &&
	    param->version[0] == DM_VERSION_MAJOR)
		return true;
	return hd_bytes_at(arg, param, sizeof(*param)) &&
	       param->version[0] == DM_VERSION_MAJOR;
}

#endif /* HD_COMPAT_ACTS_H */
