// SPDX-License-Identifier: GPL-2.0-only
/* Make a struct hd_why from a snapshot of this host that was just taken. */
#include <stdlib.h>
#include <time.h>
#include "util.h"
#include "why/parts.h"

/* convert CLOCK_MONOTONIC, which stops in suspend, to CLOCK_BOOTTIME */
static u64 since_boot(u64 monotonic_ns)
{
	struct timespec boot;

	clock_gettime(CLOCK_BOOTTIME, &boot);
	return monotonic_ns + boot.tv_sec * 1000000000ull + boot.tv_nsec -
	       hd_now_ns();
}

/**
 * hd_why_was_there() - is a task the one that had its number at a time?
 * @why: the host
 * @tid: the task
 * @when_ns: the time, by CLOCK_MONOTONIC
 *
 * Return: false if there is no such task, or it was made later.
 */
bool hd_why_was_there(const struct hd_why *why, u32 tid, u64 when_ns)
{
	u64 start_ns = hd_proc_start(why, tid);

	return start_ns && start_ns <= since_boot(when_ns);
}

/**
 * hd_why_begin() - initialize a host from the head of a snapshot
 * @why: set to this host, without tasks; freed by hd_why_free()
 * @snap: opened; the caller adds its rows by hd_why_add_row(), and then calls
 *	hd_why_ready()
 */
void hd_why_begin(struct hd_why *why, const struct hd_snapshot *snap)
{
	memset(why, 0, sizeof(*why));
	why->root = "";
	why->unix_peer = hd_why_unix_peer;
	why->since_ns = since_boot(snap->head.since_ns);
}

/**
 * hd_why_add_row() - add a row of the snapshot
 * @why: the host
 * @type: what hd_snapshot_next() returned
 * @row: the row
 */
void hd_why_add_row(struct hd_why *why, int type,
		    const struct hd_snapshot_row *row)
{
	if (type == HOSTDIAG_STUCK)
		hd_why_add_task(why, &row->task, &row->stuck);
	else if (type == HOSTDIAG_OPEN)
		hd_why_add_open(why, &row->open);
	else if (type == HOSTDIAG_SYSCALL && row->syscall.stat.count)
		hd_why_add_seen(why, row->task.tid);
}

/**
 * hd_why_free() - free the tables of a host
 * @why: the host
 */
void hd_why_free(struct hd_why *why)
{
	size_t i;

	for (i = 0; i < why->nr_opens; i++)
		free(why->opens[i].path);
	free(why->opens);
	free(why->tasks);
	free(why->links);
	free(why->parents);
	free(why->blocked);
	hd_why_forget_locks(why);
	hd_why_forget_roots(why);
	free(why->seen_tids);
	hd_socket_forget();
}
