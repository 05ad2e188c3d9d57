// SPDX-License-Identifier: GPL-2.0-only
/* RHEL 7: an rwsem points to the first of the waiters' ring, and calls it a list */
#include <linux/module.h>
#include <linux/rwsem.h>

void *check(struct rw_semaphore *lock);
void *check(struct rw_semaphore *lock)
{
	struct slist_head *head = &lock->wait_list;

	return head->next;
}
