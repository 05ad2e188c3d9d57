/* SPDX-License-Identifier: GPL-2.0-only */
/* What the parts of "hostdiag top" share, and those parts. */
#ifndef HD_TOP_MODEL_H
#define HD_TOP_MODEL_H

#include "table/rates.h"
#include "util.h"

#define HD_TOP_MESSAGE	256

/**
 * struct hd_top - what it shows, and how
 * @table: what to show, and its lines; first, since it is the parser's input
 * @interval_ns: from one reading to the next
 * @count: how many of them; 0: no end
 * @snaps: the last two; of @nth, and the one before
 * @nth: the newest
 * @read: how many were read that can be compared with the newest, itself too
 * @rates: between the two; of the newest alone, since counting began
 * @message: what there is to say about the last reading; "": nothing
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
 * struct hd_top_key - which tasks a line is of
 * @by: what the table was rolled up by
 * @tid: HD_ABSENT: of the dead
 * @tgid: the same
 * @comm: as it is printed
 * @cgroup: as it is printed; NULL: not of a roll-up by that
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
