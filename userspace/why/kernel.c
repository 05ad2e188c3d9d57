// SPDX-License-Identifier: GPL-2.0-only
/* Locks of the kernel and their holders, from the module's file "blocked". */
#include <stdlib.h>
#include <string.h>
#include "host/blocked.h"
#include "util.h"
#include "why/parts.h"

static void add_row(const struct hd_blocked_row *row, void *priv)
{
	struct hd_why *why = priv;

	why->blocked = hd_grow(why->blocked, why->nr_blocked, &why->blocked_room,
			       sizeof(*row));
	why->blocked[why->nr_blocked++] = *row;
}

static int by_tid(const void *a, const void *b)
{
	const struct hd_blocked_row *x = a, *y = b;

	return x->self.tid < y->self.tid ? -1 : x->self.tid > y->self.tid;
}

/**
 * hd_why_add_blocked() - read the tasks that wait in the kernel now
 * @why: the host; rows of an earlier call are replaced
 *
 * Return: false if the file cannot be read; errno is set.
 */
bool hd_why_add_blocked(struct hd_why *why)
{
	char file[HD_FILE_LINK];

	snprintf(file, sizeof(file), "%s" HD_BLOCKED_FILE, why->root);
	why->nr_blocked = 0;
	if (!hd_blocked_each(file, add_row, why))
		return false;
	if (why->nr_blocked)
		qsort(why->blocked, why->nr_blocked, sizeof(*why->blocked), by_tid);
	return true;
}

/**
 * hd_why_blocked() - look up a task that waits in the kernel
 * @why: the host
 * @tid: the task
 *
 * Return: NULL if it does not wait there.
 */
const struct hd_blocked_row *hd_why_blocked(const struct hd_why *why, u32 tid)
{
	struct hd_blocked_row key = { .self.tid = tid };

	if (!why->nr_blocked)
		return NULL;
	return bsearch(&key, why->blocked, why->nr_blocked, sizeof(key), by_tid);
}

/* who has frozen a file system need hold nothing: the mount and the ledger tell */
static bool is_freeze(const struct hd_blocked_row *row)
{
	return row->wait == HD_AWAITS_THAW ||
	       !strncmp(row->object, "frozen:", strlen("frozen:"));
}

/**
 * hd_why_is_kernel_lock() - does a task wait for a lock of the kernel?
 * @why: the host
 * @tid: the task
 *
 * If it does, it does not wait for data of the file, pipe or socket of its call.
 */
bool hd_why_is_kernel_lock(const struct hd_why *why, u32 tid)
{
	const struct hd_blocked_row *row = hd_why_blocked(why, tid);

	return row && row->wait != HD_AWAITS_UNKNOWN &&
	       row->wait != HD_AWAITS_COMPLETION && !is_freeze(row);
}

static void know_what(const struct hd_blocked_row *row,
		      struct hd_why_wait *wait)
{
	char object[4 * HD_OBJECT_LEN];

	hd_escape(row->object, strlen(row->object), object, sizeof(object));
	if (object[0])
		hd_why_what(wait, "the %s %s", hd_awaited_name(row->wait),
			    object);
	else
		hd_why_what(wait, "a %s in the kernel",
			    hd_awaited_name(row->wait));
}

/**
 * hd_why_kernel() - name the holder of the kernel lock that a task waits for
 * @why: the host
 * @tid: the task
 * @wait: the result is added to it
 */
void hd_why_kernel(struct hd_why *why, u32 tid, struct hd_why_wait *wait)
{
	const struct hd_blocked_row *row = hd_why_blocked(why, tid);
	char name[HD_WHY_NAME];

	if (!row || row->wait == HD_AWAITS_UNKNOWN || is_freeze(row))
		return;
	know_what(row, wait);
	hd_why_name(why, row->holder.tid, name);
	if (row->hold == HD_HOLD_HELD && row->holder.tid) {
		hd_why_say(wait, "it waits for %s, which is held by %s",
			   wait->what, name);
		hd_why_next(wait, row->holder.tid);
		wait->held = true;
	} else if (row->hold == HD_HOLD_HANDED && row->holder.tid) {
		hd_why_say(wait, "it waits for %s, which is being handed over to %s",
			   wait->what, name);
	} else if (row->hold == HD_HOLD_READER && row->holder.tid) {
		hd_why_say(wait, "it waits for %s, last taken for reading by %s, who may have left",
			   wait->what, name);
	} else {
		hd_why_say(wait, "it waits for %s; who holds it is not known",
			   wait->what);
	}
}
