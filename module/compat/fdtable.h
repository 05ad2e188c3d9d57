/* SPDX-License-Identifier: GPL-2.0-only */
/* The open file behind a descriptor of the current task. */
#ifndef HD_COMPAT_FDTABLE_H
#define HD_COMPAT_FDTABLE_H

#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/sched.h>

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

	if (!files)
		return NULL;
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

/* true: another task may open and close the current one's descriptors */
static inline bool hd_files_shared(void)
{
	return atomic_read(&current->files->count) > 1;
}

#endif /* HD_COMPAT_FDTABLE_H */
