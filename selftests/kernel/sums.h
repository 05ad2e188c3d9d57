/* SPDX-License-Identifier: GPL-2.0-only */
/* What the live and the dead of one comm come to, in the records of a snapshot. */
#ifndef HD_SUMS_H
#define HD_SUMS_H

#include <string.h>

#include "uapi/hostdiag.h"

/* @is_ours: the records that come now are of the comm's */
struct sums {
	unsigned long long calls;
	unsigned long long tasks;
	unsigned long long ended;
	unsigned long long lost;
	int is_ours;
};

static unsigned long long few_calls(const struct hostdiag_record *rec)
{
	const char *at = (const char *)rec + rec->fixed;
	const char *end = (const char *)rec + rec->size;
	unsigned long long calls = 0;

	while (at < end) {
		const struct hostdiag_few *few = (const void *)at;

		calls += few->calls;
		at += sizeof(*few) + (few->calls + 7) / 8 * 8;
		if (few->waits)
			at += sizeof(struct hostdiag_wait);
	}
	return calls;
}

static void add_record(struct sums *to, const struct hostdiag_record *rec,
		       const char *comm)
{
	const struct hostdiag_task *task = (const void *)rec;

	switch (rec->type) {
	case HOSTDIAG_TASK:
	case HOSTDIAG_EXITED:
		to->is_ours = !strcmp(task->comm, comm);
		if (!to->is_ours)
			break;
		to->calls += task->stat[HOSTDIAG_KIND_SYSCALL].count;
		to->tasks += task->tasks;
		if (rec->type == HOSTDIAG_EXITED)
			to->ended += task->tasks;
		break;
	case HOSTDIAG_SYSCALL:
		if (to->is_ours)
			to->calls += ((const struct hostdiag_syscall *)rec)->stat.count;
		break;
	case HOSTDIAG_CALLS:
		if (to->is_ours)
			to->calls += few_calls(rec);
		break;
	}
}

#endif /* HD_SUMS_H */
