/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What stays of the dead: one row a comm, for HD_EXITED_COMMS of them.  When
 * there are more, the lightest makes room, and what it held moves to the row
 * of the rest, whose comm is "".  So the sums are always whole.
 */
#ifndef HD_EXITED_H
#define HD_EXITED_H

#include <linux/bitops.h>
#include "pure/render.h"

#define HD_EXITED_COMMS	255
#define HD_EXITED_REST	HD_EXITED_COMMS
#define HD_EXITED_ROWS	(HD_EXITED_COMMS + 1)
#define HD_DEATHS	256u	/* the newest of them singly */

struct hd_row;
struct hd_task;

/*
 * Adding up the live and the dead.
 *
 * A task may end while its host's totals are added up: after it was read as a
 * live one, and before the dead are.  So a census marks each record that it has
 * counted, in hd_task.seen.  When a task ends, its counts are added to the dead
 * and, for each census whose mark its record bears, to that census's @dead, which
 * is taken off what it reads of the dead.  Record and dead change in one step, so
 * that each task is in exactly one of the two for each census.
 */
#define HD_CENSUSES	16

/*
 * In hd_task.seen, below the marks: the task's counts are among the dead.  It is
 * within a byte, since arm64 casts a constant of xchg() to each size there is.
 */
#define HD_SEEN_ENDED	BIT(0)

/**
 * struct hd_census - a reader that adds up the live and the dead
 * @mark: its bit in hd_task.seen; 0: it has none, see hd_census_begin()
 * @dead: HD_EXITED_ROWS rows: those of the dead that it has counted as live
 */
struct hd_census {
	u32 mark;
	struct hd_task_row *dead;
};

/**
 * struct hd_opens - what a task's open files come to, when it dies
 * @opens: made
 * @open_now: still open
 * @closed: those closed; NULL: it never opened one
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
u64 hd_deaths_end(void);
void hd_exited_close(const char *comm, u64 ns);
void hd_exited_forget(const char *comm);
bool hd_exited_read(u32 index, const struct hd_census *census,
		    struct hd_task_row *row);
void hd_exited_reset(void);

#endif /* HD_EXITED_H */
