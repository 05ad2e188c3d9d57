/* SPDX-License-Identifier: GPL-2.0-only */
/* The open file behind a descriptor. */
#ifndef HD_COMPAT_FDTABLE_H
#define HD_COMPAT_FDTABLE_H

#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/sched.h>
#ifdef HD_HAVE_SCHED_SIGNAL_H
#include <linux/sched/task.h>
#endif

static inline struct file *hd_lookup_fd(struct files_struct *files,
					unsigned int fd)
{
#ifdef HD_HAVE_FILES_LOOKUP_FD_RAW
	return files_lookup_fd_raw(files, fd);
#else
	{
		struct file *file;

		/* it asks lockdep for this very lock */
		rcu_read_lock();
		file = fcheck_files(files, fd);
		rcu_read_unlock();
		return file;
	}
#endif
}

/**
 * hd_current_file() - look a descriptor up
 * @fd: of the current task
 *
 * Context: any, under rcu_read_lock(), within which the file's memory stays
 * a file's; no reference is taken.
 * Return: the file, or NULL.
 */
static inline struct file *hd_current_file(unsigned int fd)
{
	struct files_struct *files = current->files;

	return files ? hd_lookup_fd(files, fd) : NULL;
}

/* true: another task may open and close the current one's descriptors */
static inline bool hd_files_shared(void)
{
	return atomic_read(&current->files->count) > 1;
}

/**
 * hd_task_file() - look a descriptor of any task up
 * @p: the task; the caller holds a reference to it
 * @fd: its descriptor
 *
 * What is locked is locked for some instructions only, by whoever does.
 *
 * Context: process.
 * Return: the file, for which the caller calls fput(), or NULL.
 */
static inline struct file *hd_task_file(struct task_struct *p, unsigned int fd)
{
	struct files_struct *files;
	struct file *file = NULL;

	task_lock(p);
	rcu_read_lock();
	files = p->files;
#ifdef HD_HAVE_GET_FILE_RCU_PP
	if (files) {
		struct fdtable *table = rcu_dereference(files->fdt);

		if (fd < table->max_fds)
			file = get_file_rcu(&table->fd[fd]);
	}
#else
	if (files)
		file = hd_lookup_fd(files, fd);
	if (file && !atomic_long_inc_not_zero(&file->f_count))
		file = NULL;
#endif
	rcu_read_unlock();
	task_unlock(p);
	return file;
}

/**
 * hd_task_find_fd() - look for the descriptor of a file
 * @p: the task; the caller holds a reference to it
 * @file: a key
 * @max: look at so many descriptors at the most
 *
 * Context: process.
 * Return: the descriptor, or -1.
 */
static inline int hd_task_find_fd(struct task_struct *p,
				  const struct file *file, unsigned int max)
{
	struct files_struct *files;
	struct fdtable *table;
	unsigned int fd = 0;
	int found = -1;

	task_lock(p);
	rcu_read_lock();
	files = p->files;
	table = files ? rcu_dereference(files->fdt) : NULL;
	if (table)
		max = min(max, table->max_fds);
	for (; table && fd < max && found < 0; fd++)
		if (rcu_access_pointer(table->fd[fd]) == file)
			found = fd;
	rcu_read_unlock();
	task_unlock(p);
	return found;
}

#endif /* HD_COMPAT_FDTABLE_H */
