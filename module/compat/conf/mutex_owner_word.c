// SPDX-License-Identifier: GPL-2.0-only
/* 4.10, not PREEMPT_RT: the owner of a mutex, with flags in its low bits */
#include <linux/module.h>
#include <linux/mutex.h>

long check(struct mutex *lock);
long check(struct mutex *lock)
{
	return atomic_long_read(&lock->owner);
}
