// SPDX-License-Identifier: GPL-2.0-only
/* From a snapshot that was taken now to the host that the others ask. */
#include <stdlib.h>
#include <time.h>
#include "util.h"
#include "why/parts.h"

/* the clock that the host's sleep stops, as one that it does not stop */
static u64 since_boot(u64 monotonic_ns)
{
	struct timespec boot;

	clock_gettime(CLOCK_BOOTTIME, &boot);
	return monotonic_ns + boot.tv_sec * 1000000000ull + boot.tv_nsec -
	       hd_now_ns();
}

/**
 * hd_why_begin() - begin with a host
 * @why: set to this one, with no task; to be freed by hd_why_free()
 * @snap: opened; its rows are to be added by hd_why_add_row(), and after that
 *	hd_why_ready() is to be called
 */
void hd_why_begin(struct hd_why *why, const struct hd_snapshot *snap)
{
	memset(why, 0, sizeof(*why));
	why->root = "";
	why->unix_peer = hd_why_unix_peer;
	why->since_ns = since_boot(snap->head.since_ns);
}

/**
 * hd_why_add_row() - take what is needed of a row
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
 * hd_why_free() - free all that a host has
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
