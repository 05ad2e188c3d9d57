// SPDX-License-Identifier: GPL-2.0-only
/* 2026: a mutex points to the first of the waiters' ring */
#include <linux/module.h>
#include <linux/mutex.h>

void *check(struct mutex *lock);
void *check(struct mutex *lock)
{
	return lock->first_waiter;
}
