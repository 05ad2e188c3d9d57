// SPDX-License-Identifier: GPL-2.0-only
/* 4.18 to 5.7: proc_pid_ns() takes the inode */
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/proc_fs.h>

struct pid_namespace *check(struct inode *inode)
{
	return proc_pid_ns(inode);
}
