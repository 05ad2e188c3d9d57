/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tables for eyes: filled line by line, rolled up where --by was given,
 * sorted by a column, and printed with columns that are as wide as they have
 * to be.  What belongs to whom is in the first columns, which all tables
 * have in common:
 *
 *	cgroup tid tgid comm ...
 *
 * A command describes its columns, and what becomes of each in a roll-up:
 * struct hd_table_cmd.  Most are no more than that, and what fills a line.
 */
#ifndef HD_TABLE_H
#define HD_TABLE_H

#include "snap/snapshot.h"
#include "table/args.h"

#define HD_ABSENT	(~0ull)	/* a value: printed as "-" */

enum hd_shape {
	HD_NUMBER,
	HD_TIME,	/* nanoseconds */
	HD_DECIMAL,	/* hundredths: of a rate, a share */
	HD_CLOCK,	/* nanoseconds since 1970 */
	HD_TEXT,
	HD_HIDDEN,	/* the command's own, for its merge() */
};

/* what becomes of a column where lines are put together */
enum hd_fold {
	HD_KEY,		/* lines are put together where it is the same */
	HD_SUM,
	HD_MAX,
	HD_MIN,
	HD_ANY,		/* that of the line with the smallest tid */
	HD_GONE,	/* it is not shown */
};

/**
 * union hd_cell - a line's part of a column
 * @value: of a number or time; HD_ABSENT: none
 * @text: of HD_TEXT; printable; the line's, to be freed
 * @own: of HD_HIDDEN; the line's, to be freed
 */
union hd_cell {
	u64 value;
	char *text;
	void *own;
};

/**
 * struct hd_column - a column
 * @name: of the contract, without the _ns of times
 * @shape: what is in it
 * @fold: what becomes of it in a roll-up
 * @grouped: it is shown in a roll-up only
 * @rises: sorted, the smallest is first
 * @merge: of HD_HIDDEN: put one to another
 */
struct hd_column {
	const char *name;
	enum hd_shape shape;
	enum hd_fold fold;
	bool grouped;
	bool rises;
	void (*merge)(union hd_cell *to, const union hd_cell *from);
};

/* the first columns of all tables */
enum {
	HD_CGROUP, HD_TID, HD_TGID, HD_COMM, HD_FIRST_COLUMN,
};

#define HD_ID_COLUMNS \
	[HD_CGROUP] = { "cgroup", HD_TEXT, HD_KEY, .rises = true }, \
	[HD_TID] = { "tid", HD_NUMBER, HD_KEY, .rises = true }, \
	[HD_TGID] = { "tgid", HD_NUMBER, HD_KEY, .rises = true }, \
	[HD_COMM] = { "comm", HD_TEXT, HD_KEY, .rises = true }

/**
 * struct hd_table - a table
 * @args: the command line
 * @by: what it is rolled up by
 * @column: its columns
 * @columns: how many
 * @sort: it is sorted by this one
 * @group_sort: the same, of a roll-up
 * @bare: it has been rolled up by comm before: there are no tids
 * @reverse: the order
 * @newest_last: fewer lines are the last ones
 * @matched: some task is one of those that were asked for
 * @flags: of the snapshot that it was filled from
 * @cell: the lines, one after the other
 * @used: lines
 * @room: lines that fit
 */
struct hd_table {
	struct hd_args args;
	enum hd_by by;
	const struct hd_column *column;
	u32 columns;
	u32 sort;
	u32 group_sort;
	bool bare;
	bool reverse;
	bool newest_last;
	bool matched;
	u32 flags;
	union hd_cell *cell;
	size_t used;
	size_t room;
};

/**
 * typedef hd_table_add_fn - add the record that was just read
 * @table: to be added to
 * @snap: its header
 * @row: the record, and the task that it belongs to
 */
typedef void hd_table_add_fn(struct hd_table *table,
			     const struct hd_snapshot *snap,
			     const struct hd_snapshot_row *row);

/**
 * struct hd_table_cmd - a command that is a table of one type of records
 * @column: as of struct hd_table
 * @columns: as of struct hd_table
 * @sort: as of struct hd_table
 * @group_sort: as of struct hd_table
 * @bare: as of struct hd_table
 * @newest_last: as of struct hd_table, unless it is rolled up
 * @type: of the records
 * @add: what adds one of them
 * @finish: what fills cells of a line once it was rolled up, such as rates,
 *	which do not add up to more than their rounding; NULL: nothing does
 */
struct hd_table_cmd {
	const struct hd_column *column;
	u32 columns;
	u32 sort;
	u32 group_sort;
	bool bare;
	bool newest_last;
	enum hostdiag_record_type type;
	hd_table_add_fn *add;
	void (*finish)(union hd_cell *cell);
};

union hd_cell *hd_table_add(struct hd_table *table, u32 tid, u32 tgid,
			    const char *comm);
union hd_cell *hd_table_add_task(struct hd_table *table,
				 const struct hd_snapshot_row *row);
char *hd_table_text(const char *raw, size_t len);
char *hd_table_word(const char *word);
char *hd_table_syscall(u32 abi, u32 nr);
u64 hd_table_fd(s32 fd);
u64 hd_table_ago(const struct hd_snapshot *snap, u64 ns);
u64 hd_table_clock(const struct hd_snapshot *snap, u64 ns);
void hd_table_wait(union hd_cell *cell, const struct hd_stat *stat,
		   const struct hd_wait_sums *wait);
bool hd_table_shows(const struct hd_table *table, u32 id);
int hd_table_compare(const struct hd_table *table, u32 id,
		     const union hd_cell *x, const union hd_cell *y);
void hd_table_sort(struct hd_table *table,
		   int (*compare)(const void *a, const void *b, void *priv));
void hd_table_fold(struct hd_table *table);
void hd_table_print(struct hd_table *table);

/**
 * typedef hd_table_line_fn - a line of a table, for eyes
 * @priv: its own
 * @text: the line; gone after this
 * @cell: its cells; NULL: it is the names of the columns
 */
typedef void hd_table_line_fn(void *priv, const char *text,
			      const union hd_cell *cell);

void hd_table_lines(struct hd_table *table, hd_table_line_fn *fn, void *priv);
void hd_table_free(struct hd_table *table);
void hd_table_fill(struct hd_table *table, const struct hd_table_cmd *cmd);
void hd_table_check_matched(const struct hd_table *table);
void hd_table_begin(struct hd_table *table, const struct hd_table_cmd *cmd,
		    const struct hd_args *args);
int hd_table_run(const struct hd_table_cmd *cmd, const struct hd_args *args);
u32 hd_table_find_sort(const struct hd_table *table);

#endif /* HD_TABLE_H */
