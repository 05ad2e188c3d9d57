/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Latency histograms: four buckets an octave, of equal width.  A bucket's
 * upper bound is at most 5/4 of its lower one, so the harmonic mean of the
 * two is within 1/9 (11.1 %) of any value in it; the contract says 12.5 %.
 *
 *   index        0      1    2    3    4    5    6   ...      169
 *   from      0 ns  16 ns   20   24   28   32   40   ...   2^46 ns
 *
 * Bucket 0 holds all durations below 2^4 ns, the last one all from 2^46 ns (19.5 h).
 *
 * There are two forms.  A hook fills struct hd_hist: 32-bit buckets, and a few
 * carry slots for buckets that wrapped, since a busy task makes more than 2^32
 * calls in an hour.  A reader works on struct hd_stat.
 */
#ifndef HD_HIST_H
#define HD_HIST_H

#include "pure/pure.h"

#define HD_HIST_MIN_SHIFT	4
#define HD_HIST_MIN_NS		16u	/* 2^HD_HIST_MIN_SHIFT */
#define HD_HIST_OCTAVES		42
#define HD_HIST_BUCKETS		(2 + 4 * HD_HIST_OCTAVES)
#define HD_HIST_CARRIES		4

/**
 * struct hd_carry - the wraps of a bucket
 * @bucket: its index
 * @wraps: number of wraps; 0: the slot is free
 */
struct hd_carry {
	u32 bucket : 8;
	u32 wraps : 24;
};

/**
 * struct hd_hist - a histogram as a hook fills it
 * @bucket: counts, modulo 2^32
 * @carry: the wraps, 2^32 events each, of the buckets that wrapped
 */
struct hd_hist {
	u32 bucket[HD_HIST_BUCKETS];
	struct hd_carry carry[HD_HIST_CARRIES];
};

/**
 * struct hd_stat - a histogram as a reader sees it
 * @count: events; the sum of @bucket where @valid
 * @sum_ns: sum of their durations
 * @max_ns: the longest duration, exact
 * @valid: @bucket is filled; false: no room was left for a histogram
 * @low: first bucket in use
 * @end: one past the last bucket in use; 0: none is
 * @bucket: counts; only those in use are initialized
 *
 * Most histograms use a few neighbouring buckets, so no function visits all of
 * them, not even to clear them: a bucket is zeroed when it comes into use.  A
 * histogram of zeroes, or one after hd_stat_clear(), is empty.
 */
struct hd_stat {
	u64 count;
	u64 sum_ns;
	u64 max_ns;
	bool valid;
	u8 low;
	u8 end;
	u64 bucket[HD_HIST_BUCKETS];
};

/**
 * hd_hist_in_octaves() - is a duration in neither the first bucket nor the last?
 * @ns: the duration
 */
static inline bool hd_hist_in_octaves(u64 ns)
{
	return ns - (1ull << HD_HIST_MIN_SHIFT) <
	       (1ull << (HD_HIST_MIN_SHIFT + HD_HIST_OCTAVES)) -
	       (1ull << HD_HIST_MIN_SHIFT);
}

/**
 * hd_hist_octave_index() - hd_hist_index() of a duration in the octaves
 * @ns: the duration; hd_hist_in_octaves() is true of it
 */
static inline u32 hd_hist_octave_index(u64 ns)
{
	u32 octave = __builtin_clzll(ns) ^ 63;	/* one instruction */

	/* the shifted duration is 4 .. 7 */
	return 4 * octave + (u32)(ns >> (octave - 2)) -
	       (4 * HD_HIST_MIN_SHIFT + 3);
}

/**
 * hd_hist_index() - the bucket that a duration belongs to
 * @ns: the duration
 *
 * Context: any; inline, since it is part of the hot path.
 * Return: 0 .. HD_HIST_BUCKETS - 1.
 */
static inline u32 hd_hist_index(u64 ns)
{
	if (hd_hist_in_octaves(ns))
		return hd_hist_octave_index(ns);
	return ns < 1u << HD_HIST_MIN_SHIFT ? 0 : HD_HIST_BUCKETS - 1;
}

void hd_hist_carry(struct hd_hist *hist, u32 index);

/**
 * hd_hist_count() - count one event
 * @hist: the histogram; only one context may write it at a time
 * @index: from hd_hist_index()
 *
 * Context: any.
 */
static inline void hd_hist_count(struct hd_hist *hist, u32 index)
{
	if (data_race(++hist->bucket[index]) == 0)
		hd_hist_carry(hist, index);
}

/**
 * hd_add() - add with saturation
 * @a: a sum; the times of ten thousand tasks pass 2^64 ns in three weeks
 * @b: the addend
 *
 * Return: the sum, or U64_MAX where that overflows.
 */
static inline u64 hd_add(u64 a, u64 b)
{
	return a + b < a ? ~0ull : a + b;
}

void hd_stat_widen(struct hd_stat *stat, u32 index);

/**
 * hd_stat_clear() - make a histogram empty
 * @stat: need not be initialized
 */
static inline void hd_stat_clear(struct hd_stat *stat)
{
	stat->count = 0;
	stat->sum_ns = 0;
	stat->max_ns = 0;
	stat->valid = true;
	stat->low = 0;
	stat->end = 0;
}

/**
 * hd_stat_bucket() - take a bucket into use
 * @stat: its histogram
 * @index: 0 .. HD_HIST_BUCKETS - 1
 *
 * Return: the bucket, to be added to; the caller adds to @stat->count as well.
 */
static inline u64 *hd_stat_bucket(struct hd_stat *stat, u32 index)
{
	if (!stat->end) {
		stat->low = index;
		stat->end = index + 1;
		stat->bucket[index] = 0;
	} else if (index < stat->low || index >= stat->end) {
		hd_stat_widen(stat, index);
	}
	return &stat->bucket[index];
}

u64 hd_hist_lower(u32 index);
void hd_stat_copy(struct hd_stat *to, const struct hd_stat *from);
void hd_stat_add(struct hd_stat *to, const struct hd_hist *from);
void hd_stat_merge(struct hd_stat *to, const struct hd_stat *from);
u64 hd_stat_percentile(const struct hd_stat *stat, u32 permille);

#endif /* HD_HIST_H */
