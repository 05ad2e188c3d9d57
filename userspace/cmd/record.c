// SPDX-License-Identifier: GPL-2.0-only
/*
 * Keep the last snapshots as files, to look back at an incident.  The disk itself
 * may hang: so a separate process writes the files, and snapshots that are not
 * written yet wait in memory.  An error is reported once, and the snapshot is tried
 * again at the next interval.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "cmd/cmd.h"
#include "snap/gzip.h"
#include "snap/keep.h"
#include "snap/load.h"
#include "snap/recorded.h"
#include "util.h"

#define S		1000000000ull
#define INTERVAL_ELSE	(10 * S)
#define KEEP_ELSE	360
#define MIB		(1024ull * 1024)
#define MOST_ELSE	(1024 * MIB)
#define RESERVE_ELSE	(256 * MIB)
#define RESERVE_PART	20	/* on a small file system the reserve is this part of it */
#define WAITING_MOST	(64 * MIB) /* maximum memory for snapshots that are not written yet */
#define LATE		(5 * S)	/* report a disk that has not answered for so long */
#define PATIENCE	(2 * S)	/* time that the writer gets at the end */

/**
 * struct waiting - a snapshot that is not written yet
 * @next: the next newer snapshot
 * @wall_ns: time of the snapshot
 * @data: contents of the file
 * @size: size of @data
 */
struct waiting {
	struct waiting *next;
	u64 wall_ns;
	u8 *data;
	size_t size;
};

/**
 * struct shared - memory shared by the writer and its parent
 * @keep: directory of the files
 * @written: number of snapshots that the writer has written
 * @error: errno of the next one, which failed; 0: none failed
 */
struct shared {
	struct hd_keep keep;
	u32 written;
	s32 error;
};

/**
 * struct record - state of the recording
 * @args: the command line
 * @interval_ns: time between two snapshots
 * @shared: memory shared with the writer
 * @writer: process id of the writer; 0: none is running
 * @handed: the newest snapshot that the writer was given
 * @handed_ns: time at which it was given
 * @oldest: the oldest snapshot that is not written yet
 * @newest: the newest snapshot that is not written yet
 * @bytes: total size of these
 * @last: state of hd_trim()
 * @last_ns: time of the last snapshot
 * @failed: the last snapshot was not recorded, and this was reported
 * @is_late: it was reported that the disk does not answer
 * @is_dropped: it was reported that snapshots were dropped from memory
 * @is_sized: the size of a file was printed
 * @stop: signals that end it; blocked, as SIGCHLD is
 */
struct record {
	const struct hd_args *args;
	u64 interval_ns;
	struct shared *shared;
	pid_t writer;
	struct waiting *handed;
	u64 handed_ns;
	struct waiting *oldest;
	struct waiting *newest;
	u64 bytes;
	struct hd_trim last;
	u64 last_ns;
	bool failed;
	bool is_late;
	bool is_dropped;
	bool is_sized;
	sigset_t stop;
};

static void say_size(struct record *record, size_t size)
{
	const struct hd_keep *keep = &record->shared->keep;

	if (!record->is_sized)
		hd_print("%s: a snapshot takes %zu KiB, %u take %llu MiB; at most %llu are kept\n",
			 keep->dir, (size + 1023) / 1024, keep->most,
			 (u64)size * keep->most / MIB + 1,
			 keep->most_bytes / MIB);
	record->is_sized = true;
	hd_flush();
}

static void report_failure(struct record *record, const char *what, const char *why)
{
	if (!record->failed)
		fprintf(stderr, "hostdiag: %s%s%s: not recorded, and tried again each interval\n",
			what, *what ? ": " : "", why);
	record->failed = true;
}

static void queue_snapshot(struct record *record, u64 wall_ns, u8 *data,
			   size_t size)
{
	struct waiting *new = malloc(sizeof(*new));

	if (!new)
		hd_die("out of memory");
	*new = (struct waiting){ NULL, wall_ns, data, size };
	if (record->newest)
		record->newest->next = new;
	else
		record->oldest = new;
	record->newest = new;
	record->bytes += size;
}

/* @before: the next older one; NULL: there is none */
static void drop_after(struct record *record, struct waiting *before)
{
	struct waiting **link = before ? &before->next : &record->oldest;
	struct waiting *old = *link;

	*link = old->next;
	if (record->newest == old)
		record->newest = before;
	record->bytes -= old->size;
	free(old->data);
	free(old);
}

/* in the writer process: write all waiting snapshots, the oldest first */
static void __attribute__((noreturn)) write_waiting(struct record *record)
{
	struct shared *shared = record->shared;
	struct waiting *at;

	prctl(PR_SET_NAME, "hostdiag-write");
	for (at = record->oldest; at; at = at->next) {
		if (!hd_keep_save(&shared->keep, at->wall_ns, at->data, at->size)) {
			shared->error = errno;
			break;
		}
		shared->written++;
	}
	_exit(0);
}

static void start_writer(struct record *record)
{
	if (record->writer || !record->oldest)
		return;
	record->shared->written = 0;
	record->shared->error = 0;
	record->handed = record->newest;
	record->handed_ns = hd_now_ns();
	record->writer = fork();
	if (!record->writer)
		write_waiting(record);
	if (record->writer > 0)
		return;
	report_failure(record, "fork", strerror(errno));
	record->writer = 0;
}

/* take the results of a writer that has exited */
static void end_writer(struct record *record)
{
	struct shared *shared = record->shared;
	u32 i;

	if (!record->writer || !waitpid(record->writer, NULL, WNOHANG))
		return;
	record->writer = 0;
	record->is_late = false;
	if (shared->written)
		say_size(record, record->oldest->size);
	for (i = 0; i < shared->written; i++)
		drop_after(record, NULL);
	if (shared->error) {
		report_failure(record, shared->keep.dir, strerror(shared->error));
	} else if (!record->oldest && record->failed) {
		fprintf(stderr, "hostdiag: %s: recorded again\n",
			shared->keep.dir);
		record->failed = false;
	}
	/* start a writer for the snapshots taken meanwhile, unless the last one failed */
	if (!shared->error)
		start_writer(record);
}

/*
 * Keep the snapshots that the writer was given, since it counts them.  Of the
 * others, drop the oldest beyond the limit of memory.
 */
static void bound_waiting(struct record *record)
{
	struct waiting *before = record->writer ? record->handed : NULL;

	while (record->bytes > WAITING_MOST &&
	       (before ? before->next : record->oldest) != record->newest) {
		drop_after(record, before);
		if (!record->is_dropped)
			fprintf(stderr, "hostdiag: over %llu MiB wait in memory: the oldest go\n",
				WAITING_MOST / MIB);
		record->is_dropped = true;
	}
}

static void record_one(struct record *record)
{
	struct hd_snapshot snap;
	char *error = hd_load(&snap, record->args->file);
	size_t size, packed_size;
	u8 *data, *packed;

	if (error)
		report_failure(record, "", error);
	/* a file with the same time has not been replaced since the last interval */
	if (!error && snap.head.wall_ns != record->last_ns) {
		data = hd_trim(&record->last, &snap, &size);
		record->last_ns = snap.head.wall_ns;
		packed = hd_gzip(data, size, &packed_size);
		queue_snapshot(record, record->last_ns, packed, packed_size);
		free(data);
		bound_waiting(record);
	}
	free(error);
	hd_load_free(&snap);
}

/* report a writer that takes longer than LATE */
static void check_writer(struct record *record)
{
	end_writer(record);
	if (!record->writer || record->is_late ||
	    hd_now_ns() - record->handed_ns < LATE)
		return;
	fprintf(stderr, "hostdiag: %s: the disk does not answer: snapshots wait in memory\n",
		record->shared->keep.dir);
	record->is_late = true;
}

/*
 * Block the signals that end the program, so that they act between two snapshots
 * only.  Signals that the parent process has set to be ignored stay ignored.
 */
static void catch_signals(struct record *record)
{
	static const int number[] = { SIGHUP, SIGINT, SIGTERM };
	struct sigaction action;
	size_t i;

	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&record->stop);
	sigaddset(&record->stop, SIGCHLD);
	for (i = 0; i < ARRAY_SIZE(number); i++)
		if (!sigaction(number[i], NULL, &action) &&
		    action.sa_handler != SIG_IGN)
			sigaddset(&record->stop, number[i]);
	sigprocmask(SIG_BLOCK, &record->stop, NULL);
}

/* Return: the signal of @set that arrived; 0: none did. */
static int wait_for(const sigset_t *set, u64 at_ns)
{
	struct timespec left;
	u64 now = hd_now_ns();
	int got;

	do {
		left.tv_sec = at_ns > now ? (at_ns - now) / S : 0;
		left.tv_nsec = at_ns > now ? (at_ns - now) % S : 0;
		got = sigtimedwait(set, NULL, &left);
		now = hd_now_ns();
	} while (got < 0 && errno == EINTR && now < at_ns);
	return got > 0 ? got : 0;
}

/* Return: the signal that ends the recording; 0: none arrived. */
static int wait_until(struct record *record, u64 at_ns)
{
	int number;

	do {
		number = wait_for(&record->stop, at_ns);
		if (number == SIGCHLD)
			end_writer(record);
	} while (number == SIGCHLD);
	return number;
}

/* wait some time for the writer; a hung one continues on its own later */
static void wait_for_writer(struct record *record)
{
	u64 end_ns = hd_now_ns() + PATIENCE;
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	while (record->writer && hd_now_ns() < end_ns) {
		wait_for(&child, end_ns);
		end_writer(record);
	}
}

static struct shared *new_shared(const struct hd_args *args)
{
	bool is_given = args->reserve_bytes != HD_NOT_GIVEN;
	struct shared *shared;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		hd_die("out of memory");
	shared->keep = (struct hd_keep){
		.dir = args->word[0],
		.most = args->keep ? args->keep : KEEP_ELSE,
		.most_bytes = args->max_bytes ? args->max_bytes : MOST_ELSE,
		.reserve_bytes = is_given ? args->reserve_bytes : RESERVE_ELSE,
		.reserve_part = is_given ? 1 : RESERVE_PART,
	};
	return shared;
}

static int run_record(struct hd_args *args)
{
	struct record record = {
		.args = args,
		.interval_ns = args->interval_ns ? args->interval_ns :
			       INTERVAL_ELSE,
		.shared = new_shared(args),
	};
	struct hd_snapshot snap;
	int number;
	u64 at;

	/* an error in the first snapshot ends the program at once */
	hd_load_or_die(&snap, args->file);
	hd_load_free(&snap);
	hd_keep_open(&record.shared->keep);
	catch_signals(&record);
	at = hd_now_ns();
	do {
		check_writer(&record);
		record_one(&record);
		start_writer(&record);
		at += record.interval_ns;
		/* intervals that were missed while the host hung are skipped */
		if (at < hd_now_ns())
			at = hd_now_ns();
		number = wait_until(&record, at);
	} while (!number);
	wait_for_writer(&record);
	signal(number, SIG_DFL);
	raise(number);
	sigprocmask(SIG_UNBLOCK, &record.stop, NULL);
	return 1;
}

const struct hd_command hd_cmd_record = {
	.name = "record",
	.operands = "DIR",
	.doc = "Save a snapshot each interval (10 seconds, if not given) to a file in DIR, and\n"
	       "keep the last ones, compressed by gzip, up to a signal: for diff, heatmap,\n"
	       "and -f of other commands.",
	.options = HD_OPT(INTERVAL) | HD_OPT(KEEP) | HD_OPT(MAX_SIZE) |
		   HD_OPT(RESERVE) | HD_OPT(FILE),
	.words = 1,
	.words_most = 1,
	.wanted = "a directory to record to, please",
	.run = run_record,
};
