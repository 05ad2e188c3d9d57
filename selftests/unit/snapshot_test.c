// SPDX-License-Identifier: GPL-2.0-only
/* The parser of snapshots: good ones are read in full, all others are refused. */
#include <stdlib.h>
#include "snap/snapshot.h"
#include "same.h"
#include "snapshot_build.h"
#include "snapshot_rows.h"
#include "tap.h"

/* more than build_good() makes */
#define MOST_RECORDS	30

/* where some records are */
struct places {
	size_t task, stuck, syscall, calls, error, place, ended, open, slow, death, end;
};

/* a small one with everything in it */
static struct snapshot_build good;
static struct places at;
static struct hd_task_row nginx, all_nginx, bare, ended;
static struct hd_syscall_row reads, bad_number, few[3];

static struct hd_open_row longest;

static void fill_rows(void)
{
	u32 i;

	nginx = (struct hd_task_row){
		.tid = 813, .tgid = 812, .comm = "nginx: \xff\n[x] yz",
		.tasks = 1, .errors = 17, .iowait_ns = 5, .opens = 8,
		.open_now = 6,
		.id = 77,
	};
	memset(nginx.stat, 0, sizeof(nginx.stat));
	row_events(&nginx.stat[HOSTDIAG_KIND_SYSCALL], 0, 2);
	row_events(&nginx.stat[HOSTDIAG_KIND_SYSCALL], 1500, 1ull << 40);
	row_events(&nginx.stat[HOSTDIAG_KIND_SYSCALL], ~0ull >> 24, 1);
	nginx.stat[HOSTDIAG_KIND_DSLEEP].valid = true;
	nginx.wait = (struct hd_wait_sums){
		.valid = true, .runq_ns = 1, .d_ns = 2, .sleep_ns = ~0ull,
	};
	row_events(&nginx.stat[HOSTDIAG_KIND_OPEN], 300000000, 2);

	reads = (struct hd_syscall_row){ .abi = 0, .nr = 0, .errors = 4 };
	row_events(&reads.stat, 800, 9);
	reads.wait = (struct hd_wait_sums){ .valid = true, .runq_ns = 3 };
	bad_number = (struct hd_syscall_row){
		.abi = HOSTDIAG_ABI_I386, .nr = HOSTDIAG_NR_BAD, .errors = 1,
	};
	row_events(&bad_number.stat, 70, 1);

	few[0] = (struct hd_syscall_row){ .abi = 1, .nr = 3, .errors = 2 };
	row_events(&few[0].stat, 15, 1);
	row_events(&few[0].stat, 3000, 2);
	few[1] = (struct hd_syscall_row){ .abi = 2, .nr = HOSTDIAG_NR_BAD };
	row_events(&few[1].stat, ~0u, 1);
	few[2] = (struct hd_syscall_row){ .abi = 4, .nr = 0xf0005, .errors = 16 };
	row_events(&few[2].stat, 100, HOSTDIAG_FEW);
	for (i = 0; i < ARRAY_SIZE(few); i++)
		few[i].wait.valid = true;
	few[0].wait.runq_ns = 5;
	few[0].wait.sleep_ns = 1ull << 40;

	/* with all that its rows have */
	all_nginx = nginx;
	row_events(&all_nginx.stat[HOSTDIAG_KIND_SYSCALL], 800, 9);
	row_events(&all_nginx.stat[HOSTDIAG_KIND_SYSCALL], 70, 1);
	row_events(&all_nginx.stat[HOSTDIAG_KIND_SYSCALL], 15, 1);
	row_events(&all_nginx.stat[HOSTDIAG_KIND_SYSCALL], 3000, 2);
	row_events(&all_nginx.stat[HOSTDIAG_KIND_SYSCALL], ~0u, 1);
	row_events(&all_nginx.stat[HOSTDIAG_KIND_SYSCALL], 100, HOSTDIAG_FEW);
	all_nginx.errors = 17 + 4 + 1 + 2 + 16;

	bare = (struct hd_task_row){ .tid = 9, .tgid = 9, .tasks = 1 };
	memset(bare.stat, 0, sizeof(bare.stat));
	bare.stat[HOSTDIAG_KIND_SYSCALL].count = 4;
	bare.stat[HOSTDIAG_KIND_SYSCALL].sum_ns = 44;
	bare.stat[HOSTDIAG_KIND_DSLEEP].valid = true;
	bare.stat[HOSTDIAG_KIND_OPEN].valid = true;

	ended = nginx;
	ended.tid = 0;
	ended.tgid = 0;
	ended.tasks = 50;

	longest = (struct hd_open_row){ .tid = 1, .tgid = 2, .fd = 3 };
	memset(longest.comm, 'c', sizeof(longest.comm) - 1);
	memset(longest.path, 'p', sizeof(longest.path) - 1);
}

static struct places build_good(struct snapshot_build *build)
{
	struct places to;

	build_head(build);
	to.task = build_task(build, HOSTDIAG_TASK, &nginx);
	to.stuck = build_stuck(build, &stuck);
	to.syscall = build_syscall(build, &reads);
	build_unknown(build, 99, 40);
	build_syscall(build, &bad_number);
	to.calls = build_calls(build, few, ARRAY_SIZE(few));
	to.error = build_error(build, &emfile);
	build_error(build, &highest);
	to.place = build_place(build, &place);
	build_place(build, &no_place);
	build_task(build, HOSTDIAG_TASK, &bare);
	to.ended = build_task(build, HOSTDIAG_EXITED, &ended);
	build_open(build, &pathless);
	to.open = build_open(build, &longest);
	to.death = build_death(build, &death);
	to.slow = build_slow(build, &held);
	build_slow(build, &failed);
	to.end = build_end(build, 5);
	return to;
}

/*
 * Opens a copy that ends where memory ends, and begins at an odd address, so
 * that the sanitizers see each byte too far and each access of a wrong kind.
 */
static int open_copy(struct hd_snapshot *snap, const void *data, size_t size,
		     u8 **copy)
{
	*copy = malloc(size + 1);
	memcpy(*copy + 1, data, size);
	return hd_snapshot_open(snap, *copy + 1, size);
}

/* what build_good() has made */
static bool walk(struct hd_snapshot *snap, struct hd_snapshot_row *row)
{
	return hd_snapshot_next(snap, row) == HOSTDIAG_TASK &&
	       same_task(&row->task, &all_nginx) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_STUCK &&
	       same_stuck(&row->stuck, &stuck) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_SYSCALL &&
	       same_syscall(&row->syscall, &reads) &&
	       same_task(&row->task, &all_nginx) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_SYSCALL &&
	       same_syscall(&row->syscall, &bad_number) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_SYSCALL &&
	       same_syscall(&row->syscall, &few[0]) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_SYSCALL &&
	       same_syscall(&row->syscall, &few[1]) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_SYSCALL &&
	       same_syscall(&row->syscall, &few[2]) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_ERROR &&
	       same_error(&row->error, &emfile) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_ERROR &&
	       same_error(&row->error, &highest) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_PLACE &&
	       same_place(&row->place, &place) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_PLACE &&
	       same_place(&row->place, &no_place) &&
	       same_task(&row->task, &all_nginx) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_TASK &&
	       same_task(&row->task, &bare) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_EXITED &&
	       same_task(&row->task, &ended) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_OPEN &&
	       same_open(&row->open, &pathless) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_OPEN &&
	       same_open(&row->open, &longest) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_DEATH &&
	       same_death(&row->death, &death) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_SLOW &&
	       same_slow(&row->slow, &held) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_SLOW &&
	       same_slow(&row->slow, &failed) &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_END;
}

static void check_comes_back(const struct snapshot_build *build,
			     const char *what)
{
	static struct hd_snapshot_row row;
	struct hd_snapshot snap;
	bool ok;
	u8 *copy;

	ok = !open_copy(&snap, build->data, build->size, &copy);
	check(ok, "%s: opens (%s)", what, snap.error);
	if (ok) {
		check(walk(&snap, &row), "%s: each row comes back", what);
		check(snap.lost == 5 && snap.head.now_ns == 90000000000ull &&
		      snap.head.since_ns == 30000000000ull,
		      "%s: the header, and lost of the end", what);
	}
	free(copy);
}

static void test_good(void)
{
	static struct snapshot_build longer;

	check_comes_back(&good, "snapshot");

	longer.longer = 24;
	build_good(&longer);
	check_comes_back(&longer, "longer fixed parts");

	memset(&longer, 0, sizeof(longer));
	longer.longer = 8;
	longer.behind = 32;
	build_good(&longer);
	check_comes_back(&longer, "fixed parts with more histograms");
}

/* modules that knew neither where calls waited nor errors of late */
static void test_old(void)
{
	const struct hd_wait_sums nothing = { .valid = false };
	static struct snapshot_build old;
	static struct hd_snapshot_row row;
	struct hd_task_row first, ended_then = nginx;
	struct hd_syscall_row call = reads;
	struct hd_error_row error = emfile;
	struct hd_stuck_row seen = stuck;
	struct hd_snapshot snap;
	u8 *copy;

	ended_then.wait = nothing;
	ended_then.id = 0;
	first = ended_then;
	row_events(&first.stat[HOSTDIAG_KIND_SYSCALL], 800, 9);
	first.errors += 4;
	call.wait = nothing;
	memset(&error.recent, 0, sizeof(error.recent));
	seen.is_before = false;
	old.old = true;
	build_head(&old);
	build_task(&old, HOSTDIAG_TASK, &nginx);
	build_stuck(&old, &stuck);
	build_syscall(&old, &reads);
	build_error(&old, &emfile);
	build_task(&old, HOSTDIAG_EXITED, &nginx);
	build_end(&old, 0);
	check(!open_copy(&snap, old.data, old.size, &copy) &&
	      hd_snapshot_next(&snap, &row) == HOSTDIAG_TASK &&
	      same_task(&row.task, &first) &&
	      hd_snapshot_next(&snap, &row) == HOSTDIAG_STUCK &&
	      same_stuck(&row.stuck, &seen) &&
	      hd_snapshot_next(&snap, &row) == HOSTDIAG_SYSCALL &&
	      same_syscall(&row.syscall, &call) &&
	      hd_snapshot_next(&snap, &row) == HOSTDIAG_ERROR &&
	      same_error(&row.error, &error) &&
	      hd_snapshot_next(&snap, &row) == HOSTDIAG_EXITED &&
	      same_task(&row.task, &ended_then) &&
	      hd_snapshot_next(&snap, &row) == HOSTDIAG_END &&
	      !snap.head.host[0] && !snap.head.slow_from_ns,
	      "a snapshot of the first modules (%s)", snap.error);
	free(copy);
}

static void test_empty_table(void)
{
	static struct snapshot_build build;
	struct hd_snapshot_row row;
	struct hd_snapshot snap;
	u8 *copy;

	build_head(&build);
	build_end(&build, 0);
	check(!open_copy(&snap, build.data, build.size, &copy) &&
	      hd_snapshot_next(&snap, &row) == HOSTDIAG_END,
	      "a snapshot of no tasks");
	free(copy);
}

/* all of what is whole, each record of it once */
static bool walk_cut(struct hd_snapshot *snap)
{
	static struct hd_snapshot_row row;
	u32 steps;

	for (steps = 0; steps < MOST_RECORDS; steps++) {
		int next = hd_snapshot_peek(snap);
		int type = hd_snapshot_next(snap, &row);

		if (type != next && !(next == HOSTDIAG_CALLS &&
				      type == HOSTDIAG_SYSCALL))
			return false;
		if (type == HOSTDIAG_END)
			return snap->at == snap->size;
	}
	return false;
}

static void test_take_cut(void)
{
	size_t size, wrong = 0, last = 0;
	struct hd_snapshot snap;
	bool taken, want;
	u8 *copy;

	for (size = 0; size < good.size; size++) {
		open_copy(&snap, good.data, size, &copy);
		taken = hd_snapshot_take_cut(&snap);
		want = size >= sizeof(struct hostdiag_header);
		if (taken != want || (taken && (!walk_cut(&snap) ||
						snap.size > size ||
						snap.size < last)))
			wrong++;
		if (taken)
			last = snap.size;
		free(copy);
	}
	check(!wrong && last == at.end, "the whole records of a cut snapshot are read");
	open_copy(&snap, "hostdiag is no such text", 24, &copy);
	check(!hd_snapshot_take_cut(&snap), "a file of another format is refused");
	free(copy);
}

/* a byte that is another one is found, wherever it is */
static void test_sum(void)
{
	static struct snapshot_build summed;
	struct hd_snapshot snap;
	size_t i, missed = 0;
	u8 *copy;

	summed.sums = true;
	build_good(&summed);
	check_comes_back(&summed, "with a checksum");
	for (i = 0; i < summed.size; i++) {
		summed.data[i] ^= 1 << i % 8;
		missed += !open_copy(&snap, summed.data, summed.size, &copy);
		summed.data[i] ^= 1 << i % 8;
		free(copy);
	}
	check(!missed, "a bit that is wrong is found, in each of %zu bytes",
	      summed.size);
}

static void test_cut(void)
{
	size_t size, wrong = 0;
	struct hd_snapshot snap;
	u8 *copy;

	for (size = 0; size < good.size; size++) {
		const char *want = size ? "cut short" : "not a snapshot";

		if (!open_copy(&snap, good.data, size, &copy) ||
		    strncmp(snap.error, want, strlen(want))) {
			printf("# cut at %zu: '%s'\n", size, snap.error);
			wrong++;
		}
		free(copy);
	}
	check(!wrong, "cut at each of %zu lengths: cut short", good.size);
}

/* Any byte may be anything: no access beyond the end, no endless loop. */
static void test_noise(void)
{
	static struct hd_snapshot_row row;
	static struct snapshot_build noisy;
	struct hd_snapshot snap;
	u32 i, flips, steps, refused = 0;
	u8 *copy;

	for (i = 0; i < 20000; i++) {
		noisy = good;
		for (flips = 1 + test_random() % 3; flips; flips--)
			noisy.data[test_random() % noisy.size] = test_random();
		if (open_copy(&snap, noisy.data, noisy.size, &copy)) {
			refused += snap.error[0] != '\0';
			free(copy);
			continue;
		}
		for (steps = 0; steps < MOST_RECORDS; steps++)
			if (hd_snapshot_next(&snap, &row) == HOSTDIAG_END)
				break;
		free(copy);
		if (steps == MOST_RECORDS)
			break;
	}
	check(i == 20000 && refused > 1000, "20000 damaged ones, %u refused",
	      refused);
}

/**
 * struct damage - a change that must be noticed
 * @what: it is
 * @record: the record that it is in; NULL: the header
 * @offset: of the bytes in it
 * @size: of them
 * @value: what they become
 * @error: what the message must say
 */
struct damage {
	const char *what;
	const size_t *record;
	size_t offset;
	size_t size;
	u64 value;
	const char *error;
};

#define IN_HEAD(field, val, err) \
	{ "header." #field " = " #val, NULL, \
	  offsetof(struct hostdiag_header, field), \
	  sizeof(((struct hostdiag_header *)0)->field), val, err }
#define IN(record, type, field, val, err) \
	{ #type "." #field " = " #val, record, offsetof(struct type, field), \
	  sizeof(((struct type *)0)->field), val, err }
/* the n-th bucket of the task's syscalls */
#define IN_BUCKET(n, field, val, err) \
	{ "bucket " #n "." #field " = " #val, &at.task, \
	  sizeof(struct hostdiag_task) + (n) * sizeof(struct hostdiag_bucket) + \
	  offsetof(struct hostdiag_bucket, field), \
	  sizeof(((struct hostdiag_bucket *)0)->field), val, err }

/* the first row of the calls */
#define IN_FEW(field, val, err) \
	{ "few." #field " = " #val, &at.calls, \
	  sizeof(struct hostdiag_calls) + offsetof(struct hostdiag_few, field), \
	  sizeof(((struct hostdiag_few *)0)->field), val, err }
/* of three rows: one has a wait, one takes 16 bytes for its buckets */
#define CALLS_SIZE \
	(sizeof(struct hostdiag_calls) + 3 * sizeof(struct hostdiag_few) + \
	 8 + sizeof(struct hostdiag_wait) + 8 + 16)
#define FEW_BUCKETS \
	(sizeof(struct hostdiag_calls) + sizeof(struct hostdiag_few))

static const struct damage damages[] = {
	IN_HEAD(magic, 0x6761696474736f49ull, "not a snapshot"),
	IN_HEAD(byte_order, 0x04030201, "other byte order"),
	IN_HEAD(byte_order, 0, "damaged"),
	IN_HEAD(version, 0, "version 0, and this reader reads version 1"),
	IN_HEAD(version, 2, "version 2, and this reader reads version 1"),
	IN_HEAD(version, 0xffff, "version 65535"),
	IN_HEAD(header_size, 0, "damaged"),
	IN_HEAD(header_size, offsetof(struct hostdiag_header, host) - 8, "damaged"),
	IN_HEAD(header_size, sizeof(struct hostdiag_header) + 1, "damaged"),
	IN_HEAD(header_size, 0xfff8, "cut short"),
	IN_HEAD(hist_buckets, HD_HIST_BUCKETS - 1, "other histogram buckets"),

	IN(&at.task, hostdiag_record, size, 0, "damaged"),
	IN(&at.task, hostdiag_record, size, 4, "damaged"),
	IN(&at.task, hostdiag_record, size, 8, "damaged"),
	IN(&at.task, hostdiag_record, size, 0xffffffff, "damaged"),
	IN(&at.task, hostdiag_record, size, HOSTDIAG_RECORD_MOST + 8, "damaged"),
	IN(&at.task, hostdiag_record, size, HOSTDIAG_RECORD_MOST, "cut short"),
	IN(&at.task, hostdiag_record, size,
	   sizeof(struct hostdiag_task) + 4 * 16 + 4, "size of a record"),
	IN(&at.task, hostdiag_record, size,
	   sizeof(struct hostdiag_task) + 4 * 16 + 8, "size of a record"),
	IN(&at.task, hostdiag_record, size,
	   sizeof(struct hostdiag_task) + 4 * 16 - 8, "beyond their record"),
	IN(&at.task, hostdiag_record, fixed, 0, "damaged"),
	IN(&at.task, hostdiag_record, fixed, sizeof(struct hostdiag_task) - 8,
	   "damaged"),
	IN(&at.task, hostdiag_record, fixed, 0xffff, "damaged"),
	IN(&at.task, hostdiag_record, type, 99, "without its task"),
	IN(&at.task, hostdiag_record, type, HOSTDIAG_EXITED,
	   "without its task"),
	IN(&at.task, hostdiag_record, type, HOSTDIAG_END, "damaged"),
	IN(&at.task, hostdiag_task, comm[15], 'x', "text without an end"),
	IN(&at.task, hostdiag_task, stat[0].buckets, 0, "size of a record"),
	IN(&at.task, hostdiag_task, stat[0].buckets, 2, "counts of buckets"),
	IN(&at.task, hostdiag_task, stat[0].buckets, HD_HIST_BUCKETS + 1,
	   "too many buckets"),
	IN(&at.task, hostdiag_task, stat[0].buckets, 0xffffffff,
	   "too many buckets"),
	IN(&at.task, hostdiag_task, stat[0].buckets, 0x10000001,
	   "too many buckets"),
	IN(&at.task, hostdiag_task, stat[0].buckets, HD_HIST_BUCKETS,
	   "beyond their record"),
	IN(&at.task, hostdiag_task, stat[0].count, 0, "counts of buckets"),
	IN(&at.task, hostdiag_task, stat[0].count, 1, "counts of buckets"),
	IN(&at.task, hostdiag_task, stat[0].count, ~0ull, "counts of buckets"),
	IN(&at.syscall, hostdiag_syscall, stat.count, 8, "counts of buckets"),
	IN(&at.syscall, hostdiag_syscall, stat.count, 10, "counts of buckets"),
	IN(&at.ended, hostdiag_task, stat[2].buckets, 2, "beyond their record"),

	IN_BUCKET(0, index, HD_HIST_BUCKETS, "order of buckets"),
	IN_BUCKET(0, index, 0xffffffff, "order of buckets"),
	IN_BUCKET(1, index, 0, "order of buckets"),
	IN_BUCKET(2, index, 1, "order of buckets"),
	IN_BUCKET(2, index, HD_HIST_BUCKETS, "order of buckets"),
	IN_BUCKET(0, count, 0, "counts of buckets"),
	IN_BUCKET(0, count, 3, "counts of buckets"),
	IN_BUCKET(1, count, ~0ull, "counts of buckets"),

	IN(&at.stuck, hostdiag_stuck, state, 0, "no such state"),
	IN(&at.stuck, hostdiag_stuck, state, '\n', "no such state"),
	IN(&at.stuck, hostdiag_stuck, state, 'D' + 256, "no such state"),
	IN(&at.stuck, hostdiag_stuck, place_len, 0, "size of a record"),
	IN(&at.stuck, hostdiag_stuck, place_len, 4, "size of a record"),
	IN(&at.stuck, hostdiag_stuck, place_len, 12, "text beyond its record"),
	IN(&at.stuck, hostdiag_stuck, place_len, 100, "text beyond its record"),
	IN(&at.stuck, hostdiag_stuck, place_len, HD_PLACE_LEN, "text too long"),
	IN(&at.stuck, hostdiag_stuck, path_len, 7, "size of a record"),
	IN(&at.stuck, hostdiag_stuck, path_len, 9, "text that ends early"),
	IN(&at.stuck, hostdiag_stuck, path_len, 30, "text beyond its record"),
	IN(&at.stuck, hostdiag_stuck, path_len, HD_PATH_LEN, "text too long"),
	IN(&at.stuck, hostdiag_stuck, path_len, 0xffff, "text too long"),
	IN(&at.error, hostdiag_error, error, 0, "no such error"),
	IN(&at.error, hostdiag_error, error, 4096, "no such error"),
	IN(&at.error, hostdiag_record, fixed, 32, "size of a record"),
	IN(&at.place, hostdiag_place, place_len, 400, "text too long"),
	IN(&at.place, hostdiag_place, device_len, HD_DEVICE_LEN,
	   "text too long"),
	IN(&at.place, hostdiag_place, device_len, 31, "text beyond its record"),
	IN(&at.open, hostdiag_open, path_len, HD_PATH_LEN, "text too long"),
	IN(&at.open, hostdiag_open, path_len, HD_PATH_LEN - 2,
	   "size of a record"),
	IN(&at.open, hostdiag_open, path_len, 0, "size of a record"),
	IN(&at.open, hostdiag_open, comm[15], 'x', "text without an end"),
	IN(&at.slow, hostdiag_slow, place_len, 7, "text that ends early"),
	IN(&at.death, hostdiag_record, size, 96, "damaged"),

	IN(&at.calls, hostdiag_record, size, CALLS_SIZE - 8, "number of calls"),
	IN(&at.calls, hostdiag_record, size, CALLS_SIZE + 8, "number of calls"),
	IN(&at.calls, hostdiag_record, size, 16, "number of calls"),
	IN(&at.calls, hostdiag_record, size, 8, "number of calls"),
	IN(&at.calls, hostdiag_record, fixed, 4, "size of a record"),
	IN(&at.calls, hostdiag_record, fixed, CALLS_SIZE, "number of calls"),
	IN_FEW(calls, 0, "number of calls"),
	IN_FEW(calls, HOSTDIAG_FEW + 1, "number of calls"),
	IN_FEW(calls, 5, "no such bucket"),
	IN_FEW(calls, 255, "number of calls"),
	IN_FEW(waits, 0, "number of calls"),
	IN_FEW(waits, 2, "number of calls"),
	IN_FEW(waits, 0xffff, "number of calls"),
	{ "few: bucket", &at.calls, FEW_BUCKETS, 1, HD_HIST_BUCKETS,
	  "no such bucket" },

	IN(&at.end, hostdiag_end, records, 0, "number of records"),
	IN(&at.end, hostdiag_end, records, 8, "number of records"),
	IN(&at.end, hostdiag_record, fixed, 16, "size of a record"),
	IN(&at.end, hostdiag_record, type, 99, "cut short"),
};

static void check_refused(const struct snapshot_build *hurt, const char *what,
			  const char *error)
{
	struct hd_snapshot snap;
	bool ok;
	u8 *copy;

	ok = open_copy(&snap, hurt->data, hurt->size, &copy) &&
	     strstr(snap.error, error);
	check(ok, "%s: refused", what);
	if (!ok)
		printf("# error: '%s'\n", snap.error);
	free(copy);
}

static void test_damage(void)
{
	static struct snapshot_build hurt;
	const struct damage *dam;

	for (dam = damages; dam < damages + ARRAY_SIZE(damages); dam++) {
		hurt = good;
		memcpy(hurt.data + (dam->record ? *dam->record : 0) +
		       dam->offset, &dam->value, dam->size);
		check_refused(&hurt, dam->what, dam->error);
	}
}

/* the first two buckets of the task's syscalls; their sum stays */
static void move_events(struct snapshot_build *hurt, u64 events)
{
	struct hostdiag_bucket bucket[2];
	u8 *data = hurt->data + at.task + sizeof(struct hostdiag_task);

	memcpy(bucket, data, sizeof(bucket));
	bucket[0].count += events;
	bucket[1].count -= events;
	memcpy(data, bucket, sizeof(bucket));
}

static void test_damage_that_adds_up(void)
{
	static struct snapshot_build hurt;

	hurt = good;
	move_events(&hurt, -2ull);
	check_refused(&hurt, "an empty bucket", "counts of buckets");
	hurt = good;
	move_events(&hurt, 1ull << 63);
	check_refused(&hurt, "buckets with the right sum modulo 2^64",
		      "counts of buckets");
}

/* each type of records, in a place where it can not be */
static void test_order(void)
{
	static struct snapshot_build wrong;

	memset(&wrong, 0, sizeof(wrong));
	build_head(&wrong);
	build_stuck(&wrong, &stuck);
	check_refused(&wrong, "stuck at the beginning", "without its task");

	memset(&wrong, 0, sizeof(wrong));
	build_head(&wrong);
	build_task(&wrong, HOSTDIAG_TASK, &bare);
	build_stuck(&wrong, &stuck);
	build_stuck(&wrong, &stuck);
	check_refused(&wrong, "stuck twice", "order of records");

	memset(&wrong, 0, sizeof(wrong));
	build_head(&wrong);
	build_task(&wrong, HOSTDIAG_TASK, &bare);
	build_place(&wrong, &place);
	build_error(&wrong, &emfile);
	check_refused(&wrong, "an error after a place", "order of records");

	memset(&wrong, 0, sizeof(wrong));
	build_head(&wrong);
	build_task(&wrong, HOSTDIAG_EXITED, &ended);
	build_error(&wrong, &emfile);
	check_refused(&wrong, "an error of the dead", "without its task");

	memset(&wrong, 0, sizeof(wrong));
	build_head(&wrong);
	build_open(&wrong, &longest);
	build_place(&wrong, &place);
	check_refused(&wrong, "a place after an open file", "without its task");

	memset(&wrong, 0, sizeof(wrong));
	build_head(&wrong);
	build_slow(&wrong, &held);
	build_death(&wrong, &death);
	check_refused(&wrong, "a death after a slow event", "order of records");

	memset(&wrong, 0, sizeof(wrong));
	build_head(&wrong);
	build_task(&wrong, HOSTDIAG_EXITED, &ended);
	build_task(&wrong, HOSTDIAG_TASK, &bare);
	check_refused(&wrong, "a task after the dead", "order of records");
}

static void test_text_without_end(void)
{
	static struct snapshot_build hurt;

	hurt = good;
	memset(hurt.data + offsetof(struct hostdiag_header, release), 'x', 64);
	check_refused(&hurt, "header.release", "text without an end");
	hurt = good;
	memset(hurt.data + offsetof(struct hostdiag_header, module_version),
	       'x', 16);
	check_refused(&hurt, "header.module_version", "text without an end");
}

static void test_behind_end(void)
{
	static struct snapshot_build more;

	more = good;
	build_unknown(&more, 99, 8);
	check_refused(&more, "a record after the end", "bytes after its end");
}

void test_snapshot(void)
{
	fill_rows();
	at = build_good(&good);
	test_good();
	test_old();
	test_empty_table();
	test_order();
	test_cut();
	test_take_cut();
	test_sum();
	test_damage();
	test_damage_that_adds_up();
	test_text_without_end();
	test_behind_end();
	test_noise();
}
