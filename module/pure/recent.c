// SPDX-License-Identifier: GPL-2.0-only
/* The present rate of events; see recent.h. */
#include "pure/recent.h"

/**
 * hd_recent_sum() - the number of events in all slices
 * @row: its @recent_ns is the time that they cover
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
 * hd_recent_turn() - begin a new slice
 * @recent: its newest slice is over
 * @now: number of the new slice; unrelated to the last one after a change of clock
 *
 * Context: any; only the owner may call it.
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
