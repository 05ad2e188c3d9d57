// SPDX-License-Identifier: GPL-2.0-only
/* The binary snapshot, record by record; written from the uapi header alone. */
#include <stdio.h>
#include <string.h>

#include "../../uapi/hostdiag.h"
#include "validate.h"

struct walk {
	const struct content *c;
	const struct hostdiag_header *head;
	unsigned long long records;
	int in_task;
};

static int check_stat(const struct walk *w, const struct hostdiag_stat *stat,
		      const struct hostdiag_bucket **bucket, const char *end)
{
	unsigned long long sum = 0;
	__u32 i, last = 0;

	if ((const char *)(*bucket + stat->buckets) > end)
		return bad(w->c, "", "snapshot: buckets past their record");
	for (i = 0; i < stat->buckets; i++, (*bucket)++) {
		if ((*bucket)->index >= w->head->hist_buckets ||
		    (i && (*bucket)->index <= last) || !(*bucket)->count)
			return bad(w->c, "", "snapshot: bucket");
		last = (*bucket)->index;
		sum += (*bucket)->count;
	}
	if (stat->buckets && sum != stat->count)
		return bad(w->c, "", "snapshot: buckets against count");
	return 0;
}

static int check_record(struct walk *w, const struct hostdiag_record *rec)
{
	const char *start = (const char *)rec, *end = start + rec->size;
	const struct hostdiag_bucket *bucket;
	const struct hostdiag_task *task = (const void *)rec;
	const struct hostdiag_syscall *call = (const void *)rec;
	const struct hostdiag_end *last = (const void *)rec;
	int kind;

	bucket = (const void *)(start + rec->fixed);
	switch (rec->type) {
	case HOSTDIAG_TASK:
	case HOSTDIAG_EXITED:
		w->in_task = rec->type == HOSTDIAG_TASK;
		if (rec->fixed < sizeof(*task) ||
		    !memchr(task->comm, 0, sizeof(task->comm)) ||
		    !task->tasks || !task->tid != !w->in_task)
			return bad(w->c, "", "snapshot: task");
		for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
			if (check_stat(w, &task->stat[kind], &bucket, end))
				return 1;
		return 0;
	case HOSTDIAG_SYSCALL:
		if (!w->in_task || rec->fixed < sizeof(*call))
			return bad(w->c, "", "snapshot: syscall");
		return check_stat(w, &call->stat, &bucket, end);
	case HOSTDIAG_END:
		if (rec->fixed < sizeof(*last) || last->records != w->records)
			return bad(w->c, "", "snapshot: end");
		return 0;
	default:
		return 0;
	}
}

int validate_snapshot(const struct content *c)
{
	struct walk w = { .c = c, .head = (const void *)c->data };
	const struct hostdiag_record *rec;
	size_t at;

	if (c->len < sizeof(*w.head) ||
	    memcmp(w.head->magic, HOSTDIAG_MAGIC, sizeof(w.head->magic)) ||
	    w.head->byte_order != HOSTDIAG_BYTE_ORDER ||
	    w.head->version != HOSTDIAG_VERSION ||
	    w.head->header_size < sizeof(*w.head) || w.head->header_size % 8 ||
	    w.head->since_ns > w.head->now_ns)
		return bad(c, "", "snapshot: header");
	for (at = w.head->header_size; at + sizeof(*rec) <= c->len;
	     at += rec->size) {
		rec = (const void *)(c->data + at);
		if (rec->size % 8 || rec->size < rec->fixed ||
		    rec->fixed < sizeof(*rec) || rec->size > c->len - at)
			return bad(c, "", "snapshot: record");
		if (check_record(&w, rec))
			return 1;
		w.records++;
		if (rec->type == HOSTDIAG_END)
			return at + rec->size == c->len ? 0 :
			       bad(c, "", "snapshot: bytes after the end");
	}
	return bad(c, "", "snapshot: no end");
}
