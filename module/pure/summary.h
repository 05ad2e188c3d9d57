/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one screen for eyes: what is wrong now, what was wrong before, and the
 * file to read next.  Pure: fed row by row by the module's /proc file and by
 * the reader, then printed.  At most 40 lines of 100 columns; what is
 * ordinary is left out, so that a quiet host gets few.
 *
 * The order of feeding, which is that of a snapshot:
 *
 *	hd_summary_init()
 *	for each task: hd_summary_task(), then what it has of
 *		hd_summary_stuck(), hd_summary_syscall(), hd_summary_error(),
 *		hd_summary_place()
 *	hd_summary_exited(), hd_summary_open(), hd_summary_slow(),
 *	hd_summary_death(): each of them, the oldest first
 *	hd_summary_print()
 *
 * summary_feed.c makes lines of what it is fed, summary_list.c keeps the worst
 * of them, summary_rank.c says what is worse, and what is worth a line, and
 * summary_text.c puts the lines into words.
 */
#ifndef HD_SUMMARY_H
#define HD_SUMMARY_H

#include "pure/blocked_tree.h"
#include "pure/render.h"

#define HD_SUMMARY_LINES	40
#define HD_SUMMARY_COLUMNS	100
#define HD_SUMMARY_KEPT		10	/* lines of a list; fewer are printed */
#define HD_SUMMARY_TEXT		48	/* of a path or a place, escaped */
#define HD_SUMMARY_COMMS	8	/* of the dead */
#define HD_SUMMARY_SLICES	8	/* of the window of growth */

#define HD_NS_PER_MS		1000000ull
#define HD_NS_PER_S		1000000000ull
#define HD_NS_PER_MIN		60000000000ull

/* What a line is in each list: what is one line, and what orders them */
enum hd_summary_list {
	HD_SUMMARY_STUCK,	/* comm x call x path; D first, then oldest */
	HD_SUMMARY_ERRORS,	/* comm x call x errno; by number */
	HD_SUMMARY_OPEN,	/* comm; by files open */
	HD_SUMMARY_DSLEEP,	/* comm x place x device; by sum */
	HD_SUMMARY_SLOW,	/* comm x call x path; by the longest */
	HD_SUMMARY_HELD,	/* comm x path; by the longest */
	HD_SUMMARY_BUSY,	/* comm; by time in calls, waits for work left out */
	HD_SUMMARY_LISTS,
};

/* hd_summary_line.part of HD_SUMMARY_BUSY: where the time went */
enum { HD_BUSY_CPU, HD_BUSY_RUNQ, HD_BUSY_D, HD_BUSY_LOCK, HD_SUMMARY_PARTS };
/* of HD_SUMMARY_OPEN: files opened within the window of growth, and old ones */
enum { HD_OPEN_MORE, HD_OPEN_OLD };
/* of HD_SUMMARY_DSLEEP */
enum { HD_DSLEEP_IOWAIT };
/* of HD_SUMMARY_STUCK: how many whose begin was not seen: the ages are estimates */
enum { HD_STUCK_BEFORE };
/*
 * of HD_SUMMARY_ERRORS: descriptors open, of EMFILE; how many of late, and,
 * in a slice of time, how many now as a steady rate, and at its peak
 */
enum { HD_ERRORS_OPEN, HD_ERRORS_RECENT, HD_ERRORS_STEADY, HD_ERRORS_PEAK };
/* its urgency: of what is scarce, and of other things; is it going on? */
enum hd_error_urgency {
	HD_ERRORS_OVER, HD_ERRORS_GOING, HD_SCARCE_OVER, HD_SCARCE_GOING,
};

/**
 * struct hd_summary_line - one of the worst: rows of the same kind together
 * @key: hash of what they have in common
 * @value: what orders them, after @urgency: a sum, or the longest
 * @most: the largest share of one row, which gave @tid, @abi, @nr, @error,
 *	@what and @place
 * @count: events behind them
 * @max_ns: the longest of these; of errors, when they were at their peak
 * @last_ns: when the last one was
 * @part: by list
 * @tid: of the worst task; 0: of the dead of @comm
 * @tasks: how many tasks; 0: several
 * @urgency: higher ones come first
 * @abi: table of @nr
 * @nr: the syscall
 * @error: its errno
 * @fd: its descriptor; -1: not known
 * @slices: of the window of growth, in which there are files: a bit each
 * @comm: raw bytes
 * @what: end of a path, or a device; escaped; "": not known
 * @place: beginning of a place, whole functions; escaped; "": not known
 */
struct hd_summary_line {
	u64 key;
	u64 value;
	u64 most;
	u64 count;
	u64 max_ns;
	u64 last_ns;
	u64 part[HD_SUMMARY_PARTS];
	u32 tid;
	u32 tasks;
	u32 urgency;
	u32 abi;
	u32 nr;
	u32 error;
	s32 fd;
	u32 slices;
	char comm[HOSTDIAG_COMM_LEN];
	char what[HD_SUMMARY_TEXT];
	char place[HD_SUMMARY_TEXT];
};

/**
 * struct hd_summary_dead - the newest dead of a comm
 * @comm: raw bytes
 * @count: how many
 * @ppid: the parent of most, if one parent has most
 * @votes: for @ppid, less those for others
 */
struct hd_summary_dead {
	char comm[HOSTDIAG_COMM_LEN];
	u32 count;
	u32 ppid;
	u32 votes;
};

/**
 * struct hd_summary_crash - processes of a comm that crashed, of the newest dead
 * @comm: raw bytes
 * @count: how many; 0: there is none
 * @signal: that the last one died of
 * @ppid: parent of the last one
 * @first_ns: when the first one did
 * @last_ns: when the last one did
 */
struct hd_summary_crash {
	char comm[HOSTDIAG_COMM_LEN];
	u32 count;
	u32 signal;
	u32 ppid;
	u64 first_ns;
	u64 last_ns;
};

/**
 * struct hd_summary - what is kept while rows come by
 * @view: when it was taken, and what is missing
 * @elapsed_ns: time counted
 * @grow_from_ns: files of this age, and
 * @grow_until_ns: up to this one, tell how many a comm has more by the minute
 * @slice_ns: of errors, as struct hd_recent_row has it
 * @recent_ns: the same
 * @tasks: live tasks seen
 * @exited: tasks that have ended
 * @calls: syscalls of all
 * @errors: failed ones
 * @d_ns: D sleep of all
 * @open_now: files open
 * @in_d: tasks in D now
 * @stuck: tasks that are stuck now
 * @deaths: the newest deaths
 * @death_first_ns: the first of them
 * @death_last_ns: the last
 * @fed_open: files open of the task that was fed last
 * @fed_dsleep: line of that task
 * @fed_busy: line of that task
 * @list: the worst so far, in no order
 * @used: lines in each list
 * @dead: comms of the newest deaths
 * @crash: of the newest deaths
 * @oom: those that were killed for want of memory: how many, whom and when last
 * @worst: who keeps others waiting in the kernel; nobody, most often
 * @told: of whoever knows more than @worst tells: lines about that; NULL: nobody
 */
struct hd_summary {
	struct hd_view view;
	u64 elapsed_ns;
	u64 grow_from_ns;
	u64 grow_until_ns;
	u64 slice_ns;
	u64 recent_ns;
	u64 tasks;
	u64 exited;
	u64 calls;
	u64 errors;
	u64 d_ns;
	u64 open_now;
	u64 in_d;
	u64 stuck;
	u64 deaths;
	u64 death_first_ns;
	u64 death_last_ns;
	u64 fed_open;
	struct hd_summary_line fed_dsleep;
	struct hd_summary_line fed_busy;
	struct hd_summary_line list[HD_SUMMARY_LISTS][HD_SUMMARY_KEPT];
	u32 used[HD_SUMMARY_LISTS];
	struct hd_summary_dead dead[HD_SUMMARY_COMMS];
	struct hd_summary_crash crash[HD_SUMMARY_COMMS];
	struct hd_summary_crash oom;
	struct hd_blocked_root worst;
	const char *told;
};

void hd_summary_init(struct hd_summary *sum, const struct hd_view *view);
void hd_summary_task(struct hd_summary *sum, const struct hd_task_row *task);
void hd_summary_stuck(struct hd_summary *sum, const struct hd_stuck_row *row);
void hd_summary_syscall(struct hd_summary *sum,
			const struct hd_syscall_row *row);
void hd_summary_error(struct hd_summary *sum, const struct hd_error_row *row);
void hd_summary_place(struct hd_summary *sum, const struct hd_place_row *row);
void hd_summary_exited(struct hd_summary *sum, const struct hd_task_row *dead);
void hd_summary_open(struct hd_summary *sum, const struct hd_open_row *row);
void hd_summary_slow(struct hd_summary *sum, const struct hd_slow_row *row);
void hd_summary_death(struct hd_summary *sum, const struct hd_death_row *row);
void hd_summary_flush(struct hd_summary *sum);
void hd_summary_print(struct hd_summary *sum, struct hd_out *out);

#endif /* HD_SUMMARY_H */
