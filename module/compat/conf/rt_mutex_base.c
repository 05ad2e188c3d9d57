// SPDX-License-Identifier: GPL-2.0-only
/* 5.15: an rt_mutex without what is there for its checks alone */
#include <linux/module.h>
#include <linux/rtmutex.h>

struct task_struct *check(struct rt_mutex_base *lock);
struct task_struct *check(struct rt_mutex_base *lock)
{
	return lock->owner;
}
