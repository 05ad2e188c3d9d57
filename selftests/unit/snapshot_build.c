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
		.header_size = (build->old ? offsetof(struct hostdiag_header, host) :
				sizeof(head)) + build->longer,
		.hist_buckets = HD_HIST_BUCKETS,
		.flags = HOSTDIAG_F_SYSCALLS | HOSTDIAG_F_DSLEEP |
			 HOSTDIAG_F_FILES,
		.now_ns = 90000000000ull,
		.since_ns = 30000000000ull,
		.wall_ns = 1700000000000000000ull,
		.lost = 3,
		.host = "db-7",
		.release = "6.1.0-test",
		.module_version = "0.1.0",
	};

	memcpy(head.magic, "hostdiag", sizeof(head.magic));
	put(build, &head, build->old ? offsetof(struct hostdiag_header, host) :
	    sizeof(head));
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

	for (i = stat->low; stat->valid && i < stat->end; i++)
		to.buckets += stat->bucket[i] != 0;
	return to;
}

static void put_buckets(struct snapshot_build *build,
			const struct hd_stat *stat)
{
	struct hostdiag_bucket bucket = { 0 };

	for (bucket.index = stat->low; stat->valid && bucket.index < stat->end;
	     bucket.index++) {
		bucket.count = stat->bucket[bucket.index];
		if (bucket.count)
			put(build, &bucket, sizeof(bucket));
	}
}

/* the fixed part; close_record() makes its head */
static size_t open_record(struct snapshot_build *build, const void *rec,
			  size_t fixed)
{
	size_t start = build->size;

	put(build, rec, fixed);
	put_filler(build, build->longer);
	return start;
}

static size_t close_record(struct snapshot_build *build, size_t start,
			   u16 type, size_t fixed)
{
	struct hostdiag_record head = { .type = type };

	put_filler(build, build->behind);
	head.fixed = fixed + build->longer;
	head.size = build->size - start;
	memcpy(build->data + start, &head, sizeof(head));
	build->records++;
	return start;
}

/* two texts, and zeroes up to the next multiple of 8 */
static void put_texts(struct snapshot_build *build, const char *first,
		      const char *second)
{
	static const u8 zeroes[8];
	size_t len = strlen(first) + strlen(second);

	put(build, first, strlen(first));
	put(build, second, strlen(second));
	put(build, zeroes, -len % sizeof(zeroes));
}

static struct hostdiag_wait wait_of(const struct hd_wait_sums *wait)
{
	return (struct hostdiag_wait){
		.runq_ns = wait->runq_ns,
		.d_ns = wait->d_ns,
		.sleep_ns = wait->sleep_ns,
		.kept = wait->valid,
	};
}

size_t build_task(struct snapshot_build *build, u16 type,
		  const struct hd_task_row *row)
{
	struct hostdiag_task task = {
		.tid = row->tid,
		.tgid = row->tgid,
		HD_COUNTS_OF_ROW
		.wait = wait_of(&row->wait),
		.life = row->id,
	};
	size_t fixed = build->old ? offsetof(struct hostdiag_task, wait) :
		       sizeof(task);
	size_t start;
	u32 i;

	memcpy(task.comm, row->comm, sizeof(task.comm));
	for (i = 0; i < HOSTDIAG_KINDS; i++)
		task.stat[i] = stat_of(&row->stat[i]);
	start = open_record(build, &task, fixed);
	for (i = 0; i < HOSTDIAG_KINDS; i++)
		put_buckets(build, &row->stat[i]);
	return close_record(build, start, type, fixed);
}

size_t build_syscall(struct snapshot_build *build,
		     const struct hd_syscall_row *row)
{
	struct hostdiag_syscall call = {
		.abi = row->abi,
		.nr = row->nr,
		.errors = row->errors,
		.stat = stat_of(&row->stat),
		.wait = wait_of(&row->wait),
	};
	size_t fixed = build->old ? offsetof(struct hostdiag_syscall, wait) :
		       sizeof(call);
	size_t start = open_record(build, &call, fixed);

	put_buckets(build, &row->stat);
	return close_record(build, start, HOSTDIAG_SYSCALL, fixed);
}

static void put_few(struct snapshot_build *build,
		    const struct hd_syscall_row *row)
{
	bool bad = row->nr == HOSTDIAG_NR_BAD;
	struct hostdiag_wait wait = wait_of(&row->wait);
	struct hostdiag_few few = {
		.call = row->abi << 28 | (bad ? 0x0fffffff : row->nr),
		.calls = row->stat.count,
		.errors = row->errors,
		.waits = wait.runq_ns || wait.d_ns || wait.sleep_ns,
		.sum_ns = row->stat.sum_ns,
		.max_ns = row->stat.max_ns,
	};
	u8 bucket;
	u64 n;

	put(build, &few, sizeof(few));
	for (bucket = row->stat.low; bucket < row->stat.end; bucket++)
		for (n = row->stat.bucket[bucket]; n; n--)
			put(build, &bucket, sizeof(bucket));
	/* no bucket */
	put(build, "\xff\xff\xff\xff\xff\xff\xff\xff", -few.calls % 8u);
	if (few.waits)
		put(build, &wait, sizeof(wait));
}

size_t build_calls(struct snapshot_build *build,
		   const struct hd_syscall_row *row, u32 rows)
{
	struct hostdiag_calls calls = { 0 };
	size_t start = open_record(build, &calls, sizeof(calls));
	u32 behind = build->behind;

	while (rows--)
		put_few(build, row++);
	/* there is nothing behind rows but more of them */
	build->behind = 0;
	close_record(build, start, HOSTDIAG_CALLS, sizeof(calls));
	build->behind = behind;
	return start;
}

size_t build_error(struct snapshot_build *build, const struct hd_error_row *row)
{
	struct hostdiag_error error = {
		.abi = row->abi,
		.nr = row->nr,
		.error = row->error,
		.count = row->count,
		.last_ns = row->last_ns,
		.slice_ns = row->recent.slice_ns,
		.recent_ns = row->recent.recent_ns,
		.peak = row->recent.peak,
		.peak_ns = row->recent.peak_ns,
	};
	size_t fixed = build->old ? offsetof(struct hostdiag_error, slice_ns) :
		       sizeof(error);
	size_t start;

	memcpy(error.recent, row->recent.slice, sizeof(error.recent));
	start = open_record(build, &error, fixed);
	return close_record(build, start, HOSTDIAG_ERROR, fixed);
}

size_t build_stuck(struct snapshot_build *build, const struct hd_stuck_row *row)
{
	struct hostdiag_stuck stuck = {
		.age_ns = row->age_ns,
		.d_age_ns = row->d_age_ns,
		.abi = row->abi,
		.nr = row->nr,
		.class = row->class,
		.state = row->state,
		.fd = row->fd,
		.place_len = strlen(row->place),
		.path_len = strlen(row->path),
		.flags = row->is_before ? HOSTDIAG_STUCK_BEFORE : 0,
	};
	size_t fixed = build->old ? offsetof(struct hostdiag_stuck, flags) :
		       sizeof(stuck);
	size_t start;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(stuck.args); i++)
		stuck.args[i] = row->args[i];
	start = open_record(build, &stuck, fixed);
	put_texts(build, row->place, row->path);
	return close_record(build, start, HOSTDIAG_STUCK, fixed);
}

size_t build_place(struct snapshot_build *build, const struct hd_place_row *row)
{
	struct hostdiag_place place = {
		.count = row->count,
		.total_ns = row->total_ns,
		.max_ns = row->max_ns,
		.iowait_ns = row->iowait_ns,
		.place_len = strlen(row->place),
		.device_len = strlen(row->device),
	};
	size_t start = open_record(build, &place, sizeof(place));

	put_texts(build, row->place, row->device);
	return close_record(build, start, HOSTDIAG_PLACE, sizeof(place));
}

size_t build_open(struct snapshot_build *build, const struct hd_open_row *row)
{
	struct hostdiag_open open = {
		.age_ns = row->age_ns,
		.tid = row->tid,
		.tgid = row->tgid,
		.fd = row->fd,
		.path_len = strlen(row->path),
		.holder = row->holder,
	};
	size_t start;

	memcpy(open.comm, row->comm, sizeof(open.comm));
	start = open_record(build, &open, sizeof(open));
	put_texts(build, row->path, "");
	return close_record(build, start, HOSTDIAG_OPEN, sizeof(open));
}

size_t build_slow(struct snapshot_build *build, const struct hd_slow_row *row)
{
	struct hostdiag_slow slow = {
		.seq = row->seq,
		.when_ns = row->when_ns,
		.dur_ns = row->dur_ns,
		.result = row->result,
		.kind = row->kind,
		.tid = row->tid,
		.tgid = row->tgid,
		.abi = row->abi,
		.nr = row->nr,
		.place_len = strlen(row->place),
		.path_len = strlen(row->path),
	};
	size_t start;

	memcpy(slow.comm, row->comm, sizeof(slow.comm));
	start = open_record(build, &slow, sizeof(slow));
	put_texts(build, row->place, row->path);
	return close_record(build, start, HOSTDIAG_SLOW, sizeof(slow));
}

size_t build_death(struct snapshot_build *build, const struct hd_death_row *row)
{
	struct hostdiag_death death = {
		.when_ns = row->when_ns,
		.life_ns = row->life_ns,
		.calls = row->calls,
		.errors = row->errors,
		.d_ns = row->d_ns,
		.tid = row->tid,
		.tgid = row->tgid,
		.ppid = row->ppid,
		.exit_code = row->exit_code,
		.oom = row->oom,
	};
	size_t start;

	memcpy(death.comm, row->comm, sizeof(death.comm));
	start = open_record(build, &death, sizeof(death));
	return close_record(build, start, HOSTDIAG_DEATH, sizeof(death));
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

/* as uapi/hostdiag.h describes it */
static u64 sum_of(const u8 *data, size_t size)
{
	u64 sum = 0xcbf29ce484222325, number;
	size_t at;

	for (at = 0; at < size; at += 8) {
		memcpy(&number, data + at, 8);
		number ^= sum;
		sum = ((number << 29) + (number >> 35)) * 0x100000001b3;
	}
	return sum;
}

size_t build_end(struct snapshot_build *build, u64 lost)
{
	struct hostdiag_end end = { .records = build->records, .lost = lost };
	size_t fixed = build->old ? offsetof(struct hostdiag_end, sum) :
		       sizeof(end);
	size_t start = open_record(build, &end, fixed);

	close_record(build, start, HOSTDIAG_END, fixed);
	if (build->sums) {
		start += offsetof(struct hostdiag_end, sum);
		end.sum = sum_of(build->data, start);
		memcpy(build->data + start, &end.sum, sizeof(end.sum));
		start -= offsetof(struct hostdiag_end, sum);
	}
	return start;
}
