// SPDX-License-Identifier: GPL-2.0-only
/* Reading: tasks and their rows, as one namespace sees them; see reader.h. */
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include "compat/mem.h"
#include "compat/time.h"
#include "exited.h"
#include "hooks.h"
#include "lost.h"
#include "reader.h"
#include "task.h"

static u64 since_ns;	/* start of counting */

/**
 * hd_view_now() - what the first line of a file says
 * @view: where to
 *
 * Context: any.
 */
void hd_view_now(struct hd_view *view)
{
	view->now_ns = hd_kernel_clock();
	view->since_ns = READ_ONCE(since_ns);
	view->lost = hd_lost_all();
	view->flags = READ_ONCE(hd_groups_on) & HD_GROUPS;
}

/*
 * The task's numbers as the reader's namespace has them.  A record's number
 * may by now be another task's: the address tells.
 */
static bool translate(struct hd_reader *reader)
{
	struct hd_task_row *row = &reader->row;
	struct pid *pid;

	if (reader->ns == &init_pid_ns)
		return true;
	pid = find_pid_ns(row->tid, &init_pid_ns);
	if (!pid || pid_task(pid, PIDTYPE_PID) != reader->task->key)
		return false;
	row->tid = pid_nr_ns(pid, reader->ns);
	row->tgid = pid_nr_ns(find_pid_ns(row->tgid, &init_pid_ns), reader->ns);
	return row->tid;
}

static bool any_event(const struct hd_task_row *row)
{
	u32 kind;

	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		if (row->stat[kind].count)
			return true;
	return row->opens || row->open_now;
}

/**
 * hd_reader_task() - go to a task
 * @reader: its row is filled
 * @index: of the record
 *
 * Context: process.
 * Return: false where there is no task, or none that the reader may see, or
 * none that had an event.
 */
bool hd_reader_task(struct hd_reader *reader, u32 index)
{
	bool seen = false;

	reader->task = hd_task_at(index);
	if (!READ_ONCE(reader->task->id))
		return false;
	rcu_read_lock();
	reader->id = hd_task_read(reader->task, &reader->row);
	if (reader->id)
		seen = any_event(&reader->row) && translate(reader);
	rcu_read_unlock();
	return seen;
}

/**
 * hd_reader_calls() - go through the rows of the task that the reader is at
 * @reader: hd_reader_task() was true
 * @fn: called for each row that has counted
 * @priv: for it
 *
 * Context: process.
 */
void hd_reader_calls(struct hd_reader *reader, hd_call_fn *fn, void *priv)
{
	struct hd_task *task = reader->task;
	struct hd_row *row;
	u32 i;

	rcu_read_lock();
	if (hd_load_acquire(&task->id) != reader->id ||
	    test_bit(HD_PENDING_CALLS, &task->pending))
		goto out;
	for (i = 0; i < HD_ROW_SLOTS; i++) {
		for (row = rcu_dereference_raw(task->rows.slot[i]);
		     row != &hd_row_none; row = row->next) {
			hd_row_read(row, &reader->call);
			if (reader->call.stat.count)
				fn(reader, priv);
		}
	}
out:
	rcu_read_unlock();
}

/**
 * hd_reader_exited() - go to the dead of a comm
 * @reader: its row is filled
 * @index: below HD_EXITED_ROWS
 *
 * Which namespace the dead were in is not known: only the first one sees
 * them.
 *
 * Context: process.
 * Return: false where there are none.
 */
bool hd_reader_exited(struct hd_reader *reader, u32 index)
{
	return reader->ns == &init_pid_ns &&
	       hd_exited_read(index, &reader->row) &&
	       (reader->row.tasks || any_event(&reader->row));
}

/**
 * hd_calls_counted() - calls of all tasks, alive and dead
 *
 * Context: process; sleeps.
 * Return: their number; 0 where there is no memory to count in.
 */
u64 hd_calls_counted(void)
{
	struct hd_reader *reader = hd_kvzalloc(sizeof(*reader));
	const struct hd_stat *stat;
	u64 calls = 0;
	u32 i;

	if (!reader)
		return 0;
	reader->ns = &init_pid_ns;
	stat = &reader->row.stat[HOSTDIAG_KIND_SYSCALL];
	for (i = 0; i < hd_tasks_end(); i++) {
		if (hd_reader_task(reader, i))
			calls += stat->count;
		cond_resched();
	}
	for (i = 0; i < HD_EXITED_ROWS; i++)
		if (hd_reader_exited(reader, i))
			calls += stat->count;
	hd_kvfree(reader);
	return calls;
}

/**
 * hd_reset() - zero all counts; what is in progress, or open, goes on
 *
 * Context: process.
 */
void hd_reset(void)
{
	WRITE_ONCE(since_ns, hd_kernel_clock());
	hd_tasks_reset();
	hd_exited_reset();
	hd_lost_reset();
}
