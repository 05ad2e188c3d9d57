// SPDX-License-Identifier: GPL-2.0-only
/* 5.8: hidepid= is each mount's own */
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/proc_fs.h>

u32 check(struct inode *inode, kgid_t *group)
{
	*group = proc_sb_info(inode->i_sb)->pid_gid;
	return proc_sb_info(inode->i_sb)->hide_pid;
}
