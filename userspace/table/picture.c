// SPDX-License-Identifier: GPL-2.0-only
/*
 * In powers of two of nanoseconds: the buckets of an octave are one row here,
 * exactly.
 */
#include "table/picture.h"

/* where both bounds fit in 10 digits the bars have 40 places, as with bcc */
#define NARROW_ROWS	(33 - HD_HIST_MIN_SHIFT + 1)
#define STARS_NARROW	40
#define STARS_WIDE	20
#define LINE_LEN	160

struct rows {
	u64 count[HD_PICTURE_ROWS];
};

/**
 * hd_picture_row() - the row that a bucket belongs to
 * @bucket: its index
 */
u32 hd_picture_row(u32 bucket)
{
	u64 lower = hd_hist_lower(bucket);

	return lower ? 64 - __builtin_clzll(lower) - HD_HIST_MIN_SHIFT : 0;
}

/**
 * hd_picture_lower() - the shortest duration in a row
 * @row: below HD_PICTURE_ROWS
 */
u64 hd_picture_lower(u32 row)
{
	return row ? 1ull << (HD_HIST_MIN_SHIFT + row - 1) : 0;
}

static void fill(struct rows *rows, const struct hd_stat *stat)
{
	u32 i;

	memset(rows, 0, sizeof(*rows));
	for (i = stat->low; i < stat->end; i++)
		rows->count[hd_picture_row(i)] += stat->bucket[i];
}

static const char *upper_text(u32 row, char buf[24])
{
	if (row < HD_PICTURE_ROWS - 1)
		snprintf(buf, 24, "%llu", hd_picture_lower(row + 1) - 1);
	else
		snprintf(buf, 24, "...");
	return buf;
}

static void make_row(char line[LINE_LEN], u32 row, u64 count, const u64 *newer,
		     u64 most, bool wide)
{
	static const char bar[] = "****************************************";
	int digits = wide ? 20 : 10, places = wide ? STARS_WIDE : STARS_NARROW;
	char high[24], more[24] = "";

	if (newer && *newer)
		snprintf(more, sizeof(more), "+%llu", *newer);
	snprintf(line, LINE_LEN, "%*llu -> %-*s : %-8llu %-*s|%-*.*s|", digits,
		 hd_picture_lower(row), digits, upper_text(row, high), count,
		 newer ? 9 : 0, more, places,
		 (int)((long double)count / most * places), bar);
}

/**
 * hd_picture() - draw a histogram
 * @stat: at least one event
 * @newer: those of its events that are new, for a column of their own; NULL:
 *	no such column
 * @fn: what gets its lines
 * @priv: for it
 */
void hd_picture(const struct hd_stat *stat, const struct hd_stat *newer,
		hd_picture_fn *fn, void *priv)
{
	u32 first = HD_PICTURE_ROWS, last = 0, i;
	struct rows all, new = { { 0 } };
	char line[LINE_LEN];
	u64 most = 0;
	bool wide;

	fill(&all, stat);
	if (newer)
		fill(&new, newer);
	for (i = 0; i < HD_PICTURE_ROWS; i++) {
		if (!all.count[i])
			continue;
		if (first == HD_PICTURE_ROWS)
			first = i;
		last = i;
		if (most < all.count[i])
			most = all.count[i];
	}

	wide = last >= NARROW_ROWS;
	snprintf(line, sizeof(line), "%*s%-*s : count    %s distribution",
		 wide ? 15 : 5, "", wide ? 29 : 19, "nsecs",
		 newer ? " new      " : "");
	fn(priv, line);
	for (i = first; i <= last; i++) {
		make_row(line, i, all.count[i], newer ? &new.count[i] : NULL,
			 most, wide);
		fn(priv, line);
	}
}

const struct hd_kind hd_kinds[HOSTDIAG_KINDS] = {
	[HOSTDIAG_KIND_SYSCALL] = {
		"syscall", "syscall latency", HOSTDIAG_F_SYSCALLS
	},
	[HOSTDIAG_KIND_DSLEEP] = {
		"dsleep", "D sleep", HOSTDIAG_F_DSLEEP
	},
	[HOSTDIAG_KIND_OPEN] = {
		"open", "open-to-close time", HOSTDIAG_F_FILES
	},
};

/**
 * hd_kind_parse() - a kind, or bad usage
 * @arg: its name
 */
u32 hd_kind_parse(const char *arg)
{
	u32 kind;

	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		if (!strcmp(arg, hd_kinds[kind].name))
			return kind;
	hd_args_fail("no kind '%s': syscall dsleep open", arg);
}

/**
 * hd_kind_is_wanted() - is a syscall of a task one of those that were asked for?
 * @row: the syscall
 * @args: by its name, of any ABI; or all but those that wait for work
 */
bool hd_kind_is_wanted(const struct hd_syscall_row *row,
		       const struct hd_args *args)
{
	char buf[HD_NAME_LEN];

	if (args->busy &&
	    hd_syscall_class(row->abi, row->nr) == HOSTDIAG_CLASS_IDLE)
		return false;
	return !args->syscall ||
	       !strcmp(hd_syscall_name(row->abi, row->nr, buf), args->syscall);
}
