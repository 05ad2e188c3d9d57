// SPDX-License-Identifier: GPL-2.0-only
/* 2.6.39 to 4.9, where it spins or is checked: the owner of a mutex, without flags */
#include <linux/module.h>
#include <linux/mutex.h>

struct task_struct *check(struct mutex *lock);
struct task_struct *check(struct mutex *lock)
{
	return lock->owner;
}
