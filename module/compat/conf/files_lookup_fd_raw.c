// SPDX-License-Identifier: GPL-2.0-only
/* 5.11, 5.10.y: files_lookup_fd_raw(), before that fcheck_files() */
#include <linux/module.h>
#include <linux/fdtable.h>

struct file *check(struct files_struct *files)
{
	return files_lookup_fd_raw(files, 0);
}
