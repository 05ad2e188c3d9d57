// SPDX-License-Identifier: GPL-2.0-only
/* 5.3, not PREEMPT_RT: the owner of an rwsem, with flags in its low bits */
#include <linux/module.h>
#include <linux/rwsem.h>

long check(struct rw_semaphore *lock);
long check(struct rw_semaphore *lock)
{
	return atomic_long_read(&lock->owner);
}
