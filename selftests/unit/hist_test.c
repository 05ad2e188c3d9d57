// SPDX-License-Identifier: GPL-2.0-only
#include <math.h>
#include <stdlib.h>

#include "pure/hist.h"
#include "tap.h"

#define LAST	(HD_HIST_BUCKETS - 1)

static struct hd_stat stat_of(const u64 *values, size_t len)
{
	struct hd_stat stat = { .valid = true };
	size_t i;

	for (i = 0; i < len; i++) {
		stat.count++;
		stat.sum_ns += values[i];
		if (stat.max_ns < values[i])
			stat.max_ns = values[i];
		++*hd_stat_bucket(&stat, hd_hist_index(values[i]));
	}
	return stat;
}

static void test_index(void)
{
	static const struct {
		u64 ns;
		u32 index;
	} cases[] = {
		{ 0, 0 }, { 1, 0 }, { 15, 0 },
		{ 16, 1 }, { 19, 1 }, { 20, 2 }, { 23, 2 }, { 24, 3 },
		{ 31, 4 }, { 32, 5 }, { 1023, 24 }, { 1024, 25 },
		{ (1ull << 46) - 1, LAST - 1 }, { 1ull << 46, LAST },
		{ 1ull << 63, LAST }, { ~0ull, LAST },
	};
	char name[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		snprintf(name, sizeof(name), "hist: index of %llu",
			 cases[i].ns);
		check_number(hd_hist_index(cases[i].ns), cases[i].index, name);
	}
}

static void test_lower(void)
{
	bool here = true, before = true, bounds = true;
	u64 lower, bound = 1ull << HD_HIST_MIN_SHIFT, width = bound / 4;
	u32 i;

	check_number(hd_hist_lower(0), 0, "hist: the first bucket begins at 0");
	check_number(hd_hist_lower(LAST), 1ull << 46,
		     "hist: the last bucket begins at 2^46");
	for (i = 1; i < HD_HIST_BUCKETS; i++) {
		lower = hd_hist_lower(i);
		bounds &= lower == bound;
		here &= hd_hist_index(lower) == i;
		before &= hd_hist_index(lower - 1) == i - 1;
		bound += width;
		if (i % 4 == 0)
			width *= 2;
	}
	check(bounds, "hist: four buckets of one width an octave");
	check(here, "hist: every bucket holds its lower bound");
	check(before, "hist: every bucket's predecessor holds 1 ns less");
}

/* where the buckets in use end there is nothing to be looked at */
static u64 count_of(const struct hd_stat *stat, u32 index)
{
	return index >= stat->low && index < stat->end ? stat->bucket[index] : 0;
}

static u64 added_bucket(const struct hd_hist *hist, u32 index)
{
	struct hd_stat stat = { .count = 0 };

	hd_stat_add(&stat, hist);
	return count_of(&stat, index);
}

static void test_carry(void)
{
	struct hd_hist hist = { .bucket = { 0 } };
	u32 i;

	for (i = 0; i < HD_HIST_CARRIES; i++) {
		hist.bucket[10 * i] = ~0u;
		hd_hist_count(&hist, 10 * i);
		hd_hist_count(&hist, 10 * i);
	}
	check_number(added_bucket(&hist, 0), (1ull << 32) + 1,
		     "hist: a wrapped bucket goes on at 2^32");
	check_number(added_bucket(&hist, 30), (1ull << 32) + 1,
		     "hist: so does one in the last carry slot");

	hist.bucket[LAST] = ~0u;
	hd_hist_count(&hist, LAST);
	hd_hist_count(&hist, LAST);
	check_number(added_bucket(&hist, LAST), ~0u,
		     "hist: without a carry slot a bucket stays full");

	hist.bucket[10] = ~0u;
	hd_hist_count(&hist, 10);
	check_number(added_bucket(&hist, 10), 2ull << 32,
		     "hist: a bucket wraps again in its own slot");

	hist.carry[2].wraps = (1u << 24) - 1;
	hist.bucket[20] = ~0u;
	hd_hist_count(&hist, 20);
	hd_hist_count(&hist, 20);
	check_number(added_bucket(&hist, 20), (1ull << 56) - 1,
		     "hist: a full carry slot leaves the bucket full");
}

static void test_add(void)
{
	struct hd_hist hist = { .bucket = { 0 } };
	struct hd_stat stat = { .count = 5, .sum_ns = 7, .max_ns = 5 };

	*hd_stat_bucket(&stat, 3) = 5;
	hd_stat_add(&stat, &hist);
	check(stat.count == 5 && count_of(&stat, 3) == 5,
	      "hist: an empty histogram adds nothing");

	hist.bucket[3] = 2;
	hist.bucket[10] = 9;
	hist.bucket[LAST] = 40;
	hist.carry[0] = (struct hd_carry){ .bucket = 3, .wraps = 1 };
	hd_stat_add(&stat, &hist);
	check_number(stat.count, (1ull << 32) + 56,
		     "hist: the count grows by the buckets and carries");
	check(count_of(&stat, 3) == (1ull << 32) + 7 &&
	      count_of(&stat, 10) == 9 && count_of(&stat, LAST) == 40, "hist: so do the buckets");
	check(stat.sum_ns == 7 && stat.max_ns == 5,
	      "hist: sum and max are left to the caller");
}

static void test_merge(void)
{
	static const struct {
		const char *name;
		u64 to_count, from_count;
		bool to_kept, from_kept;
		bool kept;
	} cases[] = {
		{ "both kept", 2, 3, true, true, true },
		{ "only the first kept", 2, 3, true, false, false },
		{ "only the second kept", 2, 3, false, true, false },
		{ "none kept", 2, 3, false, false, false },
		{ "first empty, not kept", 0, 3, false, true, true },
		{ "second empty, not kept", 2, 0, true, false, true },
		{ "first empty, second not kept", 0, 3, true, false, false },
	};
	char name[100];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct hd_stat to = {
			.count = cases[i].to_count,
			.sum_ns = 100 * cases[i].to_count,
			.max_ns = 50 * cases[i].to_count,
			.valid = cases[i].to_kept,
		};
		struct hd_stat from = {
			.count = cases[i].from_count,
			.sum_ns = 100 * cases[i].from_count,
			.max_ns = 50 * cases[i].from_count,
			.valid = cases[i].from_kept,
		};
		u64 count = to.count + from.count;
		u64 max = to.max_ns > from.max_ns ? to.max_ns : from.max_ns;

		*hd_stat_bucket(&to, 7) = cases[i].to_count;
		*hd_stat_bucket(&from, 7) = cases[i].from_count;
		hd_stat_merge(&to, &from);
		snprintf(name, sizeof(name), "hist: merge, %s", cases[i].name);
		check(to.count == count && to.sum_ns == 100 * count &&
		      to.max_ns == max && to.valid == cases[i].kept &&
		      (!to.valid || count_of(&to, 7) == count), "%s", name);
	}
}

static void test_merge_limits(void)
{
	struct hd_stat to = { .count = 1, .sum_ns = ~0ull, .valid = true };
	struct hd_stat from = { .count = ~0ull, .sum_ns = 2, .valid = true };

	hd_stat_merge(&to, &from);
	check(to.count == ~0ull && to.sum_ns == ~0ull,
	      "hist: merged sums stay at the largest number");
}

static void test_percentile_cases(void)
{
	static const struct {
		const char *name;
		u64 values[4];
		u32 len;
		u32 permille;
		u64 want;
	} cases[] = {
		{ "no events", { 0 }, 0, 500, 0 },
		{ "one event of 0", { 0 }, 1, 500, 0 },
		{ "never above the longest", { 1024 }, 1, 500, 1024 },
		{ "permille 0 is the shortest's bucket", { 17, 900 }, 2, 0, 17 },
		{ "permille 1000 is the longest", { 17, 900 }, 2, 1000, 900 },
		{ "above 1000 too", { 17, 900 }, 2, ~0u, 900 },
		{ "the median of two is the first", { 19, 900 }, 2, 500, 17 },
		{ "just above it the second", { 17, 900 }, 2, 501, 900 },
		{ "the last bucket is the longest",
		  { 1ull << 46, ~0ull }, 2, 1, ~0ull },
		{ "the last but one is bounded", { (1ull << 46) - 1, 1ull << 46 },
		  2, 500, 65677494517760ull },
	};
	char name[100];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct hd_stat stat = stat_of(cases[i].values, cases[i].len);

		snprintf(name, sizeof(name), "hist: percentile, %s",
			 cases[i].name);
		check_number(hd_stat_percentile(&stat, cases[i].permille),
			     cases[i].want, name);
	}
}

static void test_percentile_limits(void)
{
	struct hd_stat stat = { .count = ~0ull, .max_ns = 900, .valid = true };

	*hd_stat_bucket(&stat, 1) = ~0ull / 2;
	*hd_stat_bucket(&stat, hd_hist_index(900)) = ~0ull / 2 + 1;
	check_number(hd_stat_percentile(&stat, 499), 17,
		     "hist: percentile of 2^64 events, below the middle");
	check_number(hd_stat_percentile(&stat, 501), 900,
		     "hist: percentile of 2^64 events, above the middle");
	stat.valid = false;
	check_number(hd_stat_percentile(&stat, 500), 0,
		     "hist: no percentile without buckets");
}

/* what struct hd_stat has to come to, with nothing left out */
struct plain {
	u64 count, sum_ns, max_ns;
	bool valid;
	u64 bucket[HD_HIST_BUCKETS];
};

static void plain_merge(struct plain *to, const struct plain *from)
{
	u32 i;

	if (!from->count)
		return;
	if (!to->count)
		to->valid = true;
	to->valid = to->valid && from->valid;
	to->count += from->count;
	to->sum_ns += from->sum_ns;
	if (to->max_ns < from->max_ns)
		to->max_ns = from->max_ns;
	for (i = 0; i < HD_HIST_BUCKETS; i++)
		to->bucket[i] += from->bucket[i];
}

static u64 plain_percentile(const struct plain *plain, u32 permille)
{
	struct hd_stat full = {
		.count = plain->count, .sum_ns = plain->sum_ns,
		.max_ns = plain->max_ns, .valid = plain->valid,
		.end = HD_HIST_BUCKETS,
	};

	memcpy(full.bucket, plain->bucket, sizeof(full.bucket));
	return hd_stat_percentile(&full, permille);
}

/* one to three clusters of buckets, a few carries, in both forms */
static void draw_hist(struct hd_hist *hist, struct plain *plain)
{
	u32 clusters = test_random() % 4, n, at, i;

	memset(hist, 0, sizeof(*hist));
	memset(plain, 0, sizeof(*plain));
	plain->valid = true;
	while (clusters--) {
		at = test_random() % HD_HIST_BUCKETS;
		for (n = test_random() % 6; n; n--) {
			i = (at + test_random() % 5) % HD_HIST_BUCKETS;
			hist->bucket[i] = test_random() % 1000;
		}
	}
	if (test_random() % 4 == 0)
		hist->carry[0] = (struct hd_carry){
			.bucket = test_random() % HD_HIST_BUCKETS,
			.wraps = 1 + test_random() % 3,
		};
	for (i = 0; i < HD_HIST_BUCKETS; i++)
		plain->bucket[i] = hist->bucket[i];
	plain->bucket[hist->carry[0].bucket] +=
		(u64)hist->carry[0].wraps << 32;
	for (i = 0; i < HD_HIST_BUCKETS; i++)
		plain->count += plain->bucket[i];
	if (!plain->count)
		return;
	plain->sum_ns = test_random() % 1000000;
	plain->max_ns = test_random() % 1000000;
}

static bool same(const struct hd_stat *stat, const struct plain *plain)
{
	u32 i;

	if (stat->count != plain->count || stat->sum_ns != plain->sum_ns ||
	    stat->max_ns != plain->max_ns || stat->valid != plain->valid ||
	    stat->low > stat->end || stat->end > HD_HIST_BUCKETS)
		return false;
	for (i = 0; plain->valid && i < HD_HIST_BUCKETS; i++)
		if (count_of(stat, i) != plain->bucket[i])
			return false;
	for (i = 0; i <= 1000; i += 125)
		if (hd_stat_percentile(stat, i) != plain_percentile(plain, i))
			return false;
	return true;
}

/* sums of random histograms, where no byte is zero that need not be */
static void test_in_use(void)
{
	struct hd_stat stat, sum, copy;
	struct plain plain, whole;
	u32 i, n, wrong = 0;
	struct hd_hist hist;

	for (i = 0; i < 3000; i++) {
		memset(&sum, 0xa5, sizeof(sum));
		hd_stat_clear(&sum);
		memset(&whole, 0, sizeof(whole));
		whole.valid = true;
		for (n = test_random() % 4; n; n--) {
			draw_hist(&hist, &plain);
			plain.valid = test_random() % 8;
			memset(&stat, 0xa5, sizeof(stat));
			hd_stat_clear(&stat);
			hd_stat_add(&stat, &hist);
			stat.sum_ns = plain.sum_ns;
			stat.max_ns = plain.max_ns;
			stat.valid = plain.valid;
			wrong += !same(&stat, &plain);
			hd_stat_merge(&sum, &stat);
			plain_merge(&whole, &plain);
			wrong += !same(&sum, &whole);
		}
		memset(&copy, 0xa5, sizeof(copy));
		hd_stat_copy(&copy, &sum);
		wrong += !same(&copy, &whole);
	}
	check(!wrong, "hist: buckets in use come to the same as all, %u times",
	      i);
}

/* 0 < u <= 1 */
static double uniform(void)
{
	return ((test_random() >> 11) + 1) / 9007199254740992.0;
}

static u64 draw_uniform(void)
{
	return 16 + test_random() % 1000000;
}

static u64 draw_lognormal(void)
{
	double normal = -6;
	int i;

	for (i = 0; i < 12; i++)
		normal += uniform();
	return 16 + exp(11 + 2 * normal);
}

static u64 draw_heavy_tail(void)
{
	double value = 200 * pow(uniform(), -1 / 0.7);

	return value < 7e13 ? value : 7e13;
}

static int compare(const void *a, const void *b)
{
	const u64 *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void test_percentile_error(void)
{
	static const struct {
		const char *name;
		u64 (*draw)(void);
	} dists[] = {
		{ "uniform", draw_uniform },
		{ "lognormal", draw_lognormal },
		{ "heavy tail", draw_heavy_tail },
	};
	static const size_t lens[] = { 1, 2, 10, 999, 20000 };
	static u64 values[20000];
	struct hd_stat stat;
	size_t d, l, i;
	u32 permille;

	for (d = 0; d < ARRAY_SIZE(dists); d++) {
		double worst = 0;

		for (l = 0; l < ARRAY_SIZE(lens); l++) {
			for (i = 0; i < lens[l]; i++)
				values[i] = dists[d].draw();
			stat = stat_of(values, lens[l]);
			qsort(values, lens[l], sizeof(*values), compare);
			for (permille = 0; permille <= 1000; permille++) {
				size_t rank = (lens[l] * permille + 999) / 1000;
				double exact = values[rank ? rank - 1 : 0];
				double got = hd_stat_percentile(&stat, permille);

				worst = fmax(worst, fabs(got - exact) / exact);
			}
		}
		check(worst <= 0.125 && worst > 0,
		      "hist: percentiles of %s values are within 12.5 %%, here %.1f %%",
		      dists[d].name, 100 * worst);
	}
}

/* the worst that can be: each bucket's first and last value against the middle */
static void test_percentile_bounds(void)
{
	double worst = 0;
	u32 i;

	for (i = 1; i < LAST; i++) {
		u64 bounds[] = { hd_hist_lower(i), hd_hist_lower(i + 1) - 1 };
		struct hd_stat stat = stat_of(bounds, 2);
		double got = hd_stat_percentile(&stat, 500);

		worst = fmax(worst, fabs(got - bounds[0]) / bounds[0]);
		worst = fmax(worst, fabs(got - bounds[1]) / bounds[1]);
	}
	check(worst <= 0.125, "hist: no bucket's bound is further off, here %.1f %%",
	      100 * worst);
}

void test_hist(void)
{
	test_index();
	test_lower();
	test_carry();
	test_add();
	test_merge();
	test_merge_limits();
	test_in_use();
	test_percentile_cases();
	test_percentile_limits();
	test_percentile_error();
	test_percentile_bounds();
}
