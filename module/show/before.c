// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a task has been inside of since before its hooks were attached: no hook
 * has seen the begin, so the sleeping task itself is asked, when somebody reads.
 *
 * The call is the one that its saved registers tell, and counts only for a task
 * that has entered none since its record was made.  The scheduler notes when a
 * task got a CPU last: it went to sleep soon after that.
 */
#include <linux/sched.h>
#include "compat/sched.h"
#include "compat/syscall.h"
#include "compat/time.h"
#include "compat/waiter.h"
#include "core/hooks.h"
#include "show/before.h"
#include "store/task.h"

static u64 load_ns;	/* no call whose begin was not seen is younger than that */

/**
 * hd_before_init() - the module is being loaded
 *
 * Context: process.
 */
void hd_before_init(void)
{
	load_ns = hd_kernel_clock();
}

static bool is_on(u32 group)
{
	return READ_ONCE(hd_groups_on) & group;
}

static bool in_unseen_call(const struct hd_task *task, struct task_struct *p,
			   struct hd_before *before)
{
	return is_on(HOSTDIAG_F_SYSCALLS) && hd_task_makes_calls(p) &&
	       !READ_ONCE(task->call_start) && hd_task_start_ns(p) < load_ns &&
	       hd_syscall_of(p, &before->abi, &before->nr);
}

static bool in_unseen_d(const struct hd_task *task, struct task_struct *p)
{
	unsigned long state = hd_task_state(p);

	return is_on(HOSTDIAG_F_DSLEEP) && !READ_ONCE(task->d_start) &&
	       (state & (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)) ==
	       TASK_UNINTERRUPTIBLE;
}

/**
 * hd_before_look() - is a task inside of what it began before its hooks were there?
 * @task: its record
 * @p: the task; the caller holds a reference, or is under rcu_read_lock()
 * @before: filled
 *
 * Context: any; takes no lock.
 * Return: false where it does not sleep, or its hooks have seen the begin.
 */
bool hd_before_look(const struct hd_task *task, struct task_struct *p,
		    struct hd_before *before)
{
	unsigned long switches = hd_waiter_switches(p);
	u64 since_load = hd_kernel_clock() - load_ns;

	memset(before, 0, sizeof(*before));
	if (!hd_waiter_sleeps_on(p, switches) || hd_task_frozen_in_d(p))
		return false;
	smp_rmb();	/* who sleeps has been noted by the hooks before */
	before->in_d = in_unseen_d(task, p);
	before->in_call = in_unseen_call(task, p, before);
	before->d_ns = hd_task_off_cpu_ns(p) ?: since_load;
	before->call_ns = max(before->d_ns, since_load);
	return (before->in_d || before->in_call) &&
	       hd_waiter_sleeps_on(p, switches);
}
