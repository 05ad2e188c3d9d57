// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parse a snapshot.  The bytes may come from anywhere: each length and each
 * number is checked before it is used, and nothing is allocated.
 */
#include "snapshot.h"

#define SAVE_AGAIN	"save it again with 'cat /proc/hostdiag/snapshot'"

/**
 * struct cursor - bytes of a record that are still to be read
 * @at: the next one
 * @left: how many
 */
struct cursor {
	const u8 *at;
	size_t left;
};

static int say_cut_short(struct hd_snapshot *snap)
{
	snprintf(snap->error, sizeof(snap->error),
		 "cut short after %zu bytes: " SAVE_AGAIN, snap->size);
	return -1;
}

static int say_damaged(struct hd_snapshot *snap, const char *why)
{
	snprintf(snap->error, sizeof(snap->error),
		 "damaged at byte %zu (%s): " SAVE_AGAIN, snap->at, why);
	return -1;
}

static bool terminated(const char *text, size_t size)
{
	return memchr(text, '\0', size);
}

/**
 * hd_snapshot_begins() - may this be the beginning of a snapshot?
 * @data: the first bytes
 * @size: how many; few are enough to say no
 */
bool hd_snapshot_begins(const void *data, size_t size)
{
	size_t len = strlen(HOSTDIAG_MAGIC);

	return !memcmp(data, HOSTDIAG_MAGIC, size < len ? size : len);
}

static int open_head(struct hd_snapshot *snap)
{
	struct hostdiag_header *head = &snap->head;
	size_t known = snap->size < sizeof(*head) ? snap->size : sizeof(*head);

	memset(head, 0, sizeof(*head));
	memcpy(head, snap->data, known);

	if (!snap->size || !hd_snapshot_begins(snap->data, snap->size)) {
		snprintf(snap->error, sizeof(snap->error),
			 "not a snapshot: " SAVE_AGAIN);
		return -1;
	}
	if (known < offsetof(struct hostdiag_header, hist_buckets))
		return say_cut_short(snap);
	if (head->byte_order == __builtin_bswap32(HOSTDIAG_BYTE_ORDER)) {
		snprintf(snap->error, sizeof(snap->error),
			 "from a host of the other byte order: read it there");
		return -1;
	}
	if (head->byte_order != HOSTDIAG_BYTE_ORDER)
		return say_damaged(snap, "no byte order");
	if (head->version != HOSTDIAG_VERSION) {
		snprintf(snap->error, sizeof(snap->error),
			 "a snapshot of version %u, and this reader reads version %u: use the reader that came with the module",
			 head->version, HOSTDIAG_VERSION);
		return -1;
	}
	if (head->header_size < sizeof(*head) || head->header_size % 8)
		return say_damaged(snap, "size of the header");
	if (snap->size < head->header_size)
		return say_cut_short(snap);
	if (head->hist_buckets != HD_HIST_BUCKETS) {
		snprintf(snap->error, sizeof(snap->error),
			 "has other histogram buckets (%u, and this reader knows %u): use the reader that came with the module",
			 head->hist_buckets, HD_HIST_BUCKETS);
		return -1;
	}
	if (!terminated(head->release, sizeof(head->release)) ||
	    !terminated(head->module_version, sizeof(head->module_version)))
		return say_damaged(snap, "text without an end");
	return 0;
}

static void rewind_to_first(struct hd_snapshot *snap)
{
	snap->at = snap->head.header_size;
	snap->records = 0;
	snap->in_task = false;
}

/**
 * hd_snapshot_open() - check a snapshot from end to end
 * @snap: to be filled
 * @data: its bytes; they must stay
 * @size: how many
 *
 * Return: 0, or -1 and @snap->error says why.
 */
int hd_snapshot_open(struct hd_snapshot *snap, const void *data, size_t size)
{
	struct hd_snapshot_row row;
	int type;

	memset(snap, 0, sizeof(*snap));
	snap->data = data;
	snap->size = size;
	if (open_head(snap))
		return -1;

	rewind_to_first(snap);
	do {
		type = hd_snapshot_next(snap, &row);
		if (type < 0)
			return -1;
	} while (type != HOSTDIAG_END);
	rewind_to_first(snap);
	return 0;
}

/* Return: NULL, or what is wrong. */
static const char *read_stat(struct cursor *from,
			     const struct hostdiag_stat *stat,
			     struct hd_stat *to)
{
	struct hostdiag_bucket bucket;
	u32 i, next = 0;
	u64 sum = 0;

	memset(to, 0, sizeof(*to));
	to->count = stat->count;
	to->sum_ns = stat->sum_ns;
	to->max_ns = stat->max_ns;
	to->kept = stat->buckets || !stat->count;

	if (stat->buckets > HD_HIST_BUCKETS)
		return "too many buckets";
	if (from->left / sizeof(bucket) < stat->buckets)
		return "buckets beyond their record";

	for (i = 0; i < stat->buckets; i++) {
		memcpy(&bucket, from->at, sizeof(bucket));
		from->at += sizeof(bucket);
		from->left -= sizeof(bucket);

		if (bucket.index < next || bucket.index >= HD_HIST_BUCKETS)
			return "order of buckets";
		if (!bucket.count || bucket.count > stat->count - sum)
			return "counts of buckets";
		to->bucket[bucket.index] = bucket.count;
		next = bucket.index + 1;
		sum += bucket.count;
	}
	if (stat->buckets && sum != stat->count)
		return "counts of buckets";
	return NULL;
}

static const char *read_task(struct cursor *from,
			     const struct hostdiag_task *rec,
			     struct hd_task_row *to)
{
	const char *why;
	int kind;

	if (!terminated(rec->comm, sizeof(rec->comm)))
		return "text without an end";

	to->tid = rec->tid;
	to->tgid = rec->tgid;
	memcpy(to->comm, rec->comm, sizeof(to->comm));
	to->tasks = rec->tasks;
	to->errors = rec->errors;
	to->iowait_ns = rec->iowait_ns;
	to->opens = rec->opens;
	to->open_now = rec->open_now;
	for (kind = 0; kind < HOSTDIAG_KINDS; kind++) {
		why = read_stat(from, &rec->stat[kind], &to->stat[kind]);
		if (why)
			return why;
	}
	return NULL;
}

static const char *read_syscall(struct cursor *from,
				const struct hostdiag_syscall *rec,
				struct hd_syscall_row *to)
{
	to->abi = rec->abi;
	to->nr = rec->nr;
	to->errors = rec->errors;
	return read_stat(from, &rec->stat, &to->stat);
}

static const char *read_end(struct hd_snapshot *snap,
			    const struct hostdiag_end *rec)
{
	if (rec->records != snap->records)
		return "number of records";
	if (snap->size - snap->at != rec->rec.size)
		return "bytes after its end";
	snap->lost = rec->lost;
	return NULL;
}

static size_t known_size(u16 type)
{
	switch (type) {
	case HOSTDIAG_TASK:
	case HOSTDIAG_EXITED:
		return sizeof(struct hostdiag_task);
	case HOSTDIAG_SYSCALL:
		return sizeof(struct hostdiag_syscall);
	case HOSTDIAG_END:
		return sizeof(struct hostdiag_end);
	default:
		return sizeof(struct hostdiag_record);
	}
}

static const char *read_record(struct hd_snapshot *snap,
			       const struct hostdiag_record *rec,
			       struct hd_snapshot_row *row)
{
	union {
		struct hostdiag_task task;
		struct hostdiag_syscall syscall;
		struct hostdiag_end end;
	} fixed;
	const u8 *data = snap->data + snap->at;
	struct cursor rest = { data + rec->fixed, rec->size - rec->fixed };
	size_t known = known_size(rec->type);
	const char *why;

	memcpy(&fixed, data, known);
	switch (rec->type) {
	case HOSTDIAG_TASK:
	case HOSTDIAG_EXITED:
		snap->in_task = rec->type == HOSTDIAG_TASK;
		why = read_task(&rest, &fixed.task, &row->task);
		break;
	case HOSTDIAG_SYSCALL:
		if (!snap->in_task)
			return "a syscall without a task";
		why = read_syscall(&rest, &fixed.syscall, &row->syscall);
		break;
	default:
		why = read_end(snap, &fixed.end);
	}
	/* only a fixed part with fields of later days may have more behind it */
	if (!why && rest.left && rec->fixed == known)
		return "size of a record";
	return why;
}

static bool is_known(u16 type)
{
	return known_size(type) != sizeof(struct hostdiag_record);
}

/**
 * hd_snapshot_next() - read the next record of a type that is known
 * @snap: opened
 * @row: to be filled; the caller hands in the same one each time
 *
 * Return: its type, HOSTDIAG_END being the last; never an error once
 * hd_snapshot_open() has returned 0.
 */
int hd_snapshot_next(struct hd_snapshot *snap, struct hd_snapshot_row *row)
{
	struct hostdiag_record rec;
	const char *why = NULL;

	do {
		size_t left = snap->size - snap->at;

		if (left < sizeof(rec))
			return say_cut_short(snap);
		memcpy(&rec, snap->data + snap->at, sizeof(rec));
		if (rec.size % 8 || rec.fixed < known_size(rec.type) ||
		    rec.fixed > rec.size)
			return say_damaged(snap, "size of a record");
		if (rec.size > left)
			return say_cut_short(snap);

		if (is_known(rec.type))
			why = read_record(snap, &rec, row);
		if (why)
			return say_damaged(snap, why);
		snap->at += rec.size;
		snap->records++;
	} while (!is_known(rec.type));
	return rec.type;
}
