// SPDX-License-Identifier: GPL-2.0-only
/* Where tasks slept in D, and what for. */
#include "cmd.h"
#include "reasons.h"
#include "table.h"

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

static error_t parse(int key, char *arg, struct argp_state *state)
{
	return hd_table_key(key, arg, state, state->input);
}

static const struct argp_option options[] = {
	HD_OPTIONS_TABLE, HD_OPTION_FILE, { 0 },
};

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.doc = "Show where live tasks slept in D for longer than slow_dsleep_ms, and what for.",
};

static void add(struct hd_table *table, const struct hd_snapshot *snap,
		const struct hd_snapshot_row *row)
{
	const struct hd_place_row *place = &row->place;
	const char *reason = hd_reason(place->place);
	union hd_cell *cell = hd_table_add(table, row->task.tid, row->task.tgid,
					   row->task.comm);

	(void)snap;
	if (!cell)
		return;
	cell[COUNT].value = place->count;
	cell[TOTAL].value = place->total_ns;
	cell[MAX].value = place->max_ns;
	cell[IOWAIT].value = place->iowait_ns;
	cell[DEVICE].text = hd_table_text(place->device, sizeof(place->device));
	cell[WAITED].text = hd_table_word(reason ? reason : "-");
	cell[PLACE].text = hd_table_text(place->place, sizeof(place->place));
}

int hd_cmd_dsleep(int argc, char **argv, const char *file)
{
	struct hd_table table = {
		.args.file = file,
		.column = columns,
		.columns = COLUMNS,
		.sort = TOTAL,
		.group_sort = TOTAL,
	};

	hd_args_parse(&argp, argc, argv, 0, &table);
	hd_table_fill(&table, HOSTDIAG_PLACE, add);
	hd_table_print(&table);
	return 0;
}
