// SPDX-License-Identifier: GPL-2.0-only
/* How often something happens now; see recent.h. */
#include "recent.h"

static u32 smaller(u32 a, u32 b)
{
	return a < b ? a : b;
}

static u32 larger(u32 a, u32 b)
{
	return a < b ? b : a;
}

/**
 * hd_recent_steady() - what was kept up in three of four slices
 * @slice: how many in each, in any order
 *
 * Return: the third largest of them.
 */
u32 hd_recent_steady(const u32 slice[HOSTDIAG_SLICES])
{
	return smaller(larger(smaller(slice[0], slice[1]),
			      smaller(slice[2], slice[3])),
		       smaller(larger(slice[0], slice[1]),
			       larger(slice[2], slice[3])));
}

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
	u32 i, passed = smaller(now - recent->newest, HOSTDIAG_SLICES);

	if (steady && steady >= recent->peak) {
		hd_sole_writer(recent->peak = steady);
		hd_sole_writer(recent->peak_at = recent->newest);
	}
	for (i = 0; i < passed; i++)
		hd_sole_writer(recent->slice[(now - i) % HOSTDIAG_SLICES] = 0);
	hd_sole_writer(recent->newest = now);
}

/**
 * hd_recent_read() - copy what was of late; not the times
 * @recent: its owner may be writing
 * @now: number of the slice
 * @to: where to
 *
 * Return: how many slices ago the peak was, where there is one.
 */
u32 hd_recent_read(const struct hd_recent *recent, u32 now,
		   struct hd_recent_row *to)
{
	u32 newest = hd_read_once(recent->newest), slice[HOSTDIAG_SLICES];
	u32 i, steady, peak_at = hd_read_once(recent->peak_at);

	if (now == newest - 1)
		now = newest;
	for (i = 0; i < HOSTDIAG_SLICES; i++)
		slice[i] = hd_read_once(recent->slice[(newest - i) %
						      HOSTDIAG_SLICES]);
	memset(to->slice, 0, sizeof(to->slice));
	for (i = now - newest; i < HOSTDIAG_SLICES; i++)
		to->slice[i] = slice[i - (now - newest)];

	/* nothing has come since that would have ended it */
	to->peak = hd_read_once(recent->peak);
	steady = hd_recent_steady(slice);
	if (steady && steady >= to->peak) {
		to->peak = steady;
		peak_at = newest;
	}
	return now - peak_at;
}
