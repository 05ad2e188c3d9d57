// SPDX-License-Identifier: GPL-2.0-only
/* The open files by age; rolled up, a leak has the largest count. */
#include "cmd/cmd.h"
#include "table/table.h"

enum {
	FILES = HD_FIRST_COLUMN, OWN_COLUMNS,
};

enum { HD_COLUMNS(HD_COLUMN_ID, OPEN) };

static const struct hd_column columns[OWN_COLUMNS] = {
	HD_ID_COLUMNS,
	[FILES]		= { "files", HD_NUMBER, HD_SUM, .grouped = true },
};

static union hd_cell *add_open(struct hd_table *table, const struct hd_snapshot *snap,
			       const struct hd_snapshot_row *row)
{
	union hd_cell *cell = hd_table_add_row(table, snap, row);

	if (cell)
		cell[FILES].value = 1;
	return cell;
}

static const struct hd_table_cmd table_cmd = {
	.schema = &hd_schemas[HD_SCHEMA_open],
	.column = columns,
	.columns = OWN_COLUMNS,
	.sort = OWN_COLUMNS + COLUMN_age_ns,
	.group_sort = FILES,
	.add = add_open,
};

static int run_open(struct hd_args *args)
{
	return hd_table_run(&table_cmd, args);
}

const struct hd_command hd_cmd_open = {
	.name = "open",
	.doc = "Show the open files, the oldest first, and who opened them.  With --by, how\n"
	       "many each has, and the age of the oldest.",
	.options = HD_OPTS_TABLE,
	.run = run_open,
};
