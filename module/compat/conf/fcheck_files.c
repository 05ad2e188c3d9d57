// SPDX-License-Identifier: GPL-2.0-only
/* up to 5.10 fcheck_files() */
#include <linux/module.h>
#include <linux/fdtable.h>

struct file *check(struct files_struct *files)
{
	return fcheck_files(files, 0);
}
