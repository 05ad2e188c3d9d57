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
 */
#ifndef HD_SUMMARY_H
#define HD_SUMMARY_H

#include "render.h"

#define HD_SUMMARY_LINES	40
#define HD_SUMMARY_COLUMNS	100
#define HD_SUMMARY_TOP		5

enum hd_summary_list {
	HD_SUMMARY_BUSY,	/* syscall time, idle waits left out */
	HD_SUMMARY_DSLEEP,
	HD_SUMMARY_ERRORS,
	HD_SUMMARY_HELD,	/* time that files were held, once released */
	HD_SUMMARY_OPEN,	/* files open now */
	HD_SUMMARY_EXITED,	/* comms by number of tasks that ended */
	HD_SUMMARY_LISTS,
};

/**
 * struct hd_summary_line - one of the worst
 * @tid: of the task; 0: the dead of @comm
 * @comm: raw bytes
 * @value: what the list is ordered by
 * @count: events behind it
 * @max_ns: the longest of them
 * @abi: table of @nr
 * @nr: the syscall that has the largest part in @value
 * @part: that part; of D sleep, the iowait
 */
struct hd_summary_line {
	u32 tid;
	char comm[HOSTDIAG_COMM_LEN];
	u64 value;
	u64 count;
	u64 max_ns;
	u32 abi;
	u32 nr;
	u64 part;
};

/**
 * struct hd_summary - what is kept while rows come by
 * @view: when it was taken, and what is missing
 * @tasks: live tasks seen
 * @exited: tasks that have ended
 * @calls: syscalls of all
 * @errors: failed ones
 * @d_ns: D sleep of all
 * @open_now: files open
 * @fed: the lists' lines of the task being fed
 * @top: the worst so far, the worst first
 * @used: lines in each list
 */
struct hd_summary {
	struct hd_view view;
	u64 tasks;
	u64 exited;
	u64 calls;
	u64 errors;
	u64 d_ns;
	u64 open_now;
	struct hd_summary_line fed[HD_SUMMARY_LISTS];
	struct hd_summary_line top[HD_SUMMARY_LISTS][HD_SUMMARY_TOP];
	u32 used[HD_SUMMARY_LISTS];
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
void hd_summary_print(struct hd_summary *sum, struct hd_out *out);

#endif /* HD_SUMMARY_H */
