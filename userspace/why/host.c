// SPDX-License-Identifier: GPL-2.0-only
/* The tasks and the open files of a snapshot, to be looked up. */
#include <stdlib.h>
#include "util.h"
#include "why/parts.h"

/**
 * hd_why_add_task() - there is a task that is inside a call, or in D sleep
 * @why: the host
 * @task: which
 * @stuck: inside of what
 */
void hd_why_add_task(struct hd_why *why, const struct hd_task_row *task,
		     const struct hd_stuck_row *stuck)
{
	struct hd_why_task *to;

	why->tasks = hd_grow(why->tasks, why->nr_tasks, &why->task_room,
			     sizeof(*to));
	to = &why->tasks[why->nr_tasks++];
	to->tid = task->tid;
	to->tgid = task->tgid;
	memcpy(to->comm, task->comm, sizeof(to->comm));
	to->stuck = *stuck;
}

/**
 * hd_why_add_open() - there is a file that is open
 * @why: the host
 * @row: which
 */
void hd_why_add_open(struct hd_why *why, const struct hd_open_row *row)
{
	struct hd_why_open *to;

	why->opens = hd_grow(why->opens, why->nr_opens, &why->open_room,
			     sizeof(*to));
	to = &why->opens[why->nr_opens++];
	to->age_ns = row->age_ns;
	to->tid = row->tid;
	to->tgid = row->tgid;
	to->fd = row->fd;
	to->path = strdup(row->path);
	if (!to->path)
		hd_die("out of memory");
}

/**
 * hd_why_add_seen() - calls of a task were counted
 * @why: the host
 * @tid: the task; several times one after the other is once
 */
void hd_why_add_seen(struct hd_why *why, u32 tid)
{
	if (why->nr_seen && why->seen_tids[why->nr_seen - 1] == tid)
		return;
	why->seen_tids = hd_grow(why->seen_tids, why->nr_seen, &why->seen_room,
				 sizeof(*why->seen_tids));
	why->seen_tids[why->nr_seen++] = tid;
}

static int by_number(const void *a, const void *b)
{
	const u32 *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int by_tid(const void *a, const void *b)
{
	const struct hd_why_task *x = a, *y = b;

	return x->tid < y->tid ? -1 : x->tid > y->tid;
}

/**
 * hd_why_ready() - all of the snapshot was added
 * @why: the host
 */
void hd_why_ready(struct hd_why *why)
{
	if (why->nr_tasks)
		qsort(why->tasks, why->nr_tasks, sizeof(*why->tasks), by_tid);
	if (why->nr_seen)
		qsort(why->seen_tids, why->nr_seen, sizeof(*why->seen_tids), by_number);
}

/**
 * hd_why_find() - a task that is inside a call, or in D sleep
 * @why: the host
 * @tid: its number
 *
 * Return: NULL where it is in none.
 */
const struct hd_why_task *hd_why_find(const struct hd_why *why, u32 tid)
{
	const struct hd_why_task key = { .tid = tid };

	if (!why->nr_tasks)
		return NULL;
	return bsearch(&key, why->tasks, why->nr_tasks, sizeof(key), by_tid);
}

/**
 * hd_why_opened() - when a process opened a file
 * @why: the host
 * @tgid: the process
 * @fd: its descriptor now; another open of the same path is second best
 * @path: raw bytes
 *
 * Return: NULL where that is not known: somebody else opened it, or it was
 * opened before the module was loaded.
 */
const struct hd_why_open *hd_why_opened(const struct hd_why *why, u32 tgid,
					s32 fd, const char *path)
{
	const struct hd_why_open *other = NULL;
	size_t i;

	for (i = 0; i < why->nr_opens; i++) {
		if (why->opens[i].tgid != tgid ||
		    strcmp(why->opens[i].path, path))
			continue;
		if (why->opens[i].fd == fd)
			return &why->opens[i];
		other = &why->opens[i];
	}
	return other;
}

/**
 * hd_why_is_new() - did the call that a task is in begin after the snapshot?
 * @why: the host
 * @tid: a task of which the snapshot has no call
 *
 * One that began before the module was loaded was the last thing that its task
 * did, and that is older than the module.
 */
bool hd_why_is_new(const struct hd_why *why, u32 tid)
{
	u64 start_ns;

	if (why->nr_seen && bsearch(&tid, why->seen_tids, why->nr_seen,
				    sizeof(tid), by_number))
		return true;
	start_ns = hd_proc_start(why, tid);
	return why->since_ns && start_ns > why->since_ns;
}

/* what waits for no work comes first, then what waits for longest */
static bool is_worse(const struct hd_stuck_row *x, const struct hd_stuck_row *y)
{
	bool x_idle = x->class == HOSTDIAG_CLASS_IDLE;
	bool y_idle = y->class == HOSTDIAG_CLASS_IDLE;

	if (x_idle != y_idle)
		return y_idle;
	return x->age_ns > y->age_ns;
}

/**
 * hd_why_thread() - the thread to go on with, where all is known is a process
 * @why: the host
 * @tgid: the process
 * @prefer: the right one if it is inside a call; 0: not known
 *
 * Return: its thread that is most likely to keep others waiting.
 */
u32 hd_why_thread(const struct hd_why *why, u32 tgid, u32 prefer)
{
	const struct hd_why_task *worst = NULL, *task = hd_why_find(why, prefer);
	size_t i;

	if (task && task->tgid == tgid)
		return prefer;
	for (i = 0; i < why->nr_tasks; i++) {
		task = &why->tasks[i];
		if (task->tgid != tgid)
			continue;
		if (!worst || is_worse(&task->stuck, &worst->stuck))
			worst = task;
	}
	return worst && worst->stuck.class != HOSTDIAG_CLASS_IDLE ?
	       worst->tid : tgid;
}

/**
 * hd_why_name() - a task, for a sentence
 * @why: the host
 * @tid: its number
 * @buf: where it is made
 *
 * Return: @buf: "1111 (httpd)", "1112 (worker, thread of 1111)", "1111, which
 * is gone".
 */
const char *hd_why_name(const struct hd_why *why, u32 tid,
			char buf[HD_WHY_NAME])
{
	struct hd_proc_status status;
	char comm[HD_ESCAPED_LEN];

	if (!hd_proc_status(why, tid, &status)) {
		snprintf(buf, HD_WHY_NAME, "%u, which is gone", tid);
		return buf;
	}
	hd_escape(status.comm, sizeof(status.comm), comm, sizeof(comm));
	if (status.tgid == tid)
		snprintf(buf, HD_WHY_NAME, "%u (%s)", tid, comm);
	else
		snprintf(buf, HD_WHY_NAME, "%u (%s, thread of %u)", tid, comm,
			 status.tgid);
	return buf;
}
