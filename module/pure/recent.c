// SPDX-License-Identifier: GPL-2.0-only
/* How often something happens now; see recent.h. */
#include "pure/recent.h"

/**
 * hd_recent_sum() - how many there were in the slices
 * @row: that time is in its recent_ns
 */
u64 hd_recent_sum(const struct hd_recent_row *row)
{
	u64 sum = 0;
	u32 i;

	for (i = 0; i < HOSTDIAG_SLICES; i++)
		sum += row->slice[i];
	return sum;
}

/**
 * hd_recent_turn() - go to another slice
 * @recent: its newest one is over
 * @now: number of the slice; of another clock, if it has been changed
 *
 * Context: any; the owner only.
 */
void hd_recent_turn(struct hd_recent *recent, u32 now)
{
	u32 steady = hd_recent_steady(recent->slice);
	u32 i, passed = hd_smaller(now - recent->newest, HOSTDIAG_SLICES);

	if (steady && steady >= recent->peak) {
		data_race(recent->peak = steady);
		data_race(recent->peak_at = recent->newest);
	}
	for (i = 0; i < passed; i++)
		data_race(recent->slice[(now - i) % HOSTDIAG_SLICES] = 0);
	data_race(recent->newest = now);
}
