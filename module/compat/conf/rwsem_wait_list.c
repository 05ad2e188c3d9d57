// SPDX-License-Identifier: GPL-2.0-only
/* neither RHEL 7 nor 2026: the waiters' ring has its head in the rwsem */
#include <linux/module.h>
#include <linux/rwsem.h>

struct list_head *check(struct rw_semaphore *lock);
struct list_head *check(struct rw_semaphore *lock)
{
	struct list_head *head = &lock->wait_list;

	return head->prev;
}
