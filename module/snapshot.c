// SPDX-License-Identifier: GPL-2.0-only
/* The binary face: rows to the records of uapi/hostdiag.h. */
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/utsname.h>
#include "compat/time.h"
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
	snprintf(head.release, sizeof(head.release), "%.63s",
		 init_utsname()->release);
	snprintf(head.module_version, sizeof(head.module_version), "%s",
		 HD_VERSION);
	seq_write(seq, &head, sizeof(head));
}

static u32 count_buckets(const struct hd_stat *stat)
{
	u32 i, n = 0;

	for (i = 0; stat->kept && i < HD_HIST_BUCKETS; i++)
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

	for (i = 0; stat->kept && i < HD_HIST_BUCKETS; i++) {
		if (!stat->bucket[i])
			continue;
		bucket.index = i;
		bucket.count = stat->bucket[i];
		seq_write(seq, &bucket, sizeof(bucket));
	}
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
	};
	u32 kind;

	memcpy(rec.comm, row->comm, sizeof(rec.comm));
	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		rec.rec.size += fill_stat(&rec.stat[kind], &row->stat[kind]);
	seq_write(seq, &rec, sizeof(rec));
	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		write_buckets(seq, &row->stat[kind]);
}

struct calls {
	struct seq_file *seq;
	u32 written;
};

static void write_call(struct hd_reader *reader, void *priv)
{
	const struct hd_syscall_row *call = &reader->call;
	struct calls *calls = priv;
	struct hostdiag_syscall rec = {
		.rec = { sizeof(rec), HOSTDIAG_SYSCALL, sizeof(rec) },
		.abi = call->abi,
		.nr = call->nr,
		.errors = call->errors,
	};

	rec.rec.size += fill_stat(&rec.stat, &call->stat);
	seq_write(calls->seq, &rec, sizeof(rec));
	write_buckets(calls->seq, &call->stat);
	calls->written++;
}

/**
 * hd_snapshot_task() - the task that the reader is at, and its calls
 * @seq: where to
 * @reader: hd_reader_task() was true
 *
 * Return: records written.
 */
u32 hd_snapshot_task(struct seq_file *seq, struct hd_reader *reader)
{
	struct calls calls = { seq, 0 };

	write_row(seq, &reader->row, HOSTDIAG_TASK);
	hd_reader_calls(reader, write_call, &calls);
	return 1 + calls.written;
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
