/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of "hostdiag record": snapshots, named by their time in UTC, without
 * the slow events that an earlier one has, and compressed.
 */
#ifndef HD_RECORDED_H
#define HD_RECORDED_H

#include "snap/snapshot.h"
#include "util.h"

#define HD_RECORDED_LEN	sizeof("20261121T160509.123Z.snap")

void hd_recorded_name(u64 wall_ns, char name[HD_RECORDED_LEN]);
bool hd_recorded_list(const char *dir, struct hd_lines *names);

/**
 * struct hd_trim - what was kept so far
 * @since_ns: start of counting; the numbers of events begin anew with it
 * @next_seq: number of the first event that was not
 * @now_ns: when that snapshot was taken
 */
struct hd_trim {
	u64 since_ns;
	u64 next_seq;
	u64 now_ns;
};

u8 *hd_trim(struct hd_trim *trim, const struct hd_snapshot *snap, size_t *size);

#endif /* HD_RECORDED_H */
