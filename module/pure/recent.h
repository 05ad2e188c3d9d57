/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The present rate of events, rather than their average over days.  Events are
 * counted in slices of two to four seconds, of which the newest four are kept.
 *
 *	... |  301  |  299  |  302  |  57
 *	                            ^ the newest slice, which is not over
 *
 * A rate is steady if it was kept up in three of the four slices.  A burst, such
 * as that of a program that starts, fills one slice, or two where it lies across
 * their border.  The peak is the highest steady rate so far; it shows a storm of
 * errors after it has ended.
 *
 * The caller converts times to numbers of slices, so any clock will do.
 */
#ifndef HD_RECENT_H
#define HD_RECENT_H

#include "pure/pure.h"
#include "uapi/hostdiag.h"

/**
 * struct hd_recent - recent events, as a hook counts them
 * @slice: events in each slice, by the lowest bits of its number
 * @newest: number of the newest slice
 * @peak: the largest result of hd_recent_steady() so far
 * @peak_at: number of the last slice of the peak
 */
struct hd_recent {
	u32 slice[HOSTDIAG_SLICES];
	u32 newest;
	u32 peak;
	u32 peak_at;
};

/**
 * struct hd_recent_row - recent events, as a reader sees them
 * @slice_ns: length of a slice; 0: not known
 * @recent_ns: time that the slices cover
 * @slice: events in each slice, the newest first
 * @peak: as in struct hd_recent
 * @peak_ns: time of the peak, exact to a slice; 0: there was none
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
 * hd_recent_steady() - the number of events a slice that was kept up in three of four
 * @slice: events in each slice, in any order
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
 * hd_recent_count() - count an event
 * @recent: the caller is its only writer
 * @now: number of the present slice
 *
 * Context: any.
 */
static inline void hd_recent_count(struct hd_recent *recent, u32 now)
{
	/* the clock of another CPU may be slightly behind */
	if (now != recent->newest && now != recent->newest - 1)
		hd_recent_turn(recent, now);
	data_race(recent->slice[recent->newest % HOSTDIAG_SLICES]++);
}

/* Return: the events in the slice of that number; 0 where it is not kept. */
static inline u32 hd_recent_slice(const struct hd_recent *recent, u32 newest,
				  u32 number)
{
	return newest - number < HOSTDIAG_SLICES ?
	       hd_read_once(recent->slice[number % HOSTDIAG_SLICES]) : 0;
}

/**
 * hd_recent_read() - read recent events
 * @recent: its owner may write it meanwhile
 * @now: number of the present slice, or of one a moment ago
 * @slice: filled with the events in each slice, the newest first
 * @peak: set to the peak
 *
 * Inline, since a reader calls it for tens of thousands of rows.
 *
 * Return: how many slices ago the peak was, where there is one.
 */
static inline u32 hd_recent_read(const struct hd_recent *recent, u32 now,
				 u32 slice[HOSTDIAG_SLICES], u32 *peak)
{
	u32 newest = hd_read_once(recent->newest), steady;
	u32 peak_at = hd_read_once(recent->peak_at);

	/* the owner may have begun a slice after the reader read the clock */
	if (newest - now < HOSTDIAG_SLICES)
		now = newest;
	slice[0] = hd_recent_slice(recent, newest, now);
	slice[1] = hd_recent_slice(recent, newest, now - 1);
	slice[2] = hd_recent_slice(recent, newest, now - 2);
	slice[3] = hd_recent_slice(recent, newest, now - 3);

	/* no event has come since that would have recorded the peak */
	*peak = hd_read_once(recent->peak);
	steady = data_race(hd_recent_steady(recent->slice));
	if (steady && steady >= *peak) {
		*peak = steady;
		peak_at = newest;
	}
	return now - peak_at;
}

#endif /* HD_RECENT_H */
