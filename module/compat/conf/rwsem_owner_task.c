// SPDX-License-Identifier: GPL-2.0-only
/* 3.16 to 5.2 and RHEL 7, where it spins: the owner of an rwsem */
#include <linux/module.h>
#include <linux/rwsem.h>

struct task_struct *check(struct rw_semaphore *lock);
struct task_struct *check(struct rw_semaphore *lock)
{
	return lock->owner;
}
