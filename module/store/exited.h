/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What stays of the dead: one row a comm, for HD_EXITED_COMMS of them.  When
 * there are more, the lightest makes room, and what it held moves to the row
 * of the rest, whose comm is "".  So the sums are always whole.
 */
#ifndef HD_EXITED_H
#define HD_EXITED_H

#include "pure/render.h"

#define HD_EXITED_COMMS	255
#define HD_EXITED_REST	HD_EXITED_COMMS
#define HD_EXITED_ROWS	(HD_EXITED_COMMS + 1)
#define HD_DEATHS	256u	/* the newest of them singly */

struct hd_row;
struct hd_task;

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
void hd_exited_add(const char *comm, const struct hd_task *task,
		   const struct hd_opens *opens);
bool hd_death_read(u64 nth, struct hd_death_row *row);
u64 hd_deaths_end(void);
void hd_exited_close(const char *comm, u64 ns);
void hd_exited_forget(const char *comm);
bool hd_exited_read(u32 index, struct hd_task_row *row);
void hd_exited_reset(void);

#endif /* HD_EXITED_H */
