// SPDX-License-Identifier: GPL-2.0-only
/* PREEMPT_RT, 5.15: a mutex is an rt_mutex */
#include <linux/module.h>
#include <linux/mutex.h>

struct task_struct *check(struct mutex *lock);
struct task_struct *check(struct mutex *lock)
{
	return lock->rtmutex.owner;
}
