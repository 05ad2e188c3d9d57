// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rows are powers of two of nanoseconds.  The buckets of an octave are exactly one
 * row.
 */
#include "pure/human.h"
#include "pure/lists.h"
#include "table/hist_text.h"

#define BOUND_LEN	7	/* "67.1ms" */
#define STARS		40	/* width of the bars, as in bcc */
#define LINE_LEN	160

struct rows {
	u64 counts[HD_HIST_TEXT_ROWS];
};

/**
 * hd_hist_text_row() - get the row that contains a bucket
 * @bucket: index of the bucket
 */
u32 hd_hist_text_row(u32 bucket)
{
	u64 lower = hd_hist_lower(bucket);

	return lower ? 64 - __builtin_clzll(lower) - HD_HIST_MIN_SHIFT : 0;
}

/**
 * hd_hist_text_lower() - get the shortest duration in a row
 * @row: below HD_HIST_TEXT_ROWS
 */
u64 hd_hist_text_lower(u32 row)
{
	return row ? 1ull << (HD_HIST_MIN_SHIFT + row - 1) : 0;
}

static void fill_rows(struct rows *rows, const struct hd_stat *stat)
{
	u32 i;

	memset(rows, 0, sizeof(*rows));
	for (i = stat->low; i < stat->end; i++)
		rows->counts[hd_hist_text_row(i)] += stat->bucket[i];
}

/* widths of the columns of counts in front of the bars */
struct widths {
	int count;
	int newer;	/* 0: there is no such column */
};

static void make_row(char line[LINE_LEN], u32 row, u64 count, u64 newer,
		     u64 most, const struct widths *widths)
{
	static const char bar[] = "****************************************";
	char low[HD_HUMAN_LEN], high[HD_HUMAN_LEN] = "...", more[24] = "";

	if (row < HD_HIST_TEXT_ROWS - 1)
		hd_human_time(hd_hist_text_lower(row + 1), high);
	if (newer)
		snprintf(more, sizeof(more), "+%llu", newer);
	snprintf(line, LINE_LEN, "%*s -> %-*s : %-*llu %-*s|%-*.*s|", BOUND_LEN,
		 hd_human_time(hd_hist_text_lower(row), low), BOUND_LEN, high,
		 widths->count, count, widths->newer, more, STARS,
		 (int)((long double)count / most * STARS), bar);
}

static int count_digits(u64 number)
{
	char text[24];

	return snprintf(text, sizeof(text), "%llu", number);
}

static struct widths measure_columns(u64 most, u64 most_new, bool has_new)
{
	int count = count_digits(most), newer = count_digits(most_new) + 2;

	return (struct widths){
		.count = count > 8 ? count : 8,
		.newer = !has_new ? 0 : newer > 9 ? newer : 9,
	};
}

/**
 * hd_hist_text() - draw a histogram
 * @stat: at least one event
 * @newer: its new events, for a column of their own; NULL: no such column
 * @fn: called with each line
 * @priv: passed to @fn
 */
void hd_hist_text(const struct hd_stat *stat, const struct hd_stat *newer,
		  hd_hist_text_fn *fn, void *priv)
{
	u32 first = HD_HIST_TEXT_ROWS, last = 0, i;
	struct rows all, new = { { 0 } };
	u64 most = 0, most_new = 0;
	struct widths widths;
	char line[LINE_LEN];

	fill_rows(&all, stat);
	if (newer)
		fill_rows(&new, newer);
	for (i = 0; i < HD_HIST_TEXT_ROWS; i++) {
		if (!all.counts[i])
			continue;
		if (first == HD_HIST_TEXT_ROWS)
			first = i;
		last = i;
		if (most < all.counts[i])
			most = all.counts[i];
		if (most_new < new.counts[i])
			most_new = new.counts[i];
	}

	widths = measure_columns(most, most_new, newer);
	snprintf(line, sizeof(line), "%*s    %-*s : %-*s %-*s distribution",
		 BOUND_LEN, "from", BOUND_LEN, "below", widths.count, "count",
		 widths.newer, newer ? "new" : "");
	fn(priv, line);
	for (i = first; i <= last; i++) {
		make_row(line, i, all.counts[i], new.counts[i], most, &widths);
		fn(priv, line);
	}
}

#define KIND(name, NAME, GROUP, title) \
	[HOSTDIAG_KIND_##NAME] = { #name, title, HOSTDIAG_F_##GROUP },

const struct hd_hist_kind hd_hist_kinds[HOSTDIAG_KINDS] = {
	HD_KIND_LIST(KIND)
};
