// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "snapshot_build.h"

#define FILLER	0xa5

static void put(struct snapshot_build *build, const void *data, size_t size)
{
	if (size > sizeof(build->data) - build->size) {
		fprintf(stderr, "more snapshot than expected\n");
		abort();
	}
	memcpy(build->data + build->size, data, size);
	build->size += size;
}

static void put_filler(struct snapshot_build *build, size_t size)
{
	static const u8 filler = FILLER;

	while (size--)
		put(build, &filler, 1);
}

void build_head(struct snapshot_build *build)
{
	struct hostdiag_header head = {
		.byte_order = 0x01020304,
		.version = 1,
		.header_size = sizeof(head) + build->longer,
		.hist_buckets = HD_HIST_BUCKETS,
		.flags = HOSTDIAG_F_SYSCALLS | HOSTDIAG_F_DSLEEP |
			 HOSTDIAG_F_FILES,
		.now_ns = 90000000000ull,
		.since_ns = 30000000000ull,
		.wall_ns = 1700000000000000000ull,
		.lost = 3,
		.release = "6.1.0-test",
		.module_version = "0.1.0",
	};

	memcpy(head.magic, "hostdiag", sizeof(head.magic));
	put(build, &head, sizeof(head));
	put_filler(build, build->longer);
}

static struct hostdiag_stat stat_of(const struct hd_stat *stat)
{
	struct hostdiag_stat to = {
		.count = stat->count,
		.sum_ns = stat->sum_ns,
		.max_ns = stat->max_ns,
	};
	u32 i;

	for (i = 0; stat->kept && i < HD_HIST_BUCKETS; i++)
		to.buckets += stat->bucket[i] != 0;
	return to;
}

static void put_buckets(struct snapshot_build *build,
			const struct hd_stat *stat)
{
	struct hostdiag_bucket bucket = { 0 };

	for (; stat->kept && bucket.index < HD_HIST_BUCKETS; bucket.index++) {
		bucket.count = stat->bucket[bucket.index];
		if (bucket.count)
			put(build, &bucket, sizeof(bucket));
	}
}

static size_t put_record(struct snapshot_build *build, u16 type,
			 struct hostdiag_record *rec, size_t fixed,
			 const struct hd_stat *stat, u32 stats)
{
	size_t start = build->size;
	u32 i;

	put(build, rec, fixed);
	put_filler(build, build->longer);
	for (i = 0; i < stats; i++)
		put_buckets(build, &stat[i]);
	put_filler(build, build->behind);

	rec->type = type;
	rec->fixed = fixed + build->longer;
	rec->size = build->size - start;
	memcpy(build->data + start, rec, sizeof(*rec));
	build->records++;
	return start;
}

size_t build_task(struct snapshot_build *build, u16 type,
		  const struct hd_task_row *row)
{
	struct hostdiag_task task = {
		.tid = row->tid,
		.tgid = row->tgid,
		.tasks = row->tasks,
		.errors = row->errors,
		.iowait_ns = row->iowait_ns,
		.opens = row->opens,
		.open_now = row->open_now,
	};
	u32 i;

	memcpy(task.comm, row->comm, sizeof(task.comm));
	for (i = 0; i < HOSTDIAG_KINDS; i++)
		task.stat[i] = stat_of(&row->stat[i]);
	return put_record(build, type, &task.rec, sizeof(task), row->stat,
			  HOSTDIAG_KINDS);
}

size_t build_syscall(struct snapshot_build *build,
		     const struct hd_syscall_row *row)
{
	struct hostdiag_syscall call = {
		.abi = row->abi,
		.nr = row->nr,
		.errors = row->errors,
		.stat = stat_of(&row->stat),
	};

	return put_record(build, HOSTDIAG_SYSCALL, &call.rec, sizeof(call),
			  &row->stat, 1);
}

size_t build_unknown(struct snapshot_build *build, u16 type, u32 size)
{
	struct hostdiag_record rec = { .size = size, .type = type, .fixed = 8 };
	size_t start = build->size;

	put(build, &rec, sizeof(rec));
	put_filler(build, size - sizeof(rec));
	build->records++;
	return start;
}

size_t build_end(struct snapshot_build *build, u64 lost)
{
	struct hostdiag_end end = { .records = build->records, .lost = lost };

	return put_record(build, HOSTDIAG_END, &end.rec, sizeof(end), NULL, 0);
}

void build_events(struct hd_stat *stat, u64 ns, u64 count)
{
	stat->kept = true;
	stat->count += count;
	stat->sum_ns += count * ns;
	if (stat->max_ns < ns)
		stat->max_ns = ns;
	stat->bucket[hd_hist_index(ns)] += count;
}
