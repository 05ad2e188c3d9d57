// SPDX-License-Identifier: GPL-2.0-only
/* 4.7: an inode's lock is an rwsem; it was a mutex */
#include <linux/module.h>
#include <linux/fs.h>

struct rw_semaphore *check(struct inode *inode);
struct rw_semaphore *check(struct inode *inode)
{
	return &inode->i_rwsem;
}
