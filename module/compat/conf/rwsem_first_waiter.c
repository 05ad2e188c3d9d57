// SPDX-License-Identifier: GPL-2.0-only
/* 2026: an rwsem points to the first of the waiters' ring */
#include <linux/module.h>
#include <linux/rwsem.h>

void *check(struct rw_semaphore *lock);
void *check(struct rw_semaphore *lock)
{
	return lock->first_waiter;
}
