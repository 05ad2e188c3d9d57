// SPDX-License-Identifier: GPL-2.0-only
/* 5.17: pde_data(), before that PDE_DATA() */
#include <linux/module.h>
#include <linux/proc_fs.h>

void *check(struct inode *inode)
{
	return pde_data(inode);
}
