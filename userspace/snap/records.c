// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parse the bytes of a record to a row.  The file is not trusted: each length and
 * each number is checked before it is used.  Errors are returned as a few words.
 */
#include "snap/records.h"

/**
 * struct cursor - bytes of a record that are still to be read
 * @at: the next byte
 * @left: number of bytes left
 */
struct cursor {
	const u8 *at;
	size_t left;
};

/* the fixed part of any record */
union fixed {
	struct hostdiag_task task;
	struct hostdiag_stuck stuck;
	struct hostdiag_syscall syscall;
	struct hostdiag_error error;
	struct hostdiag_place place;
	struct hostdiag_open open;
	struct hostdiag_slow slow;
	struct hostdiag_death death;
	struct hostdiag_end end;
};

static const char *read_comm(const char from[HOSTDIAG_COMM_LEN],
			     char to[HOSTDIAG_COMM_LEN])
{
	memcpy(to, from, HOSTDIAG_COMM_LEN);
	return memchr(to, '\0', HOSTDIAG_COMM_LEN) ? NULL :
	       "text without an end";
}

static const char *read_text(struct cursor *from, size_t len, char *to,
			     size_t room)
{
	if (len >= room)
		return "text too long";
	if (len > from->left)
		return "text beyond its record";
	if (memchr(from->at, '\0', len))
		return "text that ends early";
	memcpy(to, from->at, len);
	to[len] = '\0';
	from->at += len;
	from->left -= len;
	return NULL;
}

static const char *read_stat(struct cursor *from,
			     const struct hostdiag_stat *stat,
			     struct hd_stat *to)
{
	struct hostdiag_bucket bucket;
	u32 i, next = 0;
	u64 sum = 0;

	hd_stat_clear(to);
	to->count = stat->count;
	to->sum_ns = stat->sum_ns;
	to->max_ns = stat->max_ns;
	to->valid = stat->buckets || !stat->count;

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
		*hd_stat_bucket(to, bucket.index) = bucket.count;
		next = bucket.index + 1;
		sum += bucket.count;
	}
	if (stat->buckets && sum != stat->count)
		return "counts of buckets";
	return NULL;
}

static void read_wait(const struct hostdiag_wait *from, struct hd_wait_sums *to)
{
	to->valid = from->kept;
	to->runq_ns = from->runq_ns;
	to->d_ns = from->d_ns;
	to->sleep_ns = from->sleep_ns;
}

static const char *read_task(struct cursor *from, const union fixed *fixed,
			     struct hd_snapshot_row *row)
{
	const struct hostdiag_task *rec = &fixed->task;
	struct hd_task_row *to = &row->task;
	const char *why;
	int kind;

	to->tid = rec->tid;
	to->tgid = rec->tgid;
#define READ_COUNT(name, ...)	to->name = rec->name;
	HD_COUNT_LIST(READ_COUNT)
	to->id = rec->life;
	to->ids_len = 0;
	read_wait(&rec->wait, &to->wait);
	why = read_comm(rec->comm, to->comm);
	for (kind = 0; !why && kind < HOSTDIAG_KINDS; kind++)
		why = read_stat(from, &rec->stat[kind], &to->stat[kind]);
	return why;
}

static const char *read_syscall(struct cursor *from, const union fixed *fixed,
				struct hd_snapshot_row *row)
{
	const struct hostdiag_syscall *rec = &fixed->syscall;
	struct hd_syscall_row *to = &row->syscall;

	to->abi = rec->abi;
	to->nr = rec->nr;
	to->errors = rec->errors;
	read_wait(&rec->wait, &to->wait);
	return read_stat(from, &rec->stat, &to->stat);
}

/* a CALLS record has several rows, which hd_record_few() reads */
static const char *read_calls(struct cursor *from, const union fixed *fixed,
			      struct hd_snapshot_row *row)
{
	(void)from;
	(void)fixed;
	(void)row;
	return NULL;
}

static const char *read_error(struct cursor *from, const union fixed *fixed,
			      struct hd_snapshot_row *row)
{
	const struct hostdiag_error *rec = &fixed->error;

	(void)from;
	row->error = (struct hd_error_row){
		.abi = rec->abi,
		.nr = rec->nr,
		.error = rec->error,
		.count = rec->count,
		.last_ns = rec->last_ns,
		.recent = {
			.slice_ns = rec->slice_ns,
			.recent_ns = rec->recent_ns,
			.peak = rec->peak,
			.peak_ns = rec->peak_ns,
		},
	};
	memcpy(row->error.recent.slice, rec->recent, sizeof(rec->recent));
	return rec->error >= 1 && rec->error <= 4095 ? NULL : "no such error";
}

static bool is_letter(u32 state)
{
	return (state >= 'A' && state <= 'Z') || (state >= 'a' && state <= 'z');
}

static const char *read_stuck(struct cursor *from, const union fixed *fixed,
			      struct hd_snapshot_row *row)
{
	const struct hostdiag_stuck *rec = &fixed->stuck;
	struct hd_stuck_row *to = &row->stuck;
	const char *why;
	int i;

	if (!is_letter(rec->state))
		return "no such state";
	to->age_ns = rec->age_ns;
	to->d_age_ns = rec->d_age_ns;
	to->abi = rec->abi;
	to->nr = rec->nr;
	to->class = rec->class;
	to->state = rec->state;
	to->fd = rec->fd;
	to->is_before = rec->flags & HOSTDIAG_STUCK_BEFORE;
	for (i = 0; i < 6; i++)
		to->args[i] = rec->args[i];
	why = read_text(from, rec->place_len, to->place, sizeof(to->place));
	return why ? why : read_text(from, rec->path_len, to->path,
				     sizeof(to->path));
}

static const char *read_place(struct cursor *from, const union fixed *fixed,
			      struct hd_snapshot_row *row)
{
	const struct hostdiag_place *rec = &fixed->place;
	struct hd_place_row *to = &row->place;
	const char *why;

	to->count = rec->count;
	to->total_ns = rec->total_ns;
	to->max_ns = rec->max_ns;
	to->iowait_ns = rec->iowait_ns;
	why = read_text(from, rec->place_len, to->place, sizeof(to->place));
	return why ? why : read_text(from, rec->device_len, to->device,
				     sizeof(to->device));
}

static const char *read_open(struct cursor *from, const union fixed *fixed,
			     struct hd_snapshot_row *row)
{
	const struct hostdiag_open *rec = &fixed->open;
	struct hd_open_row *to = &row->open;
	const char *why;

	to->age_ns = rec->age_ns;
	to->tid = rec->tid;
	to->tgid = rec->tgid;
	to->fd = rec->fd;
	to->holder = rec->holder;
	why = read_comm(rec->comm, to->comm);
	return why ? why : read_text(from, rec->path_len, to->path,
				     sizeof(to->path));
}

static const char *read_slow(struct cursor *from, const union fixed *fixed,
			     struct hd_snapshot_row *row)
{
	const struct hostdiag_slow *rec = &fixed->slow;
	struct hd_slow_row *to = &row->slow;
	const char *why;

	to->seq = rec->seq;
	to->when_ns = rec->when_ns;
	to->dur_ns = rec->dur_ns;
	to->result = rec->result;
	to->kind = rec->kind;
	to->tid = rec->tid;
	to->tgid = rec->tgid;
	to->abi = rec->abi;
	to->nr = rec->nr;
	why = read_comm(rec->comm, to->comm);
	if (!why)
		why = read_text(from, rec->place_len, to->place,
				sizeof(to->place));
	return why ? why : read_text(from, rec->path_len, to->path,
				     sizeof(to->path));
}

static const char *read_death(struct cursor *from, const union fixed *fixed,
			      struct hd_snapshot_row *row)
{
	const struct hostdiag_death *rec = &fixed->death;
	struct hd_death_row *to = &row->death;

	(void)from;
	to->when_ns = rec->when_ns;
	to->life_ns = rec->life_ns;
	to->calls = rec->calls;
	to->errors = rec->errors;
	to->d_ns = rec->d_ns;
	to->tid = rec->tid;
	to->tgid = rec->tgid;
	to->ppid = rec->ppid;
	to->exit_code = rec->exit_code;
	to->oom = rec->oom;
	return read_comm(rec->comm, to->comm);
}

static const char *read_end(struct cursor *from, const union fixed *fixed,
			    struct hd_snapshot_row *row)
{
	(void)from;
	row->end = fixed->end;
	return NULL;
}

/**
 * struct type - a type of records
 * @size: size of its fixed part
 * @first_size: size of its fixed part in the first modules of this version
 * @rank: its place in a snapshot
 * @of_task: its records belong to a task
 * @read: parses a record to a row
 */
struct type {
	size_t size;
	size_t first_size;
	int rank;
	bool of_task;
	const char *(*read)(struct cursor *from, const union fixed *fixed,
			    struct hd_snapshot_row *row);
};

static const struct type end_type = {
	sizeof(struct hostdiag_end), offsetof(struct hostdiag_end, sum), 9,
	false, read_end
};

static const struct type types[] = {
	[HOSTDIAG_TASK] = {
		sizeof(struct hostdiag_task),
		offsetof(struct hostdiag_task, wait), 0, false, read_task
	},
	[HOSTDIAG_STUCK] = {
		sizeof(struct hostdiag_stuck),
		offsetof(struct hostdiag_stuck, flags), 1, true, read_stuck
	},
	[HOSTDIAG_SYSCALL] = {
		sizeof(struct hostdiag_syscall),
		offsetof(struct hostdiag_syscall, wait), 2, true, read_syscall
	},
	[HOSTDIAG_CALLS] = {
		sizeof(struct hostdiag_calls),
		sizeof(struct hostdiag_calls), 2, true, read_calls
	},
	[HOSTDIAG_ERROR] = {
		sizeof(struct hostdiag_error),
		offsetof(struct hostdiag_error, slice_ns), 3, true, read_error
	},
	[HOSTDIAG_PLACE] = {
		sizeof(struct hostdiag_place),
		sizeof(struct hostdiag_place), 4, true, read_place
	},
	[HOSTDIAG_EXITED] = {
		sizeof(struct hostdiag_task),
		offsetof(struct hostdiag_task, wait), 5, false, read_task
	},
	[HOSTDIAG_OPEN] = {
		sizeof(struct hostdiag_open),
		offsetof(struct hostdiag_open, holder), 6, false, read_open
	},
	[HOSTDIAG_SLOW] = {
		sizeof(struct hostdiag_slow),
		sizeof(struct hostdiag_slow), 8, false, read_slow
	},
	[HOSTDIAG_DEATH] = {
		sizeof(struct hostdiag_death),
		offsetof(struct hostdiag_death, oom), 7, false, read_death
	},
};

/* Return: NULL for a type of a later version. */
static const struct type *find_type(u16 type)
{
	if (type == HOSTDIAG_END)
		return &end_type;
	return type < ARRAY_SIZE(types) && types[type].read ? &types[type] :
	       NULL;
}

/**
 * hd_record_known() - does this reader know a type of records?
 * @type: enum hostdiag_record_type
 */
bool hd_record_known(u16 type)
{
	return find_type(type);
}

/**
 * hd_record_order() - check that a record may come after another one
 * @before: type of the known record before it; 0: it is the first
 * @type: type of the record, which is known
 *
 * Return: NULL, or an error message.
 */
const char *hd_record_order(u16 before, u16 type)
{
	const struct type *this = find_type(type), *last = find_type(before);
	bool in_task = last && (last->of_task || before == HOSTDIAG_TASK);

	if (this->of_task && !in_task)
		return "a record without its task";
	if (!last || (type == HOSTDIAG_TASK && in_task))
		return NULL;
	if (this->rank < last->rank ||
	    (type == HOSTDIAG_STUCK && before == HOSTDIAG_STUCK))
		return "order of records";
	return NULL;
}

/* are the remaining bytes padding to a multiple of 8? */
static bool is_padding(const struct cursor *rest)
{
	static const u8 zeroes[8];

	return rest->left < sizeof(zeroes) &&
	       !memcmp(rest->at, zeroes, rest->left);
}

/**
 * hd_record_read() - parse a record to a row
 * @rec: its head; its type is known, and its sizes lie within the data
 * @data: the whole record
 * @row: filled
 *
 * Return: NULL, or an error message.
 */
const char *hd_record_read(const struct hostdiag_record *rec, const u8 *data,
			   struct hd_snapshot_row *row)
{
	struct cursor rest = { data + rec->fixed, rec->size - rec->fixed };
	const struct type *type = find_type(rec->type);
	union fixed fixed;
	const char *why;

	if (rec->fixed < type->first_size)
		return "size of a record";
	memset(&fixed, 0, sizeof(fixed));
	memcpy(&fixed, data, rec->fixed < type->size ? rec->fixed : type->size);

	why = type->read(&rest, &fixed, row);
	/* only a record with a longer fixed part, of a later version, may have more data */
	if (!why && rec->fixed <= type->size && !is_padding(&rest))
		return "size of a record";
	return why;
}

/* @data points to the buckets of the calls */
static const char *fill_few(const struct hostdiag_few *few, const u8 *data,
			    struct hd_syscall_row *to)
{
	u32 i, nr = HOSTDIAG_CALL_NR(few->call);

	to->abi = HOSTDIAG_CALL_ABI(few->call);
	to->nr = nr == HOSTDIAG_CALL_NR_BAD ? HOSTDIAG_NR_BAD : nr;
	to->errors = few->errors;
	to->wait = (struct hd_wait_sums){ .valid = true };
	hd_stat_clear(&to->stat);
	to->stat.count = few->calls;
	to->stat.sum_ns = few->sum_ns;
	to->stat.max_ns = few->max_ns;
	for (i = 0; i < few->calls; i++) {
		if (data[i] >= HD_HIST_BUCKETS)
			return "no such bucket";
		++*hd_stat_bucket(&to->stat, data[i]);
	}
	return NULL;
}

/**
 * hd_record_few() - parse the next entry of a CALLS record to a row
 * @rec: its head; its sizes lie within the data
 * @data: the whole record
 * @at: its offset, 0 for the first one; advanced, to 0 after the last one
 * @row: filled
 *
 * Return: NULL, or an error message.
 */
const char *hd_record_few(const struct hostdiag_record *rec, const u8 *data,
			  size_t *at, struct hd_snapshot_row *row)
{
	size_t start = *at ? *at : rec->fixed, len;
	struct hostdiag_wait wait;
	struct hostdiag_few few;
	const char *why;

	if (rec->size - start < sizeof(few))
		return "number of calls";
	memcpy(&few, data + start, sizeof(few));
	start += sizeof(few);
	len = (few.calls + 7u) & ~7u;
	if (!few.calls || few.calls > HOSTDIAG_FEW || few.waits > 1 ||
	    rec->size - start < len + few.waits * sizeof(wait))
		return "number of calls";
	why = fill_few(&few, data + start, &row->syscall);
	start += len;
	if (few.waits) {
		memcpy(&wait, data + start, sizeof(wait));
		read_wait(&wait, &row->syscall.wait);
		start += sizeof(wait);
	}
	*at = start < rec->size ? start : 0;
	return why;
}

/**
 * hd_record_add_call() - add the counts of a call to its task
 * @task: the task, with the calls that were added before
 * @call: the call
 */
void hd_record_add_call(struct hd_task_row *task,
			const struct hd_syscall_row *call)
{
	hd_stat_merge(&task->stat[HOSTDIAG_KIND_SYSCALL], &call->stat);
	task->errors = hd_add(task->errors, call->errors);
}
