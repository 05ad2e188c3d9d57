// SPDX-License-Identifier: GPL-2.0-only
/* Tables of the tasks and the open files of a snapshot, and lookups in them. */
#include <stdlib.h>
#include "util.h"
#include "why/parts.h"

/**
 * hd_why_add_task() - add a task that is inside a call, or in D sleep
 * @why: the host
 * @task: the task
 * @stuck: the call
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
 * hd_why_add_open() - add an open file
 * @why: the host
 * @row: the file
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
 * hd_why_add_seen() - note that calls of a task were counted
 * @why: the host
 * @tid: the task; repeated calls with the same one add it once
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
 * hd_why_ready() - sort the tables, after the last row was added
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
 * hd_why_find() - look up a task that is inside a call, or in D sleep
 * @why: the host
 * @tid: its number
 *
 * Return: NULL if it is neither.
 */
const struct hd_why_task *hd_why_find(const struct hd_why *why, u32 tid)
{
	const struct hd_why_task key = { .tid = tid };

	if (!why->nr_tasks)
		return NULL;
	return bsearch(&key, why->tasks, why->nr_tasks, sizeof(key), by_tid);
}

/**
 * hd_why_opened() - look up when a process opened a file
 * @why: the host
 * @tgid: the process
 * @fd: its descriptor now; an open of the same path at another one is second best
 * @path: raw bytes
 *
 * Return: NULL if that is not known: another process opened the file, or it was
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
 * A call that began before the module was loaded is the last one of its task, so
 * that none of its calls was counted, and the task is older than the module.
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

/* tasks that do not wait for work come first, then the longest wait */
static bool is_worse(const struct hd_stuck_row *x, const struct hd_stuck_row *y)
{
	bool x_idle = x->class == HOSTDIAG_CLASS_IDLE;
	bool y_idle = y->class == HOSTDIAG_CLASS_IDLE;

	if (x_idle != y_idle)
		return y_idle;
	return x->age_ns > y->age_ns;
}

/**
 * hd_why_thread() - choose a thread of a process that others wait for
 * @why: the host
 * @tgid: the process
 * @prefer: the thread to choose if it is inside a call; 0: none
 *
 * Return: the thread that is most likely to keep others waiting.
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
 * hd_why_name() - format a task for a sentence
 * @why: the host
 * @tid: its number
 * @buf: receives the text
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
