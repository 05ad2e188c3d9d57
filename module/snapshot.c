// SPDX-License-Identifier: GPL-2.0-only
/* The binary face: rows to the records of uapi/hostdiag.h. */
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/utsname.h>
#include "compat/time.h"
#include "detail.h"
#include "lost.h"
#include "snapshot.h"
#include "version.h"

/**
 * hd_snapshot_head() - the header
 * @seq: where to
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
	seq_write(seq, &head, sizeof(head));
}

static u32 count_buckets(const struct hd_stat *stat)
{
	u32 i, n = 0;

	for (i = stat->low; stat->kept && i < stat->end; i++)
		n += !!stat->bucket[i];
	return n;
}

static u32 fill_stat(struct hostdiag_stat *to, const struct hd_stat *stat)
{
	to->count = stat->count;
	to->sum_ns = stat->sum_ns;
	to->max_ns = stat->max_ns;
	to->buckets = count_buckets(stat);
	to->reserved = 0;
	return to->buckets * sizeof(struct hostdiag_bucket);
}

static void write_buckets(struct seq_file *seq, const struct hd_stat *stat)
{
	struct hostdiag_bucket bucket = { 0 };
	u32 i;

	for (i = stat->low; stat->kept && i < stat->end; i++) {
		if (!stat->bucket[i])
			continue;
		bucket.index = i;
		bucket.count = stat->bucket[i];
		seq_write(seq, &bucket, sizeof(bucket));
	}
}

static void fill_wait(struct hostdiag_wait *to, const struct hd_wait_sums *wait)
{
	to->runq_ns = wait->runq_ns;
	to->d_ns = wait->d_ns;
	to->sleep_ns = wait->sleep_ns;
	to->kept = wait->kept;
	to->reserved = 0;
}

/* a record whose fixed part is followed by two strings, either of which may be "" */
static void write_with(struct seq_file *seq, struct hostdiag_record *rec,
		       const char *first, const char *second)
{
	static const char zeroes[8];
	u32 len = strlen(first) + strlen(second);
	u32 padding = -len % sizeof(zeroes);

	rec->size = rec->fixed + len + padding;
	seq_write(seq, rec, rec->fixed);
	seq_write(seq, first, strlen(first));
	seq_write(seq, second, strlen(second));
	seq_write(seq, zeroes, padding);
}

static void write_row(struct seq_file *seq, const struct hd_task_row *row,
		      u16 type)
{
	struct hostdiag_task rec = {
		.rec = { sizeof(rec), type, sizeof(rec) },
		.tid = row->tid,
		.tgid = row->tgid,
		.tasks = row->tasks,
		.errors = row->errors,
		.iowait_ns = row->iowait_ns,
		.opens = row->opens,
		.open_now = row->open_now,
		.life = row->life,
	};
	u32 kind;

	memcpy(rec.comm, row->comm, sizeof(rec.comm));
	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		rec.rec.size += fill_stat(&rec.stat[kind], &row->stat[kind]);
	fill_wait(&rec.wait, &row->wait);
	seq_write(seq, &rec, sizeof(rec));
	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		write_buckets(seq, &row->stat[kind]);
}

/**
 * struct writer - what is counted while a task, or a bucket, is written
 * @seq: where to
 * @written: records that are whole
 * @rows: in the CALLS record that is being written
 * @calls_at: where that record begins
 */
struct writer {
	struct seq_file *seq;
	u32 written;
	u32 rows;
	size_t calls_at;
};

#define FEW_MOST	(sizeof(struct hostdiag_few) + HOSTDIAG_FEW)

/* straight to where it is to be: a million of them are a snapshot */
static bool write_few(const struct hd_row *row, void *priv)
{
	struct writer *to = priv;
	struct seq_file *seq = to->seq;
	u32 head = to->rows ? 0 : sizeof(struct hostdiag_calls), len;

	/* with the zeroes at the end; what does not fit is made again */
	if (seq->count + head + FEW_MOST + 8 > seq->size) {
		seq->count = seq->size;
		return true;
	}
	len = hd_row_few(row, (void *)(seq->buf + seq->count + head));
	if (!len)
		return false;
	if (!to->rows)
		to->calls_at = seq->count;
	seq->count += head + len;
	to->rows++;
	return true;
}

static void end_calls(struct writer *to)
{
	struct hostdiag_calls rec = {
		.rec = { 0, HOSTDIAG_CALLS, sizeof(rec) },
		.rows = to->rows,
	};
	struct seq_file *seq = to->seq;

	if (!to->rows)
		return;
	to->rows = 0;
	to->written++;
	if (seq->count == seq->size)
		return;
	rec.rec.size = ALIGN(seq->count - to->calls_at, 8);
	memset(seq->buf + seq->count, 0, 8);
	seq->count = to->calls_at + rec.rec.size;
	memcpy(seq->buf + to->calls_at, &rec, sizeof(rec));
}

static void write_call(struct hd_reader *reader, void *priv)
{
	const struct hd_syscall_row *call = &reader->call;
	struct writer *to = priv;
	struct hostdiag_syscall rec = {
		.rec = { sizeof(rec), HOSTDIAG_SYSCALL, sizeof(rec) },
		.abi = call->abi,
		.nr = call->nr,
		.errors = call->errors,
	};

	end_calls(to);
	rec.rec.size += fill_stat(&rec.stat, &call->stat);
	fill_wait(&rec.wait, &call->wait);
	seq_write(to->seq, &rec, sizeof(rec));
	write_buckets(to->seq, &call->stat);
	to->written++;
}

static void write_error(struct hd_reader *reader, void *priv)
{
	const struct hd_error_row *error = &reader->error;
	struct writer *to = priv;
	struct hostdiag_error rec = {
		.rec = { sizeof(rec), HOSTDIAG_ERROR, sizeof(rec) },
		.abi = error->abi,
		.nr = error->nr,
		.error = error->error,
		.count = error->count,
		.last_ns = error->last_ns,
		.slice_ns = error->recent.slice_ns,
		.recent_ns = error->recent.recent_ns,
		.peak = error->recent.peak,
		.peak_ns = error->recent.peak_ns,
	};

	memcpy(rec.recent, error->recent.slice, sizeof(rec.recent));
	seq_write(to->seq, &rec, sizeof(rec));
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

	write_with(to->seq, &rec.rec, place->place, place->device);
	to->written++;
}

static void write_stuck(struct seq_file *seq, const struct hd_stuck_row *stuck)
{
	struct hostdiag_stuck rec = {
		.rec = { 0, HOSTDIAG_STUCK, sizeof(rec) },
		.age_ns = stuck->age_ns,
		.d_age_ns = stuck->d_age_ns,
		.abi = stuck->abi,
		.nr = stuck->nr,
		.class = stuck->class,
		.state = stuck->state,
		.fd = stuck->fd,
		.place_len = strlen(stuck->place),
		.path_len = strlen(stuck->path),
	};

	memcpy(rec.args, stuck->args, sizeof(rec.args));
	write_with(seq, &rec.rec, stuck->place, stuck->path);
}

/**
 * hd_snapshot_task() - the task that the reader is at, and all that is its
 * @seq: where to
 * @reader: hd_reader_task() was true
 *
 * Return: records written.
 */
u32 hd_snapshot_task(struct seq_file *seq, struct hd_reader *reader)
{
	struct writer to = { .seq = seq, .written = 1 };

	write_row(seq, &reader->row, HOSTDIAG_TASK);
	if (hd_reader_stuck(reader)) {
		write_stuck(seq, &reader->stuck);
		to.written++;
	}
	hd_reader_calls(reader, write_few, write_call, &to);
	end_calls(&to);
	hd_reader_errors(reader, write_error, &to);
	hd_reader_places(reader, write_place, &to);
	return to.written;
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
	};

	memcpy(rec.comm, open->comm, sizeof(rec.comm));
	write_with(to->seq, &rec.rec, open->path, "");
	to->written++;
}

/**
 * hd_snapshot_opens() - the open files of a bucket
 * @seq: where to
 * @reader: whose
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
 * hd_snapshot_death() - the death that the reader is at
 * @seq: where to
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
	};

	memcpy(rec.comm, death->comm, sizeof(rec.comm));
	seq_write(seq, &rec, sizeof(rec));
	return 1;
}

/**
 * hd_snapshot_slow() - the event that the reader is at
 * @seq: where to
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
	write_with(seq, &rec.rec, slow->place, slow->path);
	return 1;
}

/**
 * hd_snapshot_exited() - the dead that the reader is at
 * @seq: where to
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
 * hd_snapshot_end() - the last record
 * @seq: where to
 * @records: before it
 */
void hd_snapshot_end(struct seq_file *seq, u64 records)
{
	struct hostdiag_end rec = {
		.rec = { sizeof(rec), HOSTDIAG_END, sizeof(rec) },
		.records = records,
		.lost = hd_lost_all(),
	};

	seq_write(seq, &rec, sizeof(rec));
}
