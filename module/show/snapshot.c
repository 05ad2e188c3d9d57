// SPDX-License-Identifier: GPL-2.0-only
/* The file snapshot: rows to the records of uapi/hostdiag.h. */
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/utsname.h>
#include "compat/time.h"
#include "pure/sum.h"
#include "store/rows.h"
#include "store/lost.h"
#include "store/rows_read.h"
#include "show/snapshot.h"
#include "version.h"

/**
 * hd_snapshot_head() - write the header
 * @seq: the seq_file
 */
void hd_snapshot_head(struct seq_file *seq)
{
	struct hostdiag_header head = {
		.byte_order = HOSTDIAG_BYTE_ORDER,
		.version = HOSTDIAG_VERSION,
		.header_size = sizeof(head),
		.hist_buckets = HD_HIST_BUCKETS,
	};
	struct hd_view view;

	hd_view_now(&view);
	memcpy(head.magic, HOSTDIAG_MAGIC, sizeof(head.magic));
	head.flags = view.flags;
	head.now_ns = view.now_ns;
	head.since_ns = view.since_ns;
	head.wall_ns = hd_wall_clock();
	head.lost = view.lost;
	head.stuck_ns = view.stuck_ns;
	head.shed_ns = view.shed_ns;
	snprintf(head.release, sizeof(head.release), "%.63s",
		 init_utsname()->release);
	snprintf(head.module_version, sizeof(head.module_version), "%s",
		 HD_VERSION);
	/*
	 * Do not take uts_sem: some kernels hold it while they copy from user
	 * memory, which may hang.  The last byte of the name is always 0.
	 */
	snprintf(head.host, sizeof(head.host), "%.64s",
		 init_utsname()->nodename);
	seq_write(seq, &head, sizeof(head));
}

/*
 * Return: room for a record in the buffer, so that it need not be copied; NULL: it
 * is full, then the seq_file drops the record and asks for it again.
 */
static void *record_room(struct seq_file *seq, size_t bytes)
{
	void *at = seq->buf + seq->count;

	if (seq->count + bytes >= seq->size) {
		seq->count = seq->size;
		return NULL;
	}
	seq->count += bytes;
	return at;
}

/* append the buckets to the record that @to is a part of, and add to its size */
static void write_stat(struct seq_file *seq, struct hostdiag_record *rec,
		       struct hostdiag_stat *to, const struct hd_stat *stat)
{
	u32 i, most = stat->valid ? stat->end - stat->low : 0;
	struct hostdiag_bucket *first, *bucket;

	to->count = stat->count;
	to->sum_ns = stat->sum_ns;
	to->max_ns = stat->max_ns;
	to->buckets = 0;
	to->reserved = 0;
	first = most ? record_room(seq, most * sizeof(*first)) : NULL;
	if (!first)
		return;
	for (i = stat->low, bucket = first; i < stat->end; i++) {
		if (!stat->bucket[i])
			continue;
		bucket->index = i;
		bucket->reserved = 0;
		bucket->count = stat->bucket[i];
		bucket++;
	}
	to->buckets = bucket - first;
	rec->size += (void *)bucket - (void *)first;
	seq->count -= (void *)(first + most) - (void *)bucket;
}

static void fill_wait(struct hostdiag_wait *to, const struct hd_wait_sums *wait)
{
	to->runq_ns = wait->runq_ns;
	to->d_ns = wait->d_ns;
	to->sleep_ns = wait->sleep_ns;
	to->kept = wait->valid;
	to->reserved = 0;
}

/*
 * Write a record whose fixed part is followed by two strings, either of which may
 * be "".  Inline, so that the length of the fixed part is a constant.
 */
static __always_inline void write_with(struct seq_file *seq,
				       const struct hostdiag_record *rec,
				       const char *first, u16 first_len,
				       const char *second, u16 second_len)
{
	u32 len = rec->fixed + first_len + second_len;
	u8 *to;

	to = record_room(seq, ALIGN(len, 8));
	if (!to)
		return;
	memset(to + ALIGN(len, 8) - 8, 0, 8);
	memcpy(to, rec, rec->fixed);
	((struct hostdiag_record *)to)->size = ALIGN(len, 8);
	memcpy(to + rec->fixed, first, first_len);
	if (second_len)
		memcpy(to + rec->fixed + first_len, second, second_len);
}

/* Return: the record, in the buffer; NULL: it is full. */
static struct hostdiag_task *write_row(struct seq_file *seq,
				       const struct hd_task_row *row, u16 type)
{
	struct hostdiag_task *rec = record_room(seq, sizeof(*rec));
	u32 kind;

	if (!rec)
		return NULL;
	*rec = (struct hostdiag_task){
		.rec = { sizeof(*rec), type, sizeof(*rec) },
		.tid = row->tid,
		.tgid = row->tgid,
		HD_COUNTS_OF_ROW
		.life = row->id,
	};
	memcpy(rec->comm, row->comm, sizeof(rec->comm));
	fill_wait(&rec->wait, &row->wait);
	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		write_stat(seq, &rec->rec, &rec->stat[kind], &row->stat[kind]);
	return rec;
}

/**
 * struct writer - state while the records of a task, or of a bucket, are written
 * @seq: the seq_file
 * @written: complete records so far
 * @few: rows of the CALLS record that is being written
 */
struct writer {
	struct seq_file *seq;
	u32 written;
	struct hd_few_rows few;
};

/* rows of few calls are made in the buffer, behind the header of their record */
static void begin_calls(struct writer *to)
{
	struct seq_file *seq = to->seq;

	to->few.at = seq->buf + seq->count + sizeof(struct hostdiag_calls);
	to->few.last = seq->buf + seq->size - HD_FEW_MOST - 1;
}

static void end_calls(struct writer *to)
{
	struct seq_file *seq = to->seq;
	void *begun = seq->buf + seq->count;
	struct hostdiag_calls *rec;

	if (to->few.at > to->few.last) {
		seq->count = seq->size;
		return;
	}
	if (to->few.at == begun + sizeof(*rec))
		return;
	rec = record_room(seq, to->few.at - begun);
	*rec = (struct hostdiag_calls){
		.rec = { to->few.at - begun, HOSTDIAG_CALLS, sizeof(*rec) },
	};
	to->written++;
}

static void write_call(struct hd_reader *reader, void *priv)
{
	const struct hd_syscall_row *call = &reader->call;
	struct hostdiag_syscall *rec;
	struct writer *to = priv;

	end_calls(to);
	rec = record_room(to->seq, sizeof(*rec));
	if (rec) {
		*rec = (struct hostdiag_syscall){
			.rec = { sizeof(*rec), HOSTDIAG_SYSCALL, sizeof(*rec) },
			.abi = call->abi,
			.nr = call->nr,
			.errors = call->errors,
		};
		fill_wait(&rec->wait, &call->wait);
		write_stat(to->seq, &rec->rec, &rec->stat, &call->stat);
		to->written++;
	}
	begin_calls(to);
}

static void write_error(struct hd_reader *reader, const struct hd_error *error,
			void *priv)
{
	const struct hd_moment *now = &reader->now;
	u64 count = READ_ONCE(error->count);
	struct hostdiag_error *rec;
	struct writer *to = priv;
	u32 ago;

	rec = count ? record_room(to->seq, sizeof(*rec)) : NULL;
	if (!rec)
		return;
	rec->rec.size = sizeof(*rec);
	rec->rec.type = HOSTDIAG_ERROR;
	rec->rec.fixed = sizeof(*rec);
	rec->abi = hd_key_abi(error->key);
	rec->nr = hd_key_nr(error->key);
	rec->error = error->error;
	rec->reserved = 0;
	rec->count = count;
	rec->last_ns = hd_moment_of(now, READ_ONCE(error->last));
	rec->slice_ns = now->slice_ns;
	rec->recent_ns = now->recent_ns;
	ago = hd_recent_read(&error->recent, hd_clock_slice(now->clock),
			     rec->recent, &rec->peak);
	rec->reserved2 = 0;
	rec->peak_ns = hd_moment_ago(now, ago, rec->peak);
	to->written++;
}

static void write_place(struct hd_reader *reader, void *priv)
{
	const struct hd_place_row *place = &reader->place;
	struct writer *to = priv;
	struct hostdiag_place rec = {
		.rec = { 0, HOSTDIAG_PLACE, sizeof(rec) },
		.count = place->count,
		.total_ns = place->total_ns,
		.max_ns = place->max_ns,
		.iowait_ns = place->iowait_ns,
		.place_len = strlen(place->place),
		.device_len = strlen(place->device),
	};

	write_with(to->seq, &rec.rec, place->place, rec.place_len,
		   place->device, rec.device_len);
	to->written++;
}

static void write_stuck(struct seq_file *seq, const struct hd_reader *reader)
{
	const struct hd_stuck_row *stuck = &reader->stuck;
	struct hostdiag_stuck rec = {
		.rec = { 0, HOSTDIAG_STUCK, sizeof(rec) },
		.age_ns = stuck->age_ns,
		.d_age_ns = stuck->d_age_ns,
		.abi = stuck->abi,
		.nr = stuck->nr,
		.class = stuck->class,
		.state = stuck->state,
		.fd = stuck->fd,
		.place_len = reader->place_len,
		.path_len = strlen(stuck->path),
		.flags = stuck->is_before ? HOSTDIAG_STUCK_BEFORE : 0,
	};

	memcpy(rec.args, stuck->args, sizeof(rec.args));
	write_with(seq, &rec.rec, stuck->place, rec.place_len,
		   stuck->path, rec.path_len);
}

/**
 * hd_snapshot_task() - write all records of the task at the reader's position
 * @seq: the seq_file
 * @reader: hd_reader_task() was true
 *
 * Return: records written; 0: nothing was counted, or the task has ended meanwhile.
 */
u32 hd_snapshot_task(struct seq_file *seq, struct hd_reader *reader)
{
	struct writer to = { .seq = seq, .written = 1 };
	size_t begun = seq->count;
	struct hostdiag_task *rec;

	rec = write_row(seq, &reader->row, HOSTDIAG_TASK);
	if (hd_reader_stuck(reader)) {
		write_stuck(seq, reader);
		to.written++;
	}
	begin_calls(&to);
	hd_reader_few(reader, &to.few, write_call, &to);
	end_calls(&to);
	/* the wait of exactly the calls that were written */
	if (rec)
		fill_wait(&rec->wait, &reader->row.wait);
	hd_reader_raw_errors(reader, write_error, &to);
	hd_reader_places(reader, write_place, &to);
	/* the buffer is full: the seq_file asks again */
	if (seq->count == seq->size)
		return to.written;
	if ((to.written > 1 || !hd_reader_is_empty(reader)) &&
	    hd_reader_count(reader))
		return to.written;
	seq->count = begun;
	return 0;
}

static void write_open(struct hd_reader *reader, void *priv)
{
	const struct hd_open_row *open = &reader->open;
	struct writer *to = priv;
	struct hostdiag_open rec = {
		.rec = { 0, HOSTDIAG_OPEN, sizeof(rec) },
		.age_ns = open->age_ns,
		.tid = open->tid,
		.tgid = open->tgid,
		.fd = open->fd,
		.path_len = strlen(open->path),
		.holder = open->holder,
	};

	memcpy(rec.comm, open->comm, sizeof(rec.comm));
	write_with(to->seq, &rec.rec, open->path, rec.path_len, "", 0);
	to->written++;
}

/**
 * hd_snapshot_opens() - write the open files of a bucket
 * @seq: the seq_file
 * @reader: the reader
 * @bucket: below HD_OPEN_BUCKETS
 *
 * Return: records written.
 */
u32 hd_snapshot_opens(struct seq_file *seq, struct hd_reader *reader,
		      u32 bucket)
{
	struct writer to = { .seq = seq };

	hd_reader_opens(reader, bucket, write_open, &to);
	return to.written;
}

/**
 * hd_snapshot_death() - write the ended task at the reader's position
 * @seq: the seq_file
 * @reader: hd_reader_death() was true
 *
 * Return: records written.
 */
u32 hd_snapshot_death(struct seq_file *seq, struct hd_reader *reader)
{
	const struct hd_death_row *death = &reader->death;
	struct hostdiag_death rec = {
		.rec = { sizeof(rec), HOSTDIAG_DEATH, sizeof(rec) },
		.when_ns = death->when_ns,
		.life_ns = death->life_ns,
		.calls = death->calls,
		.errors = death->errors,
		.d_ns = death->d_ns,
		.tid = death->tid,
		.tgid = death->tgid,
		.ppid = death->ppid,
		.exit_code = death->exit_code,
		.oom = death->oom,
	};

	memcpy(rec.comm, death->comm, sizeof(rec.comm));
	seq_write(seq, &rec, sizeof(rec));
	return 1;
}

/**
 * hd_snapshot_slow() - write the event at the reader's position
 * @seq: the seq_file
 * @reader: hd_reader_slow() was true
 *
 * Return: records written.
 */
u32 hd_snapshot_slow(struct seq_file *seq, struct hd_reader *reader)
{
	const struct hd_slow_row *slow = &reader->slow;
	struct hostdiag_slow rec = {
		.rec = { 0, HOSTDIAG_SLOW, sizeof(rec) },
		.seq = slow->seq,
		.when_ns = slow->when_ns,
		.dur_ns = slow->dur_ns,
		.result = slow->result,
		.kind = slow->kind,
		.tid = slow->tid,
		.tgid = slow->tgid,
		.abi = slow->abi,
		.nr = slow->nr,
		.place_len = strlen(slow->place),
		.path_len = strlen(slow->path),
	};

	memcpy(rec.comm, slow->comm, sizeof(rec.comm));
	write_with(seq, &rec.rec, slow->place, rec.place_len,
		   slow->path, rec.path_len);
	return 1;
}

/**
 * hd_snapshot_exited() - write the exited tasks at the reader's position
 * @seq: the seq_file
 * @reader: hd_reader_exited() was true
 *
 * Return: records written.
 */
u32 hd_snapshot_exited(struct seq_file *seq, struct hd_reader *reader)
{
	write_row(seq, &reader->row, HOSTDIAG_EXITED);
	return 1;
}

/**
 * hd_snapshot_end() - write the last record
 * @seq: the seq_file
 * @records: number of records before it
 * @sum: checksum of the header and of these
 */
void hd_snapshot_end(struct seq_file *seq, u64 records, u64 sum)
{
	struct hostdiag_end rec = {
		.rec = { sizeof(rec), HOSTDIAG_END, sizeof(rec) },
		.records = records,
		.lost = hd_lost_all(),
	};

	rec.sum = hd_sum(sum, &rec, offsetof(struct hostdiag_end, sum));
	seq_write(seq, &rec, sizeof(rec));
}
