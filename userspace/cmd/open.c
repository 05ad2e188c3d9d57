// SPDX-License-Identifier: GPL-2.0-only
/* The files that are open, by age: rolled up, a leak is the largest count. */
#include "cmd/cmd.h"
#include "table/table.h"

enum {
	FILES = HD_FIRST_COLUMN, FD, AGE, PATH, COLUMNS,
};

static const struct hd_column columns[COLUMNS] = {
	HD_ID_COLUMNS,
	[FILES]		= { "files", HD_NUMBER, HD_SUM, .grouped = true },
	[FD]		= { "fd", HD_NUMBER, HD_GONE, .rises = true },
	[AGE]		= { "age", HD_TIME, HD_MAX },
	[PATH]		= { "path", HD_TEXT, HD_GONE, .rises = true },
};

static void add(struct hd_table *table, const struct hd_snapshot *snap,
		const struct hd_snapshot_row *row)
{
	const struct hd_open_row *open = &row->open;
	union hd_cell *cell = hd_table_add(table, open->tid, open->tgid,
					   open->comm);

	(void)snap;
	if (!cell)
		return;
	cell[FILES].value = 1;
	cell[FD].value = hd_table_fd(open->fd);
	cell[AGE].value = open->age_ns;
	cell[PATH].text = hd_table_text(open->path, sizeof(open->path));
}

static const struct hd_table_cmd table_cmd = {
	.column = columns,
	.columns = COLUMNS,
	.sort = AGE,
	.group_sort = FILES,
	.type = HOSTDIAG_OPEN,
	.add = add,
};

static int run(struct hd_args *args)
{
	return hd_table_run(&table_cmd, args);
}

const struct hd_command hd_cmd_open = {
	.name = "open",
	.doc = "Show the open files, the oldest first, and who opened them.  With --by, how\n"
	       "many each has, and the age of the oldest.",
	.options = HD_OPTS_TABLE,
	.run = run,
};
