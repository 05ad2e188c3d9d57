// SPDX-License-Identifier: GPL-2.0-only
/* 4.4: writers to a frozen file system wait for a percpu_rwsem of the super block */
#include <linux/module.h>
#include <linux/fs.h>

struct percpu_rw_semaphore *check(struct super_block *sb);
struct percpu_rw_semaphore *check(struct super_block *sb)
{
	return &sb->s_writers.rw_sem[0];
}
