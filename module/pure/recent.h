/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How often something happens now, rather than on the average of days: it is
 * counted in slices of time of two to four seconds, of which the newest four
 * are kept.
 *
 *	... |  301  |  299  |  302  |  57
 *	                            ^ the newest slice, which is not over
 *
 * A rate is steady where it was kept up in three of four slices: a burst, of
 * a program that starts, is over in one, or in two that it happens to touch.
 * The highest such rate so far, the peak, tells of the storm that is over.
 *
 * Pure: slices come as numbers, whatever the clock.
 */
#ifndef HD_RECENT_H
#define HD_RECENT_H

#include "pure/pure.h"
#include "uapi/hostdiag.h"

/**
 * struct hd_recent - how often of late, as a hook counts it
 * @slice: by the lowest bits of its number
 * @newest: number of the newest slice
 * @peak: what hd_recent_steady() was at most
 * @peak_at: number of the slice that ended it
 */
struct hd_recent {
	u32 slice[HOSTDIAG_SLICES];
	u32 newest;
	u32 peak;
	u32 peak_at;
};

/**
 * struct hd_recent_row - the same, as it is read
 * @slice_ns: length of a slice; 0: nothing is known
 * @recent_ns: time that the slices cover
 * @slice: how many in each, the newest one first
 * @peak: as above
 * @peak_ns: when it was, to a slice; 0: there was none
 */
struct hd_recent_row {
	u64 slice_ns;
	u64 recent_ns;
	u32 slice[HOSTDIAG_SLICES];
	u32 peak;
	u64 peak_ns;
};

static inline u32 hd_smaller(u32 a, u32 b)
{
	return a > b ? b : a;
}

static inline u32 hd_larger(u32 a, u32 b)
{
	return a < b ? b : a;
}

/**
 * hd_recent_steady() - what was kept up in three of four slices
 * @slice: how many in each, in any order
 *
 * Return: the third largest of them.
 */
static inline u32 hd_recent_steady(const u32 slice[HOSTDIAG_SLICES])
{
	u32 low01 = hd_smaller(slice[0], slice[1]);
	u32 low23 = hd_smaller(slice[2], slice[3]);
	u32 high01 = hd_larger(slice[0], slice[1]);
	u32 high23 = hd_larger(slice[2], slice[3]);

	return hd_smaller(hd_larger(low01, low23), hd_smaller(high01, high23));
}

u64 hd_recent_sum(const struct hd_recent_row *row);
void hd_recent_turn(struct hd_recent *recent, u32 now);

/**
 * hd_recent_count() - it has happened once more
 * @recent: the caller is its only writer
 * @now: number of the slice
 *
 * Context: any.
 */
static inline void hd_recent_count(struct hd_recent *recent, u32 now)
{
	/* the clock of another CPU may be a moment behind */
	if (now != recent->newest && now != recent->newest - 1)
		hd_recent_turn(recent, now);
	data_race(recent->slice[recent->newest % HOSTDIAG_SLICES]++);
}

/* how many there were in the slice of that number */
static inline u32 hd_recent_slice(const struct hd_recent *recent, u32 newest,
				  u32 number)
{
	return newest - number < HOSTDIAG_SLICES ?
	       hd_read_once(recent->slice[number % HOSTDIAG_SLICES]) : 0;
}

/**
 * hd_recent_read() - copy what was of late
 * @recent: its owner may be writing
 * @now: number of the slice, about now
 * @slice: how many in each, the newest one first
 * @peak: what was kept up at most
 *
 * Inline, for tens of thousands of them.
 *
 * Return: how many slices ago the peak was, where there is one.
 */
static inline u32 hd_recent_read(const struct hd_recent *recent, u32 now,
				 u32 slice[HOSTDIAG_SLICES], u32 *peak)
{
	u32 newest = hd_read_once(recent->newest), steady;
	u32 peak_at = hd_read_once(recent->peak_at);

	/* it may be newer than what the reader takes for now */
	if (newest - now < HOSTDIAG_SLICES)
		now = newest;
	slice[0] = hd_recent_slice(recent, newest, now);
	slice[1] = hd_recent_slice(recent, newest, now - 1);
	slice[2] = hd_recent_slice(recent, newest, now - 2);
	slice[3] = hd_recent_slice(recent, newest, now - 3);

	/* nothing has come since that would have ended it */
	*peak = hd_read_once(recent->peak);
	steady = data_race(hd_recent_steady(recent->slice));
	if (steady && steady >= *peak) {
		*peak = steady;
		peak_at = newest;
	}
	return now - peak_at;
}

#endif /* HD_RECENT_H */
