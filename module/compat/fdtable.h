/* SPDX-License-Identifier: GPL-2.0-only */
/* The open file behind a descriptor. */
#ifndef HD_COMPAT_FDTABLE_H
#define HD_COMPAT_FDTABLE_H

#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/lockdep.h>
#include <linux/sched.h>
#ifdef HD_HAVE_SCHED_SIGNAL_H
#include <linux/sched/task.h>
#endif
#include "probe.h"

static inline struct file *hd_lookup_fd(struct files_struct *files,
					unsigned int fd)
{
#ifdef HD_HAVE_FILES_LOOKUP_FD_RAW
	return files_lookup_fd_raw(files, fd);
#else
	{
		struct file *file;

		/* fcheck_files() asserts that this lock is held */
		rcu_read_lock();
		file = fcheck_files(files, fd);
		rcu_read_unlock();
		return file;
	}
#endif
}

/**
 * hd_current_file() - look up a descriptor of the current task
 * @fd: the descriptor
 *
 * Context: any, under rcu_read_lock() or between hd_probe_enter() and
 * hd_probe_exit(), within which the file's memory stays a file's; no reference is
 * taken.
 * Return: the file, or NULL.
 */
static inline struct file *hd_current_file(unsigned int fd)
{
	struct files_struct *files = current->files;

	hd_assert_rcu_or(false);
	return files ? hd_lookup_fd(files, fd) : NULL;
}

/* Return: true where another task may open and close the current one's descriptors. */
static inline bool hd_open_files_shared(void)
{
	struct files_struct *files = current->files;

	return files && atomic_read(&files->count) > 1;
}

/* Return: the file; NULL where @only is not among the first @max descriptors. */
static inline struct file *hd_search_fds(struct files_struct *files, int fd,
					 const struct file *only, unsigned int max)
{
	struct fdtable *table = files_fdtable(files);
	unsigned int i = fd;

	lockdep_assert_held(&files->file_lock);
	if (i < table->max_fds &&
	    (!only || rcu_access_pointer(table->fd[i]) == only))
		return rcu_dereference_protected(table->fd[i], true);
	for (i = 0; only && i < max && i < table->max_fds; i++)
		if (rcu_access_pointer(table->fd[i]) == only)
			return rcu_dereference_protected(table->fd[i], true);
	return NULL;
}

/**
 * hd_task_look_at_file() - call a function for an open file of any task
 * @p: the task; the caller holds a reference to it
 * @fd: the descriptor
 * @only: look for this file, which is a key, under any descriptor below @max; NULL: any
 *	file at @fd
 * @max: see @only
 * @fn: called with the file while the table of descriptors is locked; must not sleep
 * @priv: for @fn
 *
 * This takes no reference to the file, since dropping the last reference closes the
 * file, which may block for ever.  The table's own reference stays while the table is
 * locked.  The kernel, too, holds these locks for a few instructions only, and nests
 * them in this order.
 *
 * Context: process.
 */
static inline void hd_task_look_at_file(struct task_struct *p, int fd,
					const struct file *only, unsigned int max,
					void (*fn)(struct file *file, void *priv),
					void *priv)
{
	struct file *file;

	task_lock(p);
	if (p->files) {
		spin_lock(&p->files->file_lock);
		file = hd_search_fds(p->files, fd, only, max);
		if (file)
			fn(file, priv);
		spin_unlock(&p->files->file_lock);
	}
	task_unlock(p);
}

#endif /* HD_COMPAT_FDTABLE_H */
