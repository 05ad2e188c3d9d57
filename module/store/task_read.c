// SPDX-License-Identifier: GPL-2.0-only
/* Copies the counts of a task for readers; see task_read.h. */
#include <linux/bug.h>
#include <linux/string.h>
#include "compat/probe.h"
#include "store/exited.h"
#include "store/open_files.h"
#include "store/rows_read.h"
#include "store/task.h"
#include "store/task_read.h"

#define CLEAR_OF_CALLS(name, how, writer)	HD_IF_CALLS_##writer(to->name = 0;)
#define READ_OF_CALLS(name, how, writer) \
	HD_IF_CALLS_##writer(to->name = READ_ONCE(task->name);)

static void read_calls(const struct hd_task *task, enum hd_sums sums,
		       struct hd_task_row *to)
{
	struct hd_stat *stat = &to->stat[HOSTDIAG_KIND_SYSCALL];

	hd_stat_clear(stat);
	to->errors = 0;
	HD_COUNT_LIST(CLEAR_OF_CALLS)
	memset(&to->wait, 0, sizeof(to->wait));
	to->wait.valid = true;
	if (hd_task_is_pending(task, HD_PENDING_CALLS))
		return;
	HD_COUNT_LIST(READ_OF_CALLS)
	if (sums != HD_SUMS_ALL) {
		hd_rows_sum_rest(&task->rows, stat, &to->errors);
		return;
	}
	hd_rows_sum(&task->rows, stat, &to->errors);
	hd_wait_read(&task->rows, &to->wait);
}

#define CLEAR_OF_DSLEEP(name, how, writer)	HD_IF_DSLEEP_##writer(to->name = 0;)
#define READ_OF_DSLEEP(name, how, writer) \
	HD_IF_DSLEEP_##writer(to->name = READ_ONCE(task->name);)

static void read_dsleep(const struct hd_task *task, struct hd_task_row *to)
{
	struct hd_stat *stat = &to->stat[HOSTDIAG_KIND_DSLEEP];

	hd_stat_clear(stat);
	HD_COUNT_LIST(CLEAR_OF_DSLEEP)
	if (hd_task_is_pending(task, HD_PENDING_DSLEEP))
		return;
	/* pairs with the release in count_dsleep() */
	if (hd_load_acquire(&task->d_slept))
		hd_stat_add(stat, &task->dsleep);
	stat->sum_ns = READ_ONCE(task->d_sum_ns);
	stat->max_ns = READ_ONCE(task->d_max_ns);
	HD_COUNT_LIST(READ_OF_DSLEEP)
}

#define ONE_OWN(name, how, writer)	HD_IF_OWN_##writer(+ 1)
#define NR_OWN_READ	4	/* by hd_task_read() and what it calls */

/**
 * hd_task_read() - copy a record
 * @task: the record
 * @sums: the sums that are made of its calls, sleeps and files
 * @to: filled
 *
 * Context: under rcu_read_lock().
 * Return: the id of the record, which the caller may compare later; 0: the record is
 * free.
 */
u64 hd_task_read(struct hd_task *task, enum hd_sums sums,
		 struct hd_task_row *to)
{
	/* pairs with the release in insert_record() */
	u64 id = hd_load_acquire(&task->id);

	hd_assert_rcu();
	/* a new counter in counts.h that is OWN must be read below, too */
	BUILD_BUG_ON(0 HD_COUNT_LIST(ONE_OWN) != NR_OWN_READ);
	if (!id)
		return 0;
	to->tid = READ_ONCE(task->tid);
	to->tgid = READ_ONCE(task->tgid);
	data_race(memcpy(to->comm, task->comm, sizeof(to->comm)));
	to->comm[sizeof(to->comm) - 1] = '\0';
	to->tasks = 1;
	to->id = id;
	to->ids_len = 0;
	if (sums != HD_SUMS_NONE) {
		read_calls(task, sums, to);
		read_dsleep(task, to);
		hd_open_files_read(task, to);
	}
	return READ_ONCE(task->id) == id ? id : 0;
}

/**
 * hd_task_calls() - copy the last calls of a task, not those of which a reset is
 *	pending
 * @task: its record
 * @id: of its life
 * @to: where to, the oldest first
 *
 * Context: any but NMI.
 * Return: how many; 0 where the task has ended.
 */
u32 hd_task_calls(struct hd_task *task, u64 id,
		  struct hd_recorded to[HD_CALLS_MOST])
{
	u32 nr = 0;

	rcu_read_lock();
	/* from here on the record is not given to another task */
	if (hd_load_acquire(&task->id) == id)
		nr = hd_ring_copy(&task->ring, &task->ring_from, to);
	/* pairs with the xchg in hd_exited_add(), after which the ring is another's */
	smp_rmb();
	if (READ_ONCE(task->seen) & HD_SEEN_ENDED ||
	    test_bit(HD_PENDING_CALLS, &task->pending))
		nr = 0;
	rcu_read_unlock();
	return nr;
}
