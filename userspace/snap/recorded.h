/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of "hostdiag record": compressed snapshots, named by their time in UTC.
 * Slow events that an earlier snapshot has are left out.
 */
#ifndef HD_RECORDED_H
#define HD_RECORDED_H

#include "snap/snapshot.h"
#include "util.h"

#define HD_RECORDED_LEN	sizeof("20261121T160509.123Z.snap")

void hd_recorded_name(u64 wall_ns, char name[HD_RECORDED_LEN]);
bool hd_recorded_list(const char *dir, struct hd_lines *names);

/**
 * struct hd_trim - the slow events recorded so far
 * @since_ns: start of counting; the sequence numbers of events restart with it
 * @next_seq: sequence number of the first event that was not recorded
 * @now_ns: time of the last snapshot
 */
struct hd_trim {
	u64 since_ns;
	u64 next_seq;
	u64 now_ns;
};

u8 *hd_trim(struct hd_trim *trim, const struct hd_snapshot *snap, size_t *size);

#endif /* HD_RECORDED_H */
