// SPDX-License-Identifier: GPL-2.0-only
/* 4.19, RHEL 8: FMODE_OPENED */
#include <linux/module.h>
#include <linux/fs.h>

bool check(struct file *file)
{
	return file->f_mode & FMODE_OPENED;
}
