// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parse a snapshot: its header, and then record by record.  Each length and each
 * number is checked before it is used, and no memory is allocated.
 */
#include "pure/sum.h"
#include "snap/snapshot.h"

/* size of the header in the first modules of this version */
#define HEAD_FIRST	offsetof(struct hostdiag_header, host)
#define SAVE_AGAIN	"save it again with 'cat /proc/hostdiag/snapshot'"

static int say_cut_short(struct hd_snapshot *snap)
{
	snap->is_cut = true;
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

static bool is_terminated(const char *text, size_t size)
{
	return memchr(text, '\0', size);
}

/**
 * hd_snapshot_begins() - may this be the beginning of a snapshot?
 * @data: the first bytes
 * @size: number of bytes; a few are enough for a negative answer
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
	if (head->header_size < HEAD_FIRST || head->header_size % 8)
		return say_damaged(snap, "size of the header");
	if (snap->size < head->header_size)
		return say_cut_short(snap);
	/* the header of an older module is shorter: clear the fields that it lacks */
	if (head->header_size < sizeof(*head))
		memset((u8 *)head + head->header_size, 0,
		       sizeof(*head) - head->header_size);
	if (head->hist_buckets != HD_HIST_BUCKETS) {
		snprintf(snap->error, sizeof(snap->error),
			 "has other histogram buckets (%u, and this reader knows %u): use the reader that came with the module",
			 head->hist_buckets, HD_HIST_BUCKETS);
		return -1;
	}
	if (!is_terminated(head->release, sizeof(head->release)) ||
	    !is_terminated(head->module_version, sizeof(head->module_version)) ||
	    !is_terminated(head->host, sizeof(head->host)))
		return say_damaged(snap, "text without an end");
	return 0;
}

/**
 * hd_snapshot_seek() - go to a record
 * @snap: opened
 * @at: offset of a TASK record, the value of @snap->at before it was read
 *
 * The records from there on can be read, except the last one, which contains sums
 * over all of them.
 */
void hd_snapshot_seek(struct hd_snapshot *snap, size_t at)
{
	snap->at = at;
	snap->nr_records = 0;
	snap->before = 0;
	snap->few = 0;
}

/**
 * hd_snapshot_rewind() - go back to the first record
 * @snap: opened
 */
void hd_snapshot_rewind(struct hd_snapshot *snap)
{
	hd_snapshot_seek(snap, snap->head.header_size);
}

static const char *check_end(struct hd_snapshot *snap,
			     const struct hostdiag_end *end)
{
	if (end->records != snap->nr_records)
		return "number of records";
	if (snap->size - snap->at != end->rec.size)
		return "bytes after its end";
	snap->lost = end->lost;
	return NULL;
}

static const char *read_record(struct hd_snapshot *snap,
			       const struct hostdiag_record *rec,
			       struct hd_snapshot_row *row)
{
	const char *why = hd_record_order(snap->before, rec->type);

	if (!why && rec->type == HOSTDIAG_CALLS)
		why = hd_record_few(rec, snap->data + snap->at, &snap->few, row);
	else if (!why)
		why = hd_record_read(rec, snap->data + snap->at, row);
	if (!why && rec->type == HOSTDIAG_END)
		why = check_end(snap, &row->end);
	snap->before = rec->type;
	return why;
}

/* a truncated snapshot has no last record, and ends with its data */
static bool is_over(const struct hd_snapshot *snap, size_t at)
{
	return snap->is_taken && at == snap->size;
}

/**
 * hd_snapshot_peek() - get the type of the next record without reading it
 * @snap: opened, and not at its end
 *
 * Return: type of the next record of a known type, as hd_snapshot_next().
 */
int hd_snapshot_peek(const struct hd_snapshot *snap)
{
	struct hostdiag_record rec = { .size = 0 };
	size_t at = snap->at;

	do {
		at += rec.size;
		if (is_over(snap, at))
			return HOSTDIAG_END;
		memcpy(&rec, snap->data + at, sizeof(rec));
	} while (!hd_record_known(rec.type));
	return rec.type;
}

/* read the next record of a known type, without derived counts */
static int next_record(struct hd_snapshot *snap, struct hd_snapshot_row *row)
{
	struct hostdiag_record rec;
	const char *why = NULL;
	size_t left;

	do {
		if (is_over(snap, snap->at))
			return HOSTDIAG_END;
		left = snap->size - snap->at;
		if (left < sizeof(rec))
			return say_cut_short(snap);
		memcpy(&rec, snap->data + snap->at, sizeof(rec));
		if (rec.size % 8 || rec.size > HOSTDIAG_RECORD_MOST ||
		    rec.fixed < sizeof(rec) || rec.fixed > rec.size)
			return say_damaged(snap, "size of a record");
		if (rec.size > left)
			return say_cut_short(snap);

		if (hd_record_known(rec.type))
			why = read_record(snap, &rec, row);
		if (why)
			return say_damaged(snap, why);
		if (snap->few)
			return HOSTDIAG_SYSCALL;
		snap->at += rec.size;
		snap->nr_records++;
	} while (!hd_record_known(rec.type));
	return rec.type == HOSTDIAG_CALLS ? HOSTDIAG_SYSCALL : rec.type;
}

static bool is_as_written(const struct hd_snapshot *snap,
			  const struct hostdiag_end *end)
{
	size_t size = snap->size - end->rec.size +
		      offsetof(struct hostdiag_end, sum);

	return !end->sum ||
	       end->sum == hd_sum(HOSTDIAG_SUM_START, snap->data, size);
}

/**
 * hd_snapshot_open() - check a snapshot from end to end
 * @snap: filled
 * @data: its bytes, which the caller keeps
 * @size: how many
 *
 * Return: 0; -1: @snap->error is the error message.
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

	hd_snapshot_rewind(snap);
	do {
		type = next_record(snap, &row);
		if (type < 0)
			return -1;
	} while (type != HOSTDIAG_END);
	if (!is_as_written(snap, &row.end))
		return say_damaged(snap, "its checksum is another one");
	hd_snapshot_rewind(snap);
	return 0;
}

/**
 * hd_snapshot_take_cut() - accept a truncated snapshot
 * @snap: hd_snapshot_open() has failed
 *
 * Only complete records are read; the last task may lack some of its records.
 *
 * Return: false if it is not truncated, or its header is not complete.
 */
bool hd_snapshot_take_cut(struct hd_snapshot *snap)
{
	if (!snap->is_cut || snap->at < HEAD_FIRST)
		return false;
	snap->is_taken = true;
	snap->size = snap->at;
	snap->lost = snap->head.lost;
	hd_snapshot_rewind(snap);
	return true;
}

/* add the counts of the calls of the task that was read last */
static void add_calls(const struct hd_snapshot *snap, struct hd_task_row *task)
{
	struct hd_snapshot ahead = *snap;
	struct hd_snapshot_row row;
	int type;

	do {
		type = next_record(&ahead, &row);
		if (type == HOSTDIAG_SYSCALL)
			hd_record_add_call(task, &row.syscall);
	} while (type == HOSTDIAG_SYSCALL || type == HOSTDIAG_STUCK);
}

/**
 * hd_snapshot_next() - read the next record of a type that is known
 * @snap: opened
 * @row: filled; the caller passes the same one each time
 *
 * Each row of a record with several rows is returned like a record.  The counts of
 * a task include those of its calls.
 *
 * Return: its type, HOSTDIAG_END being the last; never an error once
 * hd_snapshot_open() has returned 0.
 */
int hd_snapshot_next(struct hd_snapshot *snap, struct hd_snapshot_row *row)
{
	int type = next_record(snap, row);

	if (type == HOSTDIAG_TASK)
		add_calls(snap, &row->task);
	return type;
}
