// SPDX-License-Identifier: GPL-2.0-only
/* not in 2026, and not PREEMPT_RT: the waiters' ring has its head in the mutex */
#include <linux/module.h>
#include <linux/mutex.h>

struct list_head *check(struct mutex *lock);
struct list_head *check(struct mutex *lock)
{
	return &lock->wait_list;
}
