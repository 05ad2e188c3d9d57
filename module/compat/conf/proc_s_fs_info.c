// SPDX-License-Identifier: GPL-2.0-only
/* up to 4.17 no proc_pid_ns(): s_fs_info is the pid namespace */
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/proc_fs.h>

/* an error where a function has this name */
int proc_pid_ns;

struct pid_namespace *check(struct inode *inode)
{
	return inode->i_sb->s_fs_info;
}
