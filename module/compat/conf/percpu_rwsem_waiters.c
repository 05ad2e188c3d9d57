// SPDX-License-Identifier: GPL-2.0-only
/* 5.7: those that wait for a percpu_rwsem are in a queue of its own */
#include <linux/module.h>
#include <linux/percpu-rwsem.h>

struct list_head *check(struct percpu_rw_semaphore *lock);
struct list_head *check(struct percpu_rw_semaphore *lock)
{
	return &lock->waiters.head;
}
