// SPDX-License-Identifier: GPL-2.0-only
/* Moves the counts of an exited task to the row of its comm; see task_retire.h. */
#include <linux/rcupdate.h>
#include <linux/string.h>
#include "compat/sched.h"
#include "core/clock.h"
#include "store/open_files.h"
#include "store/task.h"
#include "store/task_retire.h"

/* Return: false where the opener's lock was taken: try again later. */
static bool fold_record(struct hd_task *task)
{
	char comm[HOSTDIAG_COMM_LEN];

	hd_task_zero_pending(task);
	/* a holder of a reference may still write /proc/PID/comm */
	data_race(memcpy(comm, task->comm, sizeof(comm)));
	comm[sizeof(comm) - 1] = '\0';
	return hd_open_files_retire(task, comm);
}

static void fold_record_again(struct rcu_head *rcu);

/* Readers treat the record as live until it is folded: hence another grace period. */
static void fold_and_free_record(struct hd_task *task)
{
	call_rcu(&task->rcu, fold_record(task) ? hd_task_free : fold_record_again);
}

static void fold_record_again(struct rcu_head *rcu)
{
	fold_and_free_record(container_of(rcu, struct hd_task, rcu));
}

/*
 * A thread that execs and is not the thread-group leader takes over the leader's
 * number, and the leader exits.  From 5.8 on the leader has the thread's old number
 * then; before 5.8 both have the same number, which belongs to the live thread.
 */
static u32 tid_at_end(struct task_struct *p)
{
	return p->pid == p->tgid && !thread_group_leader(p) ? 0 : p->pid;
}

/**
 * hd_task_retire() - move the counts of an exited task to those of its comm
 * @p: a task that will never run again
 *
 * Context: any but NMI; sched_process_free comes in softirq.
 */
void hd_task_retire(struct task_struct *p)
{
	struct hd_task *task = hd_task_remove(p);

	if (!task)
		return;
	/* it exited before the module was loaded: use the time at which it was reaped */
	if (!task->call_start)
		WRITE_ONCE(task->call_start, hd_clock_read());
	WRITE_ONCE(task->tid, tid_at_end(p));
	task->exit_code = p->exit_code;
	task->is_oom = hd_task_is_oom_victim(p);
	task->life_ns = hd_clock_when(task->call_start, hd_clock_read(),
				      hd_kernel_clock()) - hd_task_start_ns(p);
	fold_and_free_record(task);
}
