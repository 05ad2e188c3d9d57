// SPDX-License-Identifier: GPL-2.0-only
/* The ranking of the summary; see summary_rank.h. */
#include <linux/errno.h>
#include "pure/human.h"
#include "pure/summary_rank.h"

#define RECENT_NS	(10 * HD_NS_PER_S)	/* a younger error is going on */
#define PAST_NS		(60 * HD_NS_PER_MIN)	/* an older storm is not shown */
#define FIRST_RESTART	512	/* ERESTARTSYS, which programs never see */
#define STORM_PER_S	100	/* errors beyond ordinary work */
#define MUCH_IN_D	8	/* tasks in D at once that explain a load */
#define LITTLE_NS	(HD_NS_PER_S / 2) /* a sum below this is not worth a line */
#define FORKS_PER_S	20	/* tasks ending a second in a fork storm */
#define FORKS		100	/* the fewest deaths to tell a rate from */
#define FORKS_OVER_NS	(2 * HD_NS_PER_S)
#define LOCK_TRIES_PER_S 1	/* a task polls for a lock */
#define CRASHES		3	/* the fewest crashes of a crash loop */

/* the screen, from top to bottom */
const u8 hd_summary_order[HD_SUMMARY_PLACES] = {
	HD_SUMMARY_WORST, HD_SUMMARY_LOAD, HD_SUMMARY_STUCK, HD_SUMMARY_ERRORS,
	HD_SUMMARY_OPEN, HD_SUMMARY_FORKS, HD_SUMMARY_CRASHES, HD_SUMMARY_OOM,
	HD_SUMMARY_DSLEEP, HD_SUMMARY_SLOW, HD_SUMMARY_HELD, HD_SUMMARY_BUSY,
};

/**
 * hd_rank_before() - whether a line of a list comes before another one
 * @a: the one
 * @b: the other
 */
bool hd_rank_before(const struct hd_summary_line *a,
		    const struct hd_summary_line *b)
{
	if (a->urgency != b->urgency)
		return a->urgency > b->urgency;
	return a->value > b->value;
}

/**
 * hd_rank_stuck() - the urgency of a task that is inside a call or in D sleep
 * @sum: the summary
 * @row: the call or the D sleep
 *
 * A wait for work, however long, is no fault unless it is in D.
 *
 * Return: 1 in D, 0 outside, HD_RANK_NONE: it is not stuck.
 */
int hd_rank_stuck(const struct hd_summary *sum, const struct hd_stuck_row *row)
{
	if (row->d_age_ns >= sum->view.stuck_ns)
		return 1;
	if (row->class == HOSTDIAG_CLASS_IDLE ||
	    row->age_ns < sum->view.stuck_ns)
		return HD_RANK_NONE;
	return 0;
}

static bool is_stuck(const struct hd_summary *sum,
		     const struct hd_summary_line *line)
{
	return line->value >= sum->view.stuck_ns;
}

/* one of several limits on the number of tasks has been reached */
static bool is_fork_refused(const struct hd_error_row *row)
{
	return row->error == EAGAIN && hd_syscall_forks(row->abi, row->nr);
}

/*
 * An error of ordinary work, or one that only tells the program to wait, to try
 * again, or that there is nothing more.
 */
static bool is_ordinary(const struct hd_error_row *row)
{
	u32 error = row->error;

	if (error == EAGAIN)
		return !is_fork_refused(row) &&
		       !hd_syscall_tries_lock(row->abi, row->nr);
	return error == EINTR || error == EINPROGRESS ||
	       error == EALREADY || error == ETIMEDOUT || error == ECHILD ||
	       error == ENOTTY || error == ESPIPE || error == ECANCELED ||
	       error >= FIRST_RESTART;
}

/* An error of a host that has run out of something, or is broken. */
static bool is_scarce(const struct hd_error_row *row)
{
	u32 error = row->error;

	return is_fork_refused(row) || error == EMFILE || error == ENFILE || error == ENOMEM ||
	       error == ENOSPC || error == EDQUOT || error == EIO ||
	       error == ENOBUFS || error == ENOLCK || error == EROFS ||
	       error == EUCLEAN || error == ESTALE || error == EDEADLK;
}

/* an event after the begin of the reading has a later time than the reading */
static bool is_since(const struct hd_summary *sum, u64 when_ns, u64 age_ns)
{
	return when_ns > sum->view.now_ns ||
	       sum->view.now_ns - when_ns <= age_ns;
}

/**
 * hd_rank_was_storm() - whether an error was a storm within the last hour
 * @sum: the summary
 * @recent: the recent events of the error
 */
bool hd_rank_was_storm(const struct hd_summary *sum,
		       const struct hd_recent_row *recent)
{
	return recent->peak && is_since(sum, recent->peak_ns, PAST_NS);
}

/**
 * hd_rank_error() - the urgency of an error
 * @sum: the summary
 * @row: the task x syscall x errno
 *
 * An error other than those of is_scarce() counts only while it goes on, or if it
 * was a storm within the last hour: a daemon that starts may fail a thousand calls
 * within a second, by closing all possible descriptors or by looking through a
 * search path, which is no fault.
 *
 * Return: enum hd_error_urgency; HD_RANK_NONE: the error is left out.
 */
int hd_rank_error(const struct hd_summary *sum, const struct hd_error_row *row)
{
	bool going = is_since(sum, row->last_ns, RECENT_NS);

	if (is_ordinary(row))
		return HD_RANK_NONE;
	if (is_scarce(row))
		return going ? HD_SCARCE_GOING : HD_SCARCE_OVER;
	if (going)
		return HD_ERRORS_GOING;
	return hd_rank_was_storm(sum, &row->recent) ? HD_ERRORS_OVER :
						      HD_RANK_NONE;
}

static u64 storm_per_s(const struct hd_summary_line *line)
{
	return hd_syscall_tries_lock(line->abi, line->nr) ? LOCK_TRIES_PER_S :
							    STORM_PER_S;
}

/**
 * hd_rank_is_going() - whether an error comes faster than in ordinary work
 * @sum: the summary
 * @line: the error
 *
 * Ordinary is, say, ten searches a second along ten folders.  Snapshots of the
 * first versions of the module have only the average since the start of counting.
 */
bool hd_rank_is_going(const struct hd_summary *sum,
		      const struct hd_summary_line *line)
{
	if (line->urgency == HD_ERRORS_OVER)
		return false;
	if (!sum->slice_ns)
		return line->count / storm_per_s(line) >
		       sum->elapsed_ns / HD_NS_PER_S;
	return hd_rate(line->part[HD_ERRORS_STEADY], sum->slice_ns, HD_MS_PER_S) >=
	       storm_per_s(line);
}

/*
 * An error of is_scarce() is shown from ten on while it goes on, and afterwards from
 * a hundred on, or one a minute.  Another error is shown only if it is a storm, or
 * was one within the last hour.
 */
static bool is_storm(const struct hd_summary *sum,
		     const struct hd_summary_line *line)
{
	if (line->urgency < HD_SCARCE_OVER)
		return hd_rank_is_going(sum, line) ||
		       hd_rate(line->part[HD_ERRORS_PEAK], sum->slice_ns,
			       HD_MS_PER_S) >= storm_per_s(line);
	return line->count >= 10 &&
	       (line->urgency == HD_SCARCE_GOING || line->count >= 100 ||
		line->count >= sum->elapsed_ns / HD_NS_PER_MIN);
}

/**
 * hd_rank_is_growing() - whether a comm opens files and does not close them
 * @line: its open files
 *
 * The files of a leak have many different ages; below 64 files there is no leak yet.
 */
bool hd_rank_is_growing(const struct hd_summary_line *line)
{
	u32 i, ages = 0;

	for (i = 0; i < HD_SUMMARY_SLICES; i++)
		ages += line->slices >> i & 1;
	return line->count >= 64 && line->part[HD_OPEN_MORE] >= 8 &&
	       ages >= HD_SUMMARY_SLICES / 2;
}

/**
 * hd_rank_newest_age() - the age of a comm's newest open file
 * @line: its open files
 */
u64 hd_rank_newest_age(const struct hd_summary_line *line)
{
	return ~line->most;
}

/**
 * hd_rank_growth_is_over() - whether no file was opened for longer than by chance
 * @sum: the summary
 * @line: hd_rank_is_growing() is true of it
 */
bool hd_rank_growth_is_over(const struct hd_summary *sum,
			    const struct hd_summary_line *line)
{
	u64 between = (sum->grow_until_ns - sum->grow_from_ns) /
		      line->part[HD_OPEN_MORE];

	return hd_rank_newest_age(line) > RECENT_NS + 4 * between;
}

/**
 * hd_rank_growing() - rank the comm first whose open files grow fastest
 * @sum: all open files have been fed
 */
void hd_rank_growing(struct hd_summary *sum)
{
	struct hd_summary_line *open = sum->list[HD_SUMMARY_OPEN];
	u32 i;

	for (i = 0; i < sum->used[HD_SUMMARY_OPEN]; i++)
		if (hd_rank_is_growing(&open[i]) &&
		    !hd_rank_growth_is_over(sum, &open[i]))
			open[i].urgency = open[i].part[HD_OPEN_MORE];
}

/* a thousand old files: the default limit of most programs is 1024 */
static bool is_leak(const struct hd_summary *sum,
		    const struct hd_summary_line *line)
{
	(void)sum;
	return hd_rank_is_growing(line) || line->part[HD_OPEN_OLD] >= 1000;
}

/* one sleep at least as long as stuck_ns, or 1 % of the time */
static bool is_long_dsleep(const struct hd_summary *sum,
			   const struct hd_summary_line *line)
{
	return line->max_ns >= sum->view.stuck_ns ||
	       (line->value >= sum->elapsed_ns / 100 &&
		line->value >= LITTLE_NS);
}

/* a file whose release no task waits for */
static bool is_no_disk_file(const char *path)
{
	static const char *const begins[] = {
		"/proc/", "/sys/", "/dev/null", "/dev/tty", "/dev/pts/",
		"/dev/ptmx", "/dev/console", "/dev/urandom", "/dev/random",
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(begins); i++)
		if (!strncmp(path, begins[i], strlen(begins[i])))
			return true;
	return false;
}

/**
 * hd_rank_slow() - the list that a slow event belongs to
 * @row: the event; D sleeps are in no list here, since places show them
 *
 * Return: HD_SUMMARY_SLOW or HD_SUMMARY_HELD; HD_RANK_NONE: it is left out.
 */
int hd_rank_slow(const struct hd_slow_row *row)
{
	switch (row->kind) {
	case HOSTDIAG_SLOW_OPEN:
		return is_no_disk_file(row->path) ? HD_RANK_NONE :
						    HD_SUMMARY_HELD;
	case HOSTDIAG_SLOW_SYSCALL:
		return hd_wait_class(row->abi, row->nr, row->path) ==
		       HOSTDIAG_CLASS_IDLE ? HD_RANK_NONE : HD_SUMMARY_SLOW;
	default:
		return HD_RANK_NONE;
	}
}

static bool is_slow(const struct hd_summary *sum,
		    const struct hd_summary_line *line)
{
	return line->max_ns >= sum->view.stuck_ns;
}

/* some programs hold one file while they work: below a minute it takes two events */
static bool is_held(const struct hd_summary *sum,
		    const struct hd_summary_line *line)
{
	(void)sum;
	return line->max_ns >= HD_NS_PER_MIN ||
	       (line->max_ns >= HD_NS_PER_S && line->count > 1);
}

/* 5 % of a CPU, or of a task's life */
static bool is_busy(const struct hd_summary *sum,
		    const struct hd_summary_line *line)
{
	return line->value >= sum->elapsed_ns / 20 &&
	       line->value >= LITTLE_NS;
}

const struct hd_summary_rule hd_summary_rules[HD_SUMMARY_LISTS] = {
	[HD_SUMMARY_STUCK]	= { 5, true, true, is_stuck },
	[HD_SUMMARY_ERRORS]	= { 4, false, true, is_storm },
	[HD_SUMMARY_OPEN]	= { 3, false, false, is_leak },
	[HD_SUMMARY_DSLEEP]	= { 4, false, true, is_long_dsleep },
	[HD_SUMMARY_SLOW]	= { 3, true, false, is_slow },
	[HD_SUMMARY_HELD]	= { 2, true, false, is_held },
	[HD_SUMMARY_BUSY]	= { 4, false, true, is_busy },
};

/**
 * hd_rank_worst() - whether the worst root of waits in the kernel is shown
 * @sum: the summary
 */
bool hd_rank_worst(const struct hd_summary *sum)
{
	const struct hd_blocked_root *worst = &sum->worst;

	return worst->who.tid && worst->longest_ns != HD_AGE_UNKNOWN &&
	       worst->longest_ns >= sum->view.stuck_ns;
}

/**
 * hd_rank_load() - whether the tasks in D explain a high load
 * @sum: the summary
 */
bool hd_rank_load(const struct hd_summary *sum)
{
	return sum->in_d >= MUCH_IN_D;
}

static u64 per_s(u64 count, u64 ns)
{
	return hd_rate(count, ns < HD_NS_PER_S ? HD_NS_PER_S : ns, HD_MS_PER_S);
}

/**
 * hd_rank_forks_are_over() - whether no task has ended for some time
 * @sum: the summary
 */
bool hd_rank_forks_are_over(const struct hd_summary *sum)
{
	return sum->death_last_ns <= sum->view.now_ns &&
	       sum->view.now_ns - sum->death_last_ns >= FORKS_OVER_NS;
}

/**
 * hd_rank_forks() - the rate of a fork storm
 * @sum: the summary
 *
 * A number of ended tasks is no storm: a login makes dozens, a nightly job a
 * thousand.  So the rate counts, of the newest deaths until now or since the start.
 *
 * Return: tasks that end a second; 0: there is no storm.
 */
u64 hd_rank_forks(const struct hd_summary *sum)
{
	u64 now = per_s(sum->deaths, sum->view.now_ns - sum->death_first_ns);
	u64 always = per_s(sum->exited, sum->elapsed_ns);

	if (sum->deaths < FORKS || (now < FORKS_PER_S && always < FORKS_PER_S))
		return 0;
	if (hd_rank_forks_are_over(sum))
		now = per_s(sum->deaths, sum->death_last_ns - sum->death_first_ns);
	return now > always ? now : always;
}

/**
 * hd_rank_is_recent() - whether the last crash or OOM kill was within the last hour
 * @sum: the summary
 * @crash: the crashes, or the OOM kills
 */
bool hd_rank_is_recent(const struct hd_summary *sum,
		       const struct hd_summary_crash *crash)
{
	return is_since(sum, crash->last_ns, PAST_NS);
}

/**
 * hd_rank_is_crash_loop() - whether a program crashes again and again
 * @sum: the summary
 * @crash: its crashes
 */
bool hd_rank_is_crash_loop(const struct hd_summary *sum,
			   const struct hd_summary_crash *crash)
{
	return crash->count >= CRASHES && hd_rank_is_recent(sum, crash);
}
