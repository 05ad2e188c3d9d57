/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The counts of exited tasks: one row for each comm, for HD_EXITED_COMMS of them.  When
 * there are more, the counts of the lightest row move to the row of the rest, whose
 * comm is "", and its place is used again.  So the sums are always whole.
 */
#ifndef HD_EXITED_H
#define HD_EXITED_H

#include <linux/bitops.h>
#include "pure/render.h"
#include "store/calls.h"

#define HD_EXITED_COMMS	255
#define HD_EXITED_REST	HD_EXITED_COMMS
#define HD_EXITED_ROWS	(HD_EXITED_COMMS + 1)
#define HD_DEATHS	256u	/* the newest deaths, which are kept one by one */

struct hd_row;
struct hd_task;

/*
 * Adding up live and exited tasks.
 *
 * A task may exit while the totals of the host are added up: after it was read as live,
 * and before the exited tasks are read.  So a census marks each record that it has
 * counted, in hd_task.seen.  When a task exits, its counts are added to the row of its
 * comm and, for each census whose mark the record bears, to @dead of that census, which
 * is subtracted from the rows that the census reads.  The record and the rows change in
 * one step, so each census has each task in exactly one of the two.
 */
#define HD_CENSUSES	16

/*
 * In hd_task.seen, below the marks: the task is counted as exited.  The value fits a
 * byte, since arm64 casts a constant of xchg() to each size.
 */
#define HD_SEEN_ENDED	BIT(0)

/**
 * struct hd_census - a reader that adds up live and exited tasks
 * @mark: bit of the census in hd_task.seen; 0: it has none, see hd_census_begin()
 * @dead: HD_EXITED_ROWS rows: the exited tasks that the census has counted as live
 */
struct hd_census {
	u32 mark;
	struct hd_task_row *dead;
};

/**
 * struct hd_opens - the counts of an exited task's open files
 * @opens: number of files that it opened
 * @open_now: number of files that are still open
 * @closed: times of the files that were closed; NULL: the task has opened none
 */
struct hd_opens {
	u64 opens;
	u64 open_now;
	const struct hd_row *closed;
};

int hd_exited_init(void);
void hd_exited_exit(void);
void hd_exited_add(const char *comm, struct hd_task *task,
		   const struct hd_opens *opens);
void hd_census_begin(struct hd_census *census);
bool hd_census_count(const struct hd_census *census, struct hd_task *task, u64 id);
void hd_census_end(struct hd_census *census);
bool hd_death_read(u64 nth, struct hd_death_row *row);
u32 hd_death_calls(u64 nth, struct hd_recorded to[HD_CALLS_MOST]);
void hd_deaths_forget_recorded(void);
u64 hd_deaths_end(void);
void hd_exited_close(const char *comm, u64 ns);
void hd_exited_forget(const char *comm);
bool hd_exited_read(u32 index, const struct hd_census *census,
		    struct hd_task_row *row);
void hd_exited_reset(void);

#endif /* HD_EXITED_H */
