// SPDX-License-Identifier: GPL-2.0-only
/* Histograms: count, add, percentiles; hist.h describes the buckets. */
#include "pure/hist.h"

#define WRAPS_MAX	((1u << 24) - 1)
#define STEP		10	/* buckets; it divides HD_HIST_BUCKETS */

/**
 * hd_hist_carry() - note that a bucket has wrapped
 * @hist: the histogram
 * @index: the bucket, which is 0 now
 *
 * Without a free carry slot the bucket stays at its largest count.  A reader that
 * comes between the wrap and this call misses 2^32 events once.
 *
 * Context: any.
 */
void hd_hist_carry(struct hd_hist *hist, u32 index)
{
	struct hd_carry *slot;
	u32 i;

	for (i = 0; i < HD_HIST_CARRIES; i++) {
		slot = &hist->carry[i];
		if (!slot->wraps) {
			*slot = (struct hd_carry){ .bucket = index, .wraps = 1 };
			return;
		}
		if (slot->bucket != index)
			continue;
		if (slot->wraps == WRAPS_MAX)
			break;
		slot->wraps++;
		return;
	}
	hist->bucket[index] = ~0u;
}

/**
 * hd_hist_lower() - the lower bound of a bucket
 * @index: 0 .. HD_HIST_BUCKETS - 1
 *
 * Return: the shortest duration that hd_hist_index() puts there, in nanoseconds.
 */
u64 hd_hist_lower(u32 index)
{
	u32 octave;

	if (!index)
		return 0;
	octave = HD_HIST_MIN_SHIFT + (index - 1) / 4;
	return (4ull + (index - 1) % 4) << (octave - 2);
}

/**
 * hd_stat_widen() - take a bucket into use outside of the range in use
 * @stat: its histogram, which has other buckets in use
 * @index: 0 .. HD_HIST_BUCKETS - 1
 */
void hd_stat_widen(struct hd_stat *stat, u32 index)
{
	while (stat->low > index)
		stat->bucket[--stat->low] = 0;
	while (stat->end <= index)
		stat->bucket[stat->end++] = 0;
}

/**
 * hd_stat_copy() - copy the used part of a histogram
 * @to: need not be initialized
 * @from: the histogram
 */
void hd_stat_copy(struct hd_stat *to, const struct hd_stat *from)
{
	memcpy(to, from, offsetof(struct hd_stat, bucket));
	memcpy(&to->bucket[from->low], &from->bucket[from->low],
	       (from->end - from->low) * sizeof(from->bucket[0]));
}

static bool any_of(const u32 *bucket)
{
	u64 pair[STEP / 2];

	/* a count that comes meanwhile need not be seen */
	data_race(memcpy(pair, bucket, sizeof(pair)));
	return pair[0] | pair[1] | pair[2] | pair[3] | pair[4];
}

static u64 add_step(struct hd_stat *to, const struct hd_hist *from, u32 first)
{
	u64 added = 0;
	u32 i, one;

	for (i = first; i < first + STEP; i++) {
		one = hd_read_once(from->bucket[i]);
		if (one)
			*hd_stat_bucket(to, i) += one;
		added += one;
	}
	return added;
}

/**
 * hd_stat_add() - add a hook's histogram to one for readers
 * @to: its buckets and count grow by the same; sum_ns and max_ns stay
 * @from: a hook may write it meanwhile
 *
 * This runs when a task exits, and most buckets of most tasks are empty, so they
 * are tested ten at a time.
 */
void hd_stat_add(struct hd_stat *to, const struct hd_hist *from)
{
	struct hd_carry carry;
	u64 added = 0;
	u32 i;

	for (i = 0; i < HD_HIST_BUCKETS; i += STEP)
		if (any_of(&from->bucket[i]))
			added += add_step(to, from, i);
	for (i = 0; i < HD_HIST_CARRIES; i++) {
		carry = hd_read_once(from->carry[i]);
		if (!carry.wraps)
			continue;
		*hd_stat_bucket(to, carry.bucket) += (u64)carry.wraps << 32;
		added += (u64)carry.wraps << 32;
	}
	to->count += added;
}

/**
 * hd_stat_merge() - add one histogram to another
 * @to: the sum
 * @from: the addend
 *
 * The sum has buckets only if both had, or if one has no events.
 */
void hd_stat_merge(struct hd_stat *to, const struct hd_stat *from)
{
	u64 *bucket;
	u32 i;

	if (!from->count)
		return;
	if (!to->count) {
		hd_stat_copy(to, from);
		return;
	}
	to->count = hd_add(to->count, from->count);
	to->sum_ns = hd_add(to->sum_ns, from->sum_ns);
	if (to->max_ns < from->max_ns)
		to->max_ns = from->max_ns;
	to->valid = to->valid && from->valid;
	if (!to->valid)
		return;
	for (i = from->low; i < from->end; i++) {
		if (!from->bucket[i])
			continue;
		bucket = hd_stat_bucket(to, i);
		*bucket = hd_add(*bucket, from->bucket[i]);
	}
}

/* @low < @high < 2^47; exact to 2^-30, so that the product fits into 64 bits */
static u64 harmonic_mean(u64 low, u64 high)
{
	u32 shift = 0;

	while (high >> 31) {
		low >>= 1;
		high >>= 1;
		shift++;
	}
	return 2 * low * high / (low + high) << shift;
}

/**
 * hd_stat_percentile() - the duration that a share of the events did not exceed
 * @stat: the histogram
 * @permille: the share: 500 for the median, 990 for p99, 1000 for the longest
 *
 * By nearest rank.  The result is the harmonic mean of the bounds of the bucket,
 * whose relative error is the same at both bounds.
 *
 * Return: nanoseconds, never above max_ns; 0 without events or buckets.
 */
u64 hd_stat_percentile(const struct hd_stat *stat, u32 permille)
{
	u64 rank, mean, seen = 0;
	u32 i;

	if (!stat->valid || !stat->count)
		return 0;
	if (permille >= 1000)
		return stat->max_ns;
	rank = stat->count / 1000 * permille +
	       (stat->count % 1000 * permille + 999) / 1000;
	if (!rank)
		rank = 1;
	for (i = stat->low; i < stat->end && i < HD_HIST_BUCKETS - 1; i++) {
		seen = hd_add(seen, stat->bucket[i]);
		if (seen < rank)
			continue;
		mean = harmonic_mean(hd_hist_lower(i), hd_hist_lower(i + 1));
		return mean < stat->max_ns ? mean : stat->max_ns;
	}
	return stat->max_ns;
}
