/* SPDX-License-Identifier: GPL-2.0-only */
/* A snapshot without the slow events that an earlier one has. */
#ifndef HD_TRIM_H
#define HD_TRIM_H

#include "snap/snapshot.h"

/**
 * struct hd_trim - what was kept so far
 * @since_ns: start of counting; the numbers of events begin anew with it
 * @next_seq: number of the first event that was not
 */
struct hd_trim {
	u64 since_ns;
	u64 next_seq;
};

u8 *hd_trim(struct hd_trim *trim, const struct hd_snapshot *snap, size_t *size);

#endif /* HD_TRIM_H */
