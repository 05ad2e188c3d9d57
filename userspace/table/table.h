/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tables for eyes: filled line by line, rolled up where --by was given,
 * sorted by a column, and printed with columns that are as wide as they have
 * to be.  What belongs to whom is in the first columns, which all tables
 * have in common:
 *
 *	cgroup tid tgid comm ...
 *
 * A command names the table of columns.h whose rows its lines are, and describes
 * the columns that it has besides: struct hd_table_cmd.  Most are no more than
 * that, and what fills the columns of their own.
 *
 * A line's cells are the ids, the command's own columns, then those of the
 * schema.  It is shown as: the ids, the numbers that a roll-up has besides, the
 * schema's, the other own ones, and the schema's places and paths, which are long.
 */
#ifndef HD_TABLE_H
#define HD_TABLE_H

#include "table/args.h"
#include "table/schema.h"

enum hd_shape {
	HD_NUMBER,
	HD_TIME,	/* nanoseconds */
	HD_DECIMAL,	/* hundredths: of a rate, a share */
	HD_CLOCK,	/* nanoseconds since 1970 */
	HD_TEXT,
	HD_HIDDEN,	/* the command's own, for its merge() */
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
 * @name: of the file, without the _ns of times
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
 * @order: in which they are shown; NULL: as they are
 * @schema: those that are of columns.h; NULL: none is
 * @first: the first of these
 * @sort: it is sorted by this one
 * @group_sort: the same, of a roll-up
 * @bare: it has been rolled up by comm before: there are no tids
 * @reverse: the order
 * @newest_last: fewer lines are the last ones
 * @matched: some task is one of those that were asked for
 * @widest: of a table that is shown again and again: how wide each column was at
 *	most, so that they stay where they are; NULL: each time as wide as need be
 * @id_columns: how many columns of the terminal those that say whose a line is take
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
	const u32 *order;
	const struct hd_schema *schema;
	u32 first;
	u32 sort;
	u32 group_sort;
	bool bare;
	bool reverse;
	bool newest_last;
	bool matched;
	u32 *widest;
	u32 id_columns;
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
typedef union hd_cell *hd_table_add_fn(struct hd_table *table,
				       const struct hd_snapshot *snap,
				       const struct hd_snapshot_row *row);

/**
 * struct hd_table_cmd - a command that is a table of one type of records
 * @schema: as of struct hd_table
 * @column: the ids, and the command's own columns
 * @columns: how many
 * @sort: as of struct hd_table
 * @group_sort: as of struct hd_table
 * @bare: as of struct hd_table
 * @newest_last: as of struct hd_table, unless it is rolled up
 * @add: what adds a record of the schema's; NULL: hd_table_add_row() does
 * @finish: what fills cells of a line once it was rolled up, such as rates,
 *	which do not add up to more than their rounding; NULL: nothing does
 */
struct hd_table_cmd {
	const struct hd_schema *schema;
	const struct hd_column *column;
	u32 columns;
	u32 sort;
	u32 group_sort;
	bool bare;
	bool newest_last;
	hd_table_add_fn *add;
	void (*finish)(union hd_cell *cell);
};

union hd_cell *hd_table_add(struct hd_table *table, u32 tid, u32 tgid,
			    const char *comm);
union hd_cell *hd_table_add_task(struct hd_table *table,
				 const struct hd_snapshot_row *row);
union hd_cell *hd_table_add_row(struct hd_table *table,
				const struct hd_snapshot *snap,
				const struct hd_snapshot_row *row);
void hd_table_refill(const struct hd_table *table, union hd_cell *cell,
		     const struct hd_snapshot *snap,
		     const struct hd_snapshot_row *row);
void hd_table_set_text(union hd_cell *cell, char *text);
void hd_table_set_schema(struct hd_table *table, const struct hd_table_cmd *cmd);
u32 hd_table_nth(const struct hd_table *table, u32 nth);
char *hd_table_text(const char *raw, size_t len);
char *hd_table_word(const char *word);
char *hd_table_syscall(u32 abi, u32 nr);
u64 hd_table_ago(const struct hd_snapshot *snap, u64 ns);
u64 hd_table_clock(const struct hd_snapshot *snap, u64 ns);
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
