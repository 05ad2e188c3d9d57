// SPDX-License-Identifier: GPL-2.0-only
/*
 * Keep the last snapshots as files, for the time when nobody looks.  What goes
 * wrong on the way is said once, and tried again at the next interval.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>
#include "cmd/cmd.h"
#include "snap/load.h"
#include "snap/recorded.h"
#include "util.h"

#define S		1000000000ull
#define INTERVAL_ELSE	(10 * S)
#define KEEP_ELSE	360
#define MIB		(1024ull * 1024)
#define MOST_ELSE	(1024 * MIB)
#define RESERVE_ELSE	(256 * MIB)
#define RESERVE_PART	20	/* of a smaller file system: this part */
#define TEMPORARY	".new.snap"

/**
 * struct record - what is recorded
 * @args: the command line
 * @interval_ns: from one snapshot to the next
 * @keep: how many
 * @most_bytes: of all of them together
 * @reserve_bytes: of free space that are left; HD_NOT_GIVEN: RESERVE_ELSE, or
 *	of a small file system a part
 * @dir: where
 * @dir_fd: the same, locked
 * @last: of the events that are recorded
 * @last_ns: when the last snapshot was taken
 * @failed: the last one was not recorded, which has been said
 * @is_sized: how large a file is has been said
 * @is_short: that there is no room for as many as were asked for has been said
 * @stop: signals that end it; blocked
 */
struct record {
	const struct hd_args *args;
	u64 interval_ns;
	u32 keep;
	u64 most_bytes;
	u64 reserve_bytes;
	const char *dir;
	int dir_fd;
	struct hd_trim last;
	u64 last_ns;
	bool failed;
	bool is_sized;
	bool is_short;
	sigset_t stop;
};

static void open_dir(struct record *record)
{
	if (mkdir(record->dir, 0700) && errno != EEXIST)
		hd_die("%s: %s", record->dir, strerror(errno));
	record->dir_fd = open(record->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (record->dir_fd < 0)
		hd_die("%s: %s", record->dir, strerror(errno));
	if (flock(record->dir_fd, LOCK_EX | LOCK_NB))
		hd_die("%s: %s", record->dir, errno == EWOULDBLOCK ?
		       "another 'hostdiag record' is at work there" :
		       strerror(errno));
}

static bool write_all(int fd, const u8 *data, size_t size)
{
	size_t done = 0;
	ssize_t got;

	while (done < size) {
		got = write(fd, data + done, size - done);
		if (got < 0 && errno != EINTR)
			return false;
		done += got > 0 ? got : 0;
	}
	return true;
}

/* under its name it is whole from the first moment on */
static bool save(const struct record *record, const struct hd_snapshot *snap,
		 const u8 *data, size_t size)
{
	char name[HD_RECORDED_LEN];
	int error, fd;
	bool done;

	hd_recorded_name(snap->head.wall_ns, name);
	fd = openat(record->dir_fd, TEMPORARY,
		    O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	/* after a crash it is there as a whole, or not at all */
	done = write_all(fd, data, size) && !fsync(fd);
	error = errno;
	/* some file systems find out only now that there is no room */
	if (close(fd) && done) {
		error = errno;
		done = false;
	}
	if (done && renameat(record->dir_fd, TEMPORARY, record->dir_fd, name)) {
		error = errno;
		done = false;
	}
	if (!done)
		unlinkat(record->dir_fd, TEMPORARY, 0);
	else
		fsync(record->dir_fd);
	errno = error;
	return done;
}

/**
 * struct kept - the files that are there, the oldest first
 * @names: theirs
 * @first: number of the oldest in @names
 * @nr: how many are left, from there on
 * @bytes: of these
 */
struct kept {
	struct hd_lines names;
	size_t first;
	size_t nr;
	u64 bytes;
};

static const char *oldest(const struct kept *kept)
{
	return kept->names.text[kept->first % kept->names.used];
}

static u64 size_of(const struct record *record, const char *name)
{
	struct stat stat_of;

	if (fstatat(record->dir_fd, name, &stat_of, AT_SYMLINK_NOFOLLOW))
		return 0;
	return stat_of.st_blocks * 512ull;
}

/*
 * The clock may have been set back: names that are later than the newest file's
 * are the oldest then.
 */
static bool list_kept(const struct record *record, u64 newest_wall_ns,
		      struct kept *kept)
{
	char newest[HD_RECORDED_LEN];
	size_t i;

	*kept = (struct kept){ .first = 0 };
	if (!hd_recorded_list(record->dir, &kept->names))
		return false;
	hd_recorded_name(newest_wall_ns, newest);
	while (kept->first < kept->names.used &&
	       strcmp(kept->names.text[kept->first], newest) <= 0)
		kept->first++;
	kept->nr = kept->names.used;
	for (i = 0; i < kept->nr; i++)
		kept->bytes += size_of(record, kept->names.text[i]);
	return true;
}

/* Return: false, and errno says why, where it cannot be removed. */
static bool remove_oldest(const struct record *record, struct kept *kept)
{
	u64 size = size_of(record, oldest(kept));

	if (unlinkat(record->dir_fd, oldest(kept), 0) && errno != ENOENT)
		return false;
	kept->bytes -= size < kept->bytes ? size : kept->bytes;
	kept->first++;
	kept->nr--;
	return true;
}

/* Return: whether the file system has less space than is to be left, and @size. */
static bool is_scarce(const struct record *record, u64 size)
{
	u64 reserve = record->reserve_bytes, part;
	struct statvfs fs;

	if (fstatvfs(record->dir_fd, &fs))
		return false;
	part = (u64)fs.f_blocks * fs.f_frsize / RESERVE_PART;
	if (reserve == HD_NOT_GIVEN)
		reserve = part < RESERVE_ELSE ? part : RESERVE_ELSE;
	return (u64)fs.f_bavail * fs.f_frsize < reserve + size;
}

/* it is the newest that is wanted: what is in its way is our own oldest */
static bool make_room(struct record *record, struct kept *kept, u64 size)
{
	bool scarce;

	while (kept->nr) {
		scarce = is_scarce(record, size);
		if (kept->nr < record->keep && !scarce &&
		    kept->bytes + size <= record->most_bytes)
			break;
		if (kept->nr < record->keep && !record->is_short) {
			fprintf(stderr, "hostdiag: %s: room for %zu files, %s: the oldest go\n",
				record->dir, kept->nr, scarce ?
				"so that --reserve stays free" :
				"of --max-size together");
			record->is_short = true;
		}
		if (!remove_oldest(record, kept))
			return false;
	}
	return true;
}

/* where there is no room after all: without the oldest, one after the other */
static bool save_somehow(struct record *record, const struct hd_snapshot *snap,
			 const u8 *data, size_t size)
{
	struct kept kept;
	bool done = list_kept(record, record->last_ns ? record->last_ns :
			      snap->head.wall_ns, &kept) &&
		    make_room(record, &kept, size);
	int error;

	if (done)
		done = save(record, snap, data, size);
	while (!done && (errno == ENOSPC || errno == EDQUOT) && kept.nr) {
		if (!remove_oldest(record, &kept))
			break;
		done = save(record, snap, data, size);
	}
	error = errno;
	hd_lines_free(&kept.names);
	errno = error;
	return done;
}

static void say_size(struct record *record, size_t size)
{
	if (!record->is_sized)
		hd_print("%s: a snapshot takes %zu KiB, %u take %llu MiB; at most %llu are kept\n",
			 record->dir, (size + 1023) / 1024, record->keep,
			 (u64)size * record->keep / MIB + 1,
			 record->most_bytes / MIB);
	record->is_sized = true;
	hd_flush();
}

static void complain(struct record *record, const char *what, const char *why)
{
	if (!record->failed)
		fprintf(stderr, "hostdiag: %s%s%s: not recorded, and tried again each interval\n",
			what, *what ? ": " : "", why);
	record->failed = true;
}

static void record_one(struct record *record)
{
	struct hd_snapshot snap = { .data = NULL };
	char *error = hd_load(&snap, record->args->file);
	struct hd_trim trim = record->last;
	size_t size;
	u8 *data;

	if (error) {
		complain(record, "", error);
		free(error);
		hd_load_free(&snap);
		return;
	}
	/* a file that nobody has replaced */
	if (snap.head.wall_ns == record->last_ns) {
		hd_load_free(&snap);
		return;
	}
	data = hd_trim(&trim, &snap, &size);
	if (!save_somehow(record, &snap, data, size)) {
		complain(record, record->dir, strerror(errno));
	} else {
		record->last = trim;
		record->last_ns = snap.head.wall_ns;
		say_size(record, size);
		if (record->failed)
			fprintf(stderr, "hostdiag: %s: recorded again\n",
				record->dir);
		record->failed = false;
	}
	free(data);
	hd_load_free(&snap);
}

/*
 * It ends as if it had not waited for them, at a moment when nothing is half
 * done.  What whoever started it has it ignore, it ignores.
 */
static void catch_signals(struct record *record)
{
	static const int number[] = { SIGHUP, SIGINT, SIGTERM };
	struct sigaction action;
	size_t i;

	sigemptyset(&record->stop);
	for (i = 0; i < ARRAY_SIZE(number); i++)
		if (!sigaction(number[i], NULL, &action) &&
		    action.sa_handler != SIG_IGN)
			sigaddset(&record->stop, number[i]);
	sigprocmask(SIG_BLOCK, &record->stop, NULL);
}

/* Return: the signal that came; 0: none did */
static int wait_until(const struct record *record, u64 at_ns)
{
	struct timespec left;
	u64 now = hd_now_ns();
	int got;

	do {
		left.tv_sec = at_ns > now ? (at_ns - now) / S : 0;
		left.tv_nsec = at_ns > now ? (at_ns - now) % S : 0;
		got = sigtimedwait(&record->stop, NULL, &left);
		now = hd_now_ns();
	} while (got < 0 && errno == EINTR && now < at_ns);
	return got > 0 ? got : 0;
}

static int run_record(struct hd_args *args)
{
	struct record record = {
		.args = args,
		.interval_ns = args->interval_ns ? args->interval_ns :
			       INTERVAL_ELSE,
		.keep = args->keep ? args->keep : KEEP_ELSE,
		.most_bytes = args->max_bytes ? args->max_bytes : MOST_ELSE,
		.reserve_bytes = args->reserve_bytes,
		.dir = args->word[0],
	};
	struct hd_snapshot snap;
	int number;
	u64 at;

	/* what does not work at all is to be known at once */
	hd_load_or_die(&snap, args->file);
	hd_load_free(&snap);
	open_dir(&record);
	catch_signals(&record);
	at = hd_now_ns();
	do {
		record_one(&record);
		at += record.interval_ns;
		/* what was missed, by a host that hung, is not made up for */
		if (at < hd_now_ns())
			at = hd_now_ns();
		number = wait_until(&record, at);
	} while (!number);
	signal(number, SIG_DFL);
	raise(number);
	sigprocmask(SIG_UNBLOCK, &record.stop, NULL);
	return 1;
}

const struct hd_command hd_cmd_record = {
	.name = "record",
	.operands = "DIR",
	.doc = "Save a snapshot each interval (10 seconds, if not given) to a file in DIR, and\n"
	       "keep the last ones, up to a signal: for diff, heatmap, and -f of other\n"
	       "commands.",
	.options = HD_OPT(INTERVAL) | HD_OPT(KEEP) | HD_OPT(MAX_SIZE) |
		   HD_OPT(RESERVE) | HD_OPT(FILE),
	.words = 1,
	.words_most = 1,
	.wanted = "a directory to record to, please",
	.run = run_record,
};
