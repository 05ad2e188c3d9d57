// SPDX-License-Identifier: GPL-2.0-only
/* Places of D sleep, and what the tasks waited for there. */
#include "cmd/cmd.h"
#include "host/reasons.h"
#include "table/table.h"

enum {
	WAITED_FOR = HD_FIRST_COLUMN, OWN_COLUMNS,
};

enum { HD_COLUMNS(HD_COLUMN_ID, DSLEEP) };

static const struct hd_column columns[OWN_COLUMNS] = {
	HD_ID_COLUMNS,
	[WAITED_FOR]	= { "waited_for", HD_TEXT, HD_KEY, .rises = true },
};

static union hd_cell *add_dsleep(struct hd_table *table, const struct hd_snapshot *snap,
				 const struct hd_snapshot_row *row)
{
	union hd_cell *cell = hd_table_add_row(table, snap, row);

	if (cell)
		cell[WAITED_FOR].text = hd_table_word(hd_reason(row->place.place));
	return cell;
}

static const struct hd_table_cmd table_cmd = {
	.schema = &hd_schemas[HD_SCHEMA_dsleep],
	.column = columns,
	.columns = OWN_COLUMNS,
	.sort = OWN_COLUMNS + COLUMN_total_ns,
	.group_sort = OWN_COLUMNS + COLUMN_total_ns,
	.add = add_dsleep,
};

static int run_dsleep(struct hd_args *args)
{
	return hd_table_run(&table_cmd, args);
}

const struct hd_command hd_cmd_dsleep = {
	.name = "dsleep",
	.doc = "Show where live tasks slept in D for longer than slow_dsleep_ms, and what\n"
	       "for: by task, device and place.",
	.options = HD_OPTS_TABLE,
	.run = run_dsleep,
};
