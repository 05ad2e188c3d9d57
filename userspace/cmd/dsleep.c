// SPDX-License-Identifier: GPL-2.0-only
/* Where tasks slept in D, and what for. */
#include "cmd/cmd.h"
#include "host/reasons.h"
#include "table/table.h"

enum {
	COUNT = HD_FIRST_COLUMN, TOTAL, MAX, IOWAIT, DEVICE, WAITED, PLACE,
	COLUMNS,
};

static const struct hd_column columns[COLUMNS] = {
	HD_ID_COLUMNS,
	[COUNT]		= { "count", HD_NUMBER, HD_SUM },
	[TOTAL]		= { "total", HD_TIME, HD_SUM },
	[MAX]		= { "max", HD_TIME, HD_MAX },
	[IOWAIT]	= { "iowait", HD_TIME, HD_SUM },
	[DEVICE]	= { "device", HD_TEXT, HD_KEY, .rises = true },
	[WAITED]	= { "waited_for", HD_TEXT, HD_KEY, .rises = true },
	[PLACE]		= { "place", HD_TEXT, HD_KEY, .rises = true },
};

static void add(struct hd_table *table, const struct hd_snapshot *snap,
		const struct hd_snapshot_row *row)
{
	const struct hd_place_row *place = &row->place;
	union hd_cell *cell = hd_table_add_task(table, row);

	(void)snap;
	if (!cell)
		return;
	cell[COUNT].value = place->count;
	cell[TOTAL].value = place->total_ns;
	cell[MAX].value = place->max_ns;
	cell[IOWAIT].value = place->iowait_ns;
	cell[DEVICE].text = hd_table_text(place->device, sizeof(place->device));
	cell[WAITED].text = hd_table_word(hd_reason(place->place));
	cell[PLACE].text = hd_table_text(place->place, sizeof(place->place));
}

static const struct hd_table_cmd table_cmd = {
	.column = columns,
	.columns = COLUMNS,
	.sort = TOTAL,
	.group_sort = TOTAL,
	.type = HOSTDIAG_PLACE,
	.add = add,
};

static int run(struct hd_args *args)
{
	return hd_table_run(&table_cmd, args);
}

const struct hd_command hd_cmd_dsleep = {
	.name = "dsleep",
	.doc = "Show where live tasks slept in D for longer than slow_dsleep_ms, and what\n"
	       "for: by task, device and place.",
	.options = HD_OPTS_TABLE,
	.run = run,
};
