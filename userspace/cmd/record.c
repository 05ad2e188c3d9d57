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
#include <time.h>
#include <unistd.h>
#include "cmd/cmd.h"
#include "snap/load.h"
#include "snap/recorded.h"
#include "util.h"

#define S		1000000000ull
#define INTERVAL_ELSE	(10 * S)
#define KEEP_ELSE	360
#define TEMPORARY	".new.snap"

/**
 * struct record - what is recorded
 * @args: the command line
 * @interval_ns: from one snapshot to the next
 * @keep: how many
 * @dir: where
 * @dir_fd: the same, locked
 * @last: of the events that are recorded
 * @last_ns: when the last snapshot was taken
 * @failed: the last one was not recorded, which has been said
 * @stop: signals that end it; blocked
 */
struct record {
	const struct hd_args *args;
	u64 interval_ns;
	u32 keep;
	const char *dir;
	int dir_fd;
	struct hd_trim last;
	u64 last_ns;
	bool failed;
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
	done = write_all(fd, data, size);
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
	errno = error;
	return done;
}

/*
 * The clock may have been set back: names that are later than the newest file's
 * are the oldest then.
 */
static bool rotate(const struct record *record, u64 newest_wall_ns)
{
	struct hd_lines names = { .used = 0 };
	bool done = hd_recorded_list(record->dir, &names);
	char newest[HD_RECORDED_LEN];
	int error = errno;
	size_t i, first = 0;

	hd_recorded_name(newest_wall_ns, newest);
	while (first < names.used && strcmp(names.text[first], newest) <= 0)
		first++;
	for (i = 0; done && i + record->keep < names.used; i++) {
		done = !unlinkat(record->dir_fd,
				 names.text[(first + i) % names.used], 0) ||
		       errno == ENOENT;
		error = errno;
	}
	hd_lines_free(&names);
	errno = error;
	return done;
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
	if (!save(record, &snap, data, size) || !rotate(record, snap.head.wall_ns)) {
		complain(record, record->dir, strerror(errno));
	} else {
		record->last = trim;
		record->last_ns = snap.head.wall_ns;
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

static int run(struct hd_args *args)
{
	struct record record = {
		.args = args,
		.interval_ns = args->interval_ns ? args->interval_ns :
			       INTERVAL_ELSE,
		.keep = args->keep ? args->keep : KEEP_ELSE,
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
	.options = HD_OPT(INTERVAL) | HD_OPT(KEEP) | HD_OPT(FILE),
	.words = 1,
	.words_most = 1,
	.wanted = "a directory to record to, please",
	.run = run,
};
