// SPDX-License-Identifier: GPL-2.0-only
/* The binary snapshot, record by record; written from the uapi header alone. */
#include <stdio.h>
#include <string.h>

#include "uapi/hostdiag.h"
#include "validate.h"

struct walk {
	const struct content *c;
	const struct hostdiag_header *head;
	unsigned long long records;
	int in_task;
	const struct hostdiag_wait *wait;	/* of the task that it is in */
	struct hostdiag_wait sum;		/* of its rows, so far */
	unsigned long long slows;
	unsigned long long last_slow;
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

static int check_wait(struct walk *w, const struct hostdiag_wait *wait)
{
	if (wait->kept > 1 || wait->reserved)
		return bad(w->c, "", "snapshot: wait");
	w->sum.runq_ns += wait->runq_ns;
	w->sum.d_ns += wait->d_ns;
	w->sum.sleep_ns += wait->sleep_ns;
	return 0;
}

/* a task's is read after those of its rows, which is known at their end */
static int check_task_wait(struct walk *w)
{
	const struct hostdiag_wait *wait = w->wait, rows = w->sum;

	w->wait = NULL;
	if (wait && (wait->runq_ns < rows.runq_ns || wait->d_ns < rows.d_ns ||
		     wait->sleep_ns < rows.sleep_ns))
		return bad(w->c, "", "snapshot: waits of the rows of a task");
	return 0;
}

/* Two strings, together @len bytes, padded with zeroes to a multiple of 8 */
static int check_texts(const struct walk *w, const struct hostdiag_record *rec,
		       size_t fixed, __u32 len)
{
	const char *text = (const char *)rec + rec->fixed;
	__u32 at, room = rec->size - rec->fixed;

	if (rec->fixed < fixed || room < len || room - len >= 8)
		return bad(w->c, "", "snapshot: texts against their record");
	for (at = 0; at < room; at++) {
		int nul = !text[at], ended = at >= len;

		if (nul != ended)
			return bad(w->c, "", "snapshot: text");
	}
	return 0;
}

static int is_comm(const char comm[HOSTDIAG_COMM_LEN])
{
	return !!memchr(comm, 0, HOSTDIAG_COMM_LEN);
}

static int check_calls(struct walk *w, const struct hostdiag_calls *calls)
{
	const char *at = (const char *)calls + calls->rec.fixed;
	const char *end = (const char *)calls + calls->rec.size;
	const struct hostdiag_few *few;
	const __u8 *bucket;
	__u32 i;

	if (!w->in_task || calls->rec.fixed < sizeof(*calls) || at == end)
		return bad(w->c, "", "snapshot: calls");
	while (at < end) {
		few = (const void *)at;
		bucket = (const void *)(few + 1);
		if (end - at < (long)sizeof(*few) || !few->calls ||
		    few->calls > HOSTDIAG_FEW || few->waits > 1)
			return bad(w->c, "", "snapshot: few calls");
		at += sizeof(*few) + (few->calls + 7) / 8 * 8 +
		      few->waits * sizeof(struct hostdiag_wait);
		if (at > end)
			return bad(w->c, "", "snapshot: few calls");
		for (i = 0; i < few->calls; i++)
			if (bucket[i] >= w->head->hist_buckets)
				return bad(w->c, "", "snapshot: bucket of a call");
		if (few->waits && check_wait(w, (const struct hostdiag_wait *)at - 1))
			return 1;
	}
	return 0;
}

/* those that belong to a task */

static int check_of_task(const struct walk *w,
			 const struct hostdiag_record *rec)
{
	const struct hostdiag_error *error = (const void *)rec;
	const struct hostdiag_stuck *stuck = (const void *)rec;
	const struct hostdiag_place *place = (const void *)rec;

	if (!w->in_task)
		return bad(w->c, "", "snapshot: a task's record without it");
	switch (rec->type) {
	case HOSTDIAG_ERROR:
		if (rec->fixed < sizeof(*error) || !error->count ||
		    !error->error || error->error > 4095)
			return bad(w->c, "", "snapshot: error");
		return 0;
	case HOSTDIAG_STUCK:
		if (stuck->class > HOSTDIAG_CLASS_LOCK || stuck->fd < -1 ||
		    !stuck->state)
			return bad(w->c, "", "snapshot: stuck");
		return check_texts(w, rec, sizeof(*stuck), stuck->place_len +
				   stuck->path_len);
	default:
		if (!place->count || place->max_ns > place->total_ns ||
		    place->iowait_ns > place->total_ns)
			return bad(w->c, "", "snapshot: place");
		return check_texts(w, rec, sizeof(*place), place->place_len +
				   place->device_len);
	}
}

/* those that belong to the host */
static int check_of_host(struct walk *w, const struct hostdiag_record *rec)
{
	const struct hostdiag_open *open = (const void *)rec;
	const struct hostdiag_slow *slow = (const void *)rec;
	const struct hostdiag_death *death = (const void *)rec;

	w->in_task = 0;
	switch (rec->type) {
	case HOSTDIAG_OPEN:
		if (!is_comm(open->comm) || !open->tid || open->fd < 0)
			return bad(w->c, "", "snapshot: open");
		return check_texts(w, rec, sizeof(*open), open->path_len);
	case HOSTDIAG_SLOW:
		if (!is_comm(slow->comm) || slow->kind > HOSTDIAG_SLOW_OPEN ||
		    (w->slows && slow->seq <= w->last_slow))
			return bad(w->c, "", "snapshot: slow");
		w->slows++;
		w->last_slow = slow->seq;
		return check_texts(w, rec, sizeof(*slow), slow->place_len +
				   slow->path_len);
	default:
		if (rec->fixed < sizeof(*death) || !is_comm(death->comm) ||
		    !death->tid || !death->when_ns)
			return bad(w->c, "", "snapshot: death");
		return 0;
	}
}

static int is_of_task(__u16 type)
{
	return type == HOSTDIAG_SYSCALL || type == HOSTDIAG_CALLS ||
	       type == HOSTDIAG_ERROR || type == HOSTDIAG_STUCK ||
	       type == HOSTDIAG_PLACE;
}

/* the checksum of all that is before it */
static __u64 sum_to(const struct content *c, const void *end)
{
	__u64 sum = HOSTDIAG_SUM_START, number;
	const char *at;

	for (at = c->data; at < (const char *)end; at += sizeof(number)) {
		memcpy(&number, at, sizeof(number));
		sum ^= number;
		sum = (sum << 29 | sum >> 35) * HOSTDIAG_SUM_FACTOR;
	}
	return sum;
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
	if (!is_of_task(rec->type) && check_task_wait(w))
		return 1;
	switch (rec->type) {
	case HOSTDIAG_TASK:
	case HOSTDIAG_EXITED:
		w->in_task = rec->type == HOSTDIAG_TASK;
		if (rec->fixed < sizeof(*task) ||
		    !memchr(task->comm, 0, sizeof(task->comm)) ||
		    (w->in_task && task->tasks != 1) ||
		    !task->tid != !w->in_task)
			return bad(w->c, task->comm, "snapshot: task");
		/* after a reset only what is open may be left of the dead */
		if (!task->tasks && !task->open_now &&
		    !task->stat[HOSTDIAG_KIND_OPEN].count)
			return bad(w->c, task->comm, "snapshot: the dead");
		for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
			if (check_stat(w, &task->stat[kind], &bucket, end))
				return 1;
		if (check_wait(w, &task->wait))
			return 1;
		w->wait = &task->wait;
		memset(&w->sum, 0, sizeof(w->sum));
		return 0;
	case HOSTDIAG_SYSCALL:
		if (!w->in_task || rec->fixed < sizeof(*call))
			return bad(w->c, "", "snapshot: syscall");
		return check_stat(w, &call->stat, &bucket, end) ||
		       check_wait(w, &call->wait);
	case HOSTDIAG_CALLS:
		return check_calls(w, (const void *)rec);
	case HOSTDIAG_ERROR:
	case HOSTDIAG_STUCK:
	case HOSTDIAG_PLACE:
		return check_of_task(w, rec);
	case HOSTDIAG_OPEN:
	case HOSTDIAG_SLOW:
	case HOSTDIAG_DEATH:
		return check_of_host(w, rec);
	case HOSTDIAG_END:
		if (rec->fixed < sizeof(*last) || last->records != w->records)
			return bad(w->c, "", "snapshot: end");
		if (last->sum != sum_to(w->c, &last->sum))
			return bad(w->c, "", "snapshot: checksum");
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
