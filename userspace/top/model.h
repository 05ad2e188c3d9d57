/* SPDX-License-Identifier: GPL-2.0-only */
/* The model that the parts of "hostdiag top" share, and their functions. */
#ifndef HD_TOP_MODEL_H
#define HD_TOP_MODEL_H

#include "table/rates.h"
#include "util.h"

#define HD_TOP_MESSAGE	256

/**
 * struct hd_top - state of "hostdiag top"
 * @table: the table; the first member
 * @interval_ns: time between two readings
 * @count: number of intervals; 0: unlimited
 * @snaps: the last two snapshots
 * @nth: index of the newest one
 * @read: number of snapshots that can be compared with the newest, including it
 * @rates: between the two; with one snapshot only, since counting began
 * @message: message about the last reading; "": none
 */
struct hd_top {
	struct hd_table table;
	u64 interval_ns;
	u32 count;
	struct hd_snapshot snaps[2];
	u32 nth;
	u32 read;
	struct hd_rates rates;
	char message[HD_TOP_MESSAGE];
};

/**
 * struct hd_top_key - identity of a line
 * @by: the key of the roll-up
 * @tid: number of the task; HD_ABSENT: exited tasks
 * @tgid: number of the process; HD_ABSENT: exited tasks
 * @comm: as it is printed
 * @cgroup: as it is printed; NULL: the table is not rolled up by it
 */
struct hd_top_key {
	enum hd_by by;
	u64 tid;
	u64 tgid;
	char *comm;
	char *cgroup;
};

bool hd_top_read(struct hd_top *top);
void hd_top_open(struct hd_top *top, struct hd_delta *delta);
void hd_top_fill(struct hd_top *top);
void hd_top_print(struct hd_top *top);
const char *hd_top_clock(const struct hd_top *top, char buf[16]);
void hd_top_key_set(struct hd_top_key *key, enum hd_by by,
		    const union hd_cell *cell);
bool hd_top_key_is(const struct hd_top_key *key, const union hd_cell *cell);

/* in live.c */
int hd_top_live(struct hd_top *top);

/* in task.c */
void hd_top_task(struct hd_top *top, const struct hd_top_key *key, u32 kind,
		 struct hd_lines *lines);

#endif /* HD_TOP_MODEL_H */
