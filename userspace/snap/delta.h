/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What happened between two snapshots, task by task:
 *
 *	error = hd_delta_open(&delta, &from, &to);
 *	while ((type = hd_delta_next(&delta, &row)) != HOSTDIAG_END)
 *		...
 *	hd_delta_close(&delta);
 *
 * A task that has exited in between has moved to the exited tasks of its comm, and
 * its earlier counts are subtracted there.  The last name of an exited task is
 * known for the newest deaths only: if an older one was renamed, its earlier counts
 * are shown as if they were new.
 */
#ifndef HD_DELTA_H
#define HD_DELTA_H

#include "snap/deaths.h"

enum hd_delta_error {
	HD_DELTA_FINE,
	HD_DELTA_SAME,		/* both are of the same moment */
	HD_DELTA_ORDER,		/* the second one is older */
	HD_DELTA_RESET,		/* they count from different starts */
	HD_DELTA_NO_LIVES,	/* the tasks have no ids */
};

/**
 * struct hd_delta_row - the row that was read last
 * @task: of HOSTDIAG_TASK and HOSTDIAG_EXITED: the increase of its counts; of
 *	open_now, the value at the end; @task.tasks of HOSTDIAG_EXITED: the number
 *	of tasks that have exited in between
 * @d_ns: its D sleep in between, including a sleep that is still in progress
 * @is_stuck: it is inside a call, or in D sleep, at the end
 * @stuck: the call or the D sleep, if @is_stuck
 * @syscall: of HOSTDIAG_SYSCALL: the increase of its counts
 * @syscall_all: the same call since counting began
 */
struct hd_delta_row {
	struct hd_task_row task;
	u64 d_ns;
	bool is_stuck;
	struct hd_stuck_row stuck;
	struct hd_syscall_row syscall;
	struct hd_stat syscall_all;
};

struct hd_delta_task;
struct hd_delta_ended;

/**
 * struct hd_delta - two snapshots that are being compared
 * @from: the older one; NULL: all since counting began
 * @to: the newer one
 * @ns: time between them
 * @lost: events between them that were not counted
 * @with_calls: the caller sets it after hd_delta_open() to get HOSTDIAG_SYSCALL
 *	rows, too, after the row of their task
 * @all: the counts of the row's task, or exited tasks, since counting began
 * @tasks: tasks of @from, by id; this and the rest is private to delta.c
 * @nr_tasks: length of @tasks
 * @deaths: deaths of @to
 * @ended: exited tasks of @to, by comm
 * @nr_ended: length of @ended
 * @next_ended: index of the next one to return
 * @is_over: all tasks of @to were read
 * @calls: calls of @from, of the task of @to that was read last
 * @nr_calls: length of @calls
 * @call_room: entries allocated in @calls
 * @has_task: a row was returned for the task of @to that was read last
 * @before: row of @from
 * @now: row of @to
 */
struct hd_delta {
	struct hd_snapshot *from;
	struct hd_snapshot *to;
	u64 ns;
	u64 lost;
	bool with_calls;
	struct hd_task_row all;

	struct hd_delta_task *tasks;
	size_t nr_tasks;
	struct hd_deaths deaths;
	struct hd_delta_ended *ended;
	size_t nr_ended;
	size_t next_ended;
	bool is_over;
	struct hd_syscall_row *calls;
	size_t nr_calls;
	size_t call_room;
	bool has_task;
	struct hd_snapshot_row before;
	struct hd_snapshot_row now;
};

enum hd_delta_error hd_delta_open(struct hd_delta *delta,
				  struct hd_snapshot *from,
				  struct hd_snapshot *to);
int hd_delta_next(struct hd_delta *delta, struct hd_delta_row *row);
void hd_delta_close(struct hd_delta *delta);
const char *hd_delta_why(enum hd_delta_error error);

/* in delta_take.c */
void hd_delta_take_stat(struct hd_stat *stat, const struct hd_stat *before);
bool hd_delta_take_task(struct hd_task_row *task,
			const struct hd_task_row *before);
void hd_delta_take_syscall(struct hd_syscall_row *call,
			   const struct hd_syscall_row *before);

#endif /* HD_DELTA_H */
