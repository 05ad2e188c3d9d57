/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The summary, one screen for people: what is wrong now, what was wrong before, and
 * the file to read next.  The module's /proc file and the reader feed it row by
 * row, then print it.  It has at most 40 lines of 100 columns; ordinary events are
 * left out, so that a quiet host gets few lines.
 *
 * The order of feeding, which is that of a snapshot:
 *
 *	hd_summary_init()
 *	for each task: hd_summary_task(), then for its rows
 *		hd_summary_stuck(), hd_summary_syscall(), hd_summary_error(),
 *		hd_summary_place()
 *	hd_summary_exited(), hd_summary_open(), hd_summary_slow(),
 *	hd_summary_death(): for each row, the oldest first
 *	hd_summary_print()
 *
 * summary_feed.c makes lines of the rows, summary_list.c keeps the worst lines,
 * summary_rank.c decides which line is worse and which is worth printing, and
 * summary_text.c prints the lines.
 */
#ifndef HD_SUMMARY_H
#define HD_SUMMARY_H

#include "pure/blocked_tree.h"
#include "pure/render.h"

#define HD_SUMMARY_LINES	40
#define HD_SUMMARY_COLUMNS	100
#define HD_SUMMARY_KEPT		10	/* lines of a list; fewer are printed */
#define HD_SUMMARY_TEXT		48	/* of a path or a place, escaped */
#define HD_SUMMARY_COMMS	8	/* comms of ended tasks */
#define HD_SUMMARY_SLICES	8	/* slices of the window of growth */

#define HD_NS_PER_MS		1000000ull
#define HD_NS_PER_S		1000000000ull
#define HD_NS_PER_MIN		60000000000ull

/* The lists: the rows that make one line; the order of the lines */
enum hd_summary_list {
	HD_SUMMARY_STUCK,	/* comm x call x path; D first, then oldest */
	HD_SUMMARY_ERRORS,	/* comm x call x errno; by number of calls */
	HD_SUMMARY_OPEN,	/* comm; by files open */
	HD_SUMMARY_DSLEEP,	/* comm x place x device; by sum */
	HD_SUMMARY_SLOW,	/* comm x call x path; by the longest */
	HD_SUMMARY_HELD,	/* comm x path; by the longest */
	HD_SUMMARY_BUSY,	/* comm; by time in calls, waits for work left out */
	HD_SUMMARY_LISTS,
};

/* indices of hd_summary_line.part, by list; HD_SUMMARY_BUSY: parts of the time */
enum { HD_BUSY_CPU, HD_BUSY_RUNQ, HD_BUSY_D, HD_BUSY_LOCK, HD_SUMMARY_PARTS };
/* HD_SUMMARY_OPEN: number of files opened within the window of growth; of old ones */
enum { HD_OPEN_MORE, HD_OPEN_OLD };
/* HD_SUMMARY_DSLEEP: iowait */
enum { HD_DSLEEP_IOWAIT };
/* HD_SUMMARY_STUCK: number of rows whose begin was not seen: ages are estimates */
enum { HD_STUCK_BEFORE };
/*
 * HD_SUMMARY_ERRORS: open descriptors, for EMFILE; recent calls; the steady rate
 * now, and the peak, both in calls a slice
 */
enum { HD_ERRORS_OPEN, HD_ERRORS_RECENT, HD_ERRORS_STEADY, HD_ERRORS_PEAK };
/* urgency of HD_SUMMARY_ERRORS: is a resource exhausted, and does it go on? */
enum hd_error_urgency {
	HD_ERRORS_OVER, HD_ERRORS_GOING, HD_SCARCE_OVER, HD_SCARCE_GOING,
};

/**
 * struct hd_summary_line - one of the worst: rows of the same kind together
 * @key: hash of what they have in common
 * @value: orders lines of the same @urgency: a sum, or the longest
 * @most: the largest share of one row, which gave @tid, @abi, @nr, @error,
 *	@what and @place
 * @count: number of events
 * @max_ns: the longest of these; of errors, the time of the peak
 * @last_ns: time of the last one
 * @part: see the enums above
 * @tid: the worst task; 0: exited tasks of @comm
 * @tasks: number of tasks; 0: several
 * @urgency: lines of higher urgency come first
 * @abi: table of @nr
 * @nr: the syscall
 * @error: its errno
 * @fd: its descriptor; -1: not known
 * @slices: slices of the window of growth that have files: a bit each
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
 * struct hd_summary_dead - the newest deaths of a comm
 * @comm: raw bytes
 * @count: number of deaths
 * @ppid: the candidate for the parent of more than half of them
 * @votes: deaths with that parent, less those with another
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
 * @count: number of crashes; 0: the entry is free
 * @signal: signal that killed the last one
 * @ppid: parent of the last one
 * @first_ns: time of the first crash
 * @last_ns: time of the last crash
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
 * struct hd_summary_host - what the caller can find out of the host besides the rows
 * @limit: the limit that makes a call of a task fail: "open files 1024 of 1024";
 *	false: none is known
 * @name: the name of the process that had this number at a time, escaped; false: it
 *	is gone, and its number may be another one's now
 */
struct hd_summary_host {
	bool (*limit)(u32 tid, u32 error, const char *call, char *buf, size_t size);
	bool (*name)(u32 pid, u64 when_ns, char *buf, size_t size);
};

/**
 * struct hd_summary - the state of a summary while rows are fed
 * @view: head of the reading
 * @elapsed_ns: time since the start of counting
 * @grow_from_ns: the least age of a file in the window of growth
 * @grow_until_ns: the age at which the window ends
 * @slice_ns: of errors, see struct hd_recent_row
 * @recent_ns: of errors, see struct hd_recent_row
 * @tasks: live tasks seen
 * @exited: tasks that have ended
 * @calls: syscalls of all tasks
 * @errors: syscalls that failed
 * @d_ns: D sleep of all tasks
 * @open_now: open files
 * @in_d: tasks in D now
 * @stuck: tasks that are stuck now
 * @deaths: number of newest deaths that were fed
 * @death_first_ns: time of the first of them
 * @death_last_ns: time of the last of them
 * @fed_open: open files of the task that was fed last
 * @fed_dsleep: line of that task in HD_SUMMARY_DSLEEP
 * @fed_busy: line of that task in HD_SUMMARY_BUSY
 * @list: the worst lines so far, unsorted
 * @used: lines in each list
 * @dead: the newest deaths, by comm
 * @crash: crashes among the newest deaths, by comm
 * @oom: processes among the newest deaths that the OOM killer killed
 * @worst: the worst root of waits in the kernel; often nobody
 * @told: the caller's lines about the worst root, instead of @worst; NULL: none
 * @stalls: acts of the ledger that others may wait for now
 * @host: asked while the summary is printed, which adds a line for each limit;
 *	NULL: there is only what was fed
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
	struct hd_stalls stalls;
	const struct hd_summary_host *host;
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
