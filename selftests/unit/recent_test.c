// SPDX-License-Identifier: GPL-2.0-only
/* Recent rates, compared with lists of the times of events. */
#include <stdlib.h>
#include "pure/recent.h"
#include "tap.h"

static int compare(const void *a, const void *b)
{
	u32 x = *(const u32 *)a, y = *(const u32 *)b;

	return x < y ? -1 : x > y;
}

static u32 third_largest(const u32 slice[HOSTDIAG_SLICES])
{
	u32 sorted[HOSTDIAG_SLICES];

	memcpy(sorted, slice, sizeof(sorted));
	qsort(sorted, HOSTDIAG_SLICES, sizeof(sorted[0]), compare);
	return sorted[HOSTDIAG_SLICES - 3];
}

static void test_steady(void)
{
	u32 n, i, wrong = 0, slice[HOSTDIAG_SLICES];

	for (n = 0; n < 625; n++) {
		slice[0] = n;
		for (i = 1; i < HOSTDIAG_SLICES; i++)
			slice[i] = slice[i - 1] / 5;
		for (i = 0; i < HOSTDIAG_SLICES; i++)
			slice[i] %= 5;
		wrong += hd_recent_steady(slice) != third_largest(slice);
	}
	check(!wrong, "recent: steady is the third largest");
}

#define SLICES	400

/* what it was by the list: how many in each slice */
static bool is_true(const struct hd_recent *recent, const u32 count[SLICES],
		    u32 first, u32 now)
{
	u32 want[HOSTDIAG_SLICES], at, i, steady, peak = 0, ago = 0, got_ago;
	struct hd_recent_row row;

	for (at = 0; at <= now; at++) {
		for (i = 0; i < HOSTDIAG_SLICES; i++)
			want[i] = at >= i ? count[at - i] : 0;
		steady = third_largest(want);
		/* seen where something has come */
		if (steady && steady >= peak && count[at]) {
			peak = steady;
			ago = now - at;
		}
	}
	got_ago = hd_recent_read(recent, first + now, row.slice, &row.peak);
	return !memcmp(row.slice, want, sizeof(want)) && row.peak == peak &&
	       (!peak || got_ago == ago) &&
	       hd_recent_sum(&row) == (u64)want[0] + want[1] + want[2] + want[3];
}

/* from slice 0 on, at the wrap of its number, and beginning somewhere */
static void test_counts(u32 first)
{
	struct hd_recent recent = { .newest = first };
	static u32 count[SLICES];
	u32 at, n, wrong = 0;

	for (at = 0; at < SLICES; at++) {
		count[at] = test_random() % 3 ? test_random() % 5 : 0;
		if (at / 20 % 3 == 2)
			count[at] = 0;
		for (n = 0; n < count[at]; n++)
			hd_recent_count(&recent, first + at);
		wrong += !is_true(&recent, count, first, at);
	}
	check(!wrong, "recent: counts from %u on, wrong in %u slices", first,
	      wrong);
}

static void count_some(struct hd_recent *recent, u32 slice, u32 times)
{
	while (times--)
		hd_recent_count(recent, slice);
}

static void test_burst(void)
{
	struct hd_recent recent = { .newest = 0 };
	struct hd_recent_row row;

	count_some(&recent, 100, 3000);
	count_some(&recent, 101, 2000);
	hd_recent_read(&recent, 101, row.slice, &row.peak);
	check(hd_recent_sum(&row) == 5000 && !row.peak &&
	      !hd_recent_steady(row.slice), "recent: a burst is no storm");
	count_some(&recent, 102, 10);
	count_some(&recent, 103, 10);
	hd_recent_read(&recent, 103, row.slice, &row.peak);
	check_number(row.peak, 10, "recent: nor with little after it");
}

static void test_clocks(void)
{
	struct hd_recent recent = { .newest = 0 };
	struct hd_recent_row row;

	count_some(&recent, 50, 3);
	count_some(&recent, 49, 4);
	hd_recent_read(&recent, 49, row.slice, &row.peak);
	check(row.slice[0] == 7 && hd_recent_sum(&row) == 7,
	      "recent: another CPU is behind");
	count_some(&recent, 7, 2);
	hd_recent_read(&recent, 8, row.slice, &row.peak);
	check(row.slice[1] == 2 && hd_recent_sum(&row) == 2,
	      "recent: another clock");
	hd_recent_read(&recent, 7000, row.slice, &row.peak);
	check_number(hd_recent_sum(&row), 0, "recent: long ago");
}

void test_recent(void)
{
	test_steady();
	test_counts(0);
	test_counts(~0u - SLICES / 2);
	test_counts(123456789);
	test_burst();
	test_clocks();
}
