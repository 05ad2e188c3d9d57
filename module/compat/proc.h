/* SPDX-License-Identifier: GPL-2.0-only */
/* Files under /proc: their operations, and the pid namespace of their mount. */
#ifndef HD_COMPAT_PROC_H
#define HD_COMPAT_PROC_H

#include <linux/fs.h>
#include <linux/pid_namespace.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

#ifdef HD_HAVE_POLL_T
#define hd_poll_t		__poll_t
#define HD_POLL_READABLE	(EPOLLIN | EPOLLRDNORM)
#else
#define hd_poll_t		unsigned int
#define HD_POLL_READABLE	(POLLIN | POLLRDNORM)
#endif

/* @write_fn and @poll_fn may be NULL; all files are seq_files */
#ifdef HD_HAVE_PROC_OPS
#define HD_PROC_OPS(name, open_fn, read_fn, write_fn, poll_fn, release_fn) \
static const struct proc_ops name = {				\
	.proc_open	= open_fn,				\
	.proc_read	= read_fn,				\
	.proc_write	= write_fn,				\
	.proc_poll	= poll_fn,				\
	.proc_lseek	= seq_lseek,				\
	.proc_release	= release_fn,				\
}
#else
#define HD_PROC_OPS(name, open_fn, read_fn, write_fn, poll_fn, release_fn) \
static const struct file_operations name = {			\
	.owner		= THIS_MODULE,				\
	.open		= open_fn,				\
	.read		= read_fn,				\
	.write		= write_fn,				\
	.poll		= poll_fn,				\
	.llseek		= seq_lseek,				\
	.release	= release_fn,				\
}
#endif

static inline void *hd_pde_data(struct inode *inode)
{
#ifdef HD_HAVE_PDE_DATA_LC
	return pde_data(inode);
#else
	return PDE_DATA(inode);
#endif
}

/* the pid namespace that this mount of procfs belongs to */
static inline struct pid_namespace *hd_proc_pid_ns(struct inode *inode)
{
#if defined(HD_HAVE_PROC_PID_NS_SB)
	return proc_pid_ns(inode->i_sb);
#elif defined(HD_HAVE_PROC_PID_NS_INODE)
	return proc_pid_ns(inode);
#else
	return inode->i_sb->s_fs_info;
#endif
}

/**
 * struct hd_proc_hide - hidepid= of a mount of procfs
 * @level: a higher level hides more of other users' tasks; 0 hides nothing
 * @group: its members see all tasks, below HD_PROC_HIDE_UNTRACEABLE
 */
struct hd_proc_hide {
	u32 level;
	kgid_t group;
};

/* the level, from 5.8 on, that hides all tasks which the reader may not trace */
#define HD_PROC_HIDE_UNTRACEABLE	4

static inline struct hd_proc_hide hd_proc_hide(struct inode *inode)
{
#ifdef HD_HAVE_PROC_FS_INFO
	const struct proc_fs_info *from = proc_sb_info(inode->i_sb);
#else
	const struct pid_namespace *from = hd_proc_pid_ns(inode);
#endif
	return (struct hd_proc_hide){ from->hide_pid, from->pid_gid };
}

#endif /* HD_COMPAT_PROC_H */
