/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tables to print: filled line by line, rolled up if --by was given, sorted by a
 * column, and printed with columns as wide as their contents.  The first columns
 * are the ids of the task, the same in all tables:
 *
 *	cgroup tid tgid comm ...
 *
 * A command is a struct hd_table_cmd, which names the table of columns.h that has
 * its rows, and describes additional columns.  Most commands consist of that and of
 * a function that fills the additional columns.
 *
 * The cells of a line are the ids, the command's own columns, then those of the
 * schema.  They are printed in this order: the ids, own columns that only a roll-up
 * has, the schema's numbers, the other own columns, and last the schema's places
 * and paths, which are long.
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
	HD_HIDDEN,	/* private to the command, for its merge() */
};

/**
 * union hd_cell - the value of a column in a line
 * @value: a number or time; HD_ABSENT: none
 * @text: of HD_TEXT: printable; owned and freed by the table
 * @own: of HD_HIDDEN: owned and freed by the table
 */
union hd_cell {
	u64 value;
	char *text;
	void *own;
};

/**
 * struct hd_column - a column
 * @name: name in the file, without the suffix _ns
 * @shape: type of its cells
 * @fold: how a roll-up combines its cells
 * @grouped: shown in a roll-up only
 * @rises: sorted in ascending order
 * @merge: of HD_HIDDEN: adds one cell to another
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
 * @by: the key of the roll-up
 * @column: its columns
 * @columns: number of columns
 * @order: display order of the columns; NULL: their own order
 * @schema: the columns that are of columns.h; NULL: none
 * @first: index of the first column of the schema
 * @sort: column to sort by
 * @group_sort: column to sort a roll-up by
 * @bare: the rows are sums by comm, without tids
 * @reverse: sort in reverse order
 * @newest_last: a limit of lines keeps the last ones
 * @matched: a chosen task was found
 * @widest: maximum width of each column so far, so that the columns of a table that
 *	is printed repeatedly do not move; NULL: as wide as the current contents
 * @id_columns: width of the ids, in columns of the terminal
 * @flags: flags of the snapshot that it was filled from
 * @cell: cells of all lines, line by line
 * @used: number of lines
 * @room: number of lines allocated in @cell
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
 * typedef hd_table_add_fn - adds the record that was just read
 * @table: the table
 * @snap: the snapshot that contains it
 * @row: the record, and the task that it belongs to
 */
typedef union hd_cell *hd_table_add_fn(struct hd_table *table,
				       const struct hd_snapshot *snap,
				       const struct hd_snapshot_row *row);

/**
 * struct hd_table_cmd - a command that is a table of one type of records
 * @schema: as in struct hd_table
 * @column: the ids, and the command's own columns
 * @columns: number of columns
 * @sort: as in struct hd_table
 * @group_sort: as in struct hd_table
 * @bare: as in struct hd_table
 * @newest_last: as in struct hd_table, unless the table is rolled up
 * @add: adds a record of the schema; NULL: hd_table_add_row() does
 * @finish: fills cells that do not add up, such as rounded rates, after the
 *	roll-up; NULL: there are none
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
 * typedef hd_table_line_fn - receives a printed line of a table
 * @priv: argument of hd_table_lines()
 * @text: the line, valid during the call
 * @cell: its cells; NULL: it is the line of headings
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
