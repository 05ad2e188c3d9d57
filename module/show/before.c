// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls and D sleeps that began before the hooks were attached.  No hook has
 * seen the begin, so a reader looks at the sleeping task itself.
 *
 * The call is the one in the task's saved registers; it is reported only for a
 * task that has entered no call since its record was made.  The age of a sleep is
 * estimated from the time at which the scheduler last gave the task a CPU, since
 * the task went to sleep soon after that.
 */
#include <linux/sched.h>
#include "compat/sched.h"
#include "compat/syscall.h"
#include "compat/time.h"
#include "compat/waiter.h"
#include "core/hooks.h"
#include "show/before.h"
#include "store/task.h"

static u64 load_ns;	/* a call whose begin was not seen began before this */

/**
 * hd_before_init() - note the time of loading
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
 * hd_before_look() - look for a call or D sleep that began before the hooks were on
 * @task: the record of @p
 * @p: the task; the caller holds a reference, or is under rcu_read_lock()
 * @before: filled
 *
 * Context: any; takes no lock.
 * Return: false where the task does not sleep, or its hooks have seen the begin.
 */
bool hd_before_look(const struct hd_task *task, struct task_struct *p,
		    struct hd_before *before)
{
	unsigned long switches = hd_waiter_switches(p);
	u64 since_load = hd_kernel_clock() - load_ns;

	memset(before, 0, sizeof(*before));
	if (!hd_waiter_sleeps_on(p, switches) || hd_task_frozen_in_d(p))
		return false;
	smp_rmb();	/* the hooks note a call or D sleep before its task sleeps */
	before->in_d = in_unseen_d(task, p);
	before->in_call = in_unseen_call(task, p, before);
	before->d_ns = hd_task_off_cpu_ns(p) ?: since_load;
	before->call_ns = max(before->d_ns, since_load);
	return (before->in_d || before->in_call) &&
	       hd_waiter_sleeps_on(p, switches);
}
