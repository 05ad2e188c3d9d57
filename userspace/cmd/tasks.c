// SPDX-License-Identifier: GPL-2.0-only
/* Tables of live tasks, and of exited tasks by comm. */
#include <stdlib.h>
#include "cmd/cmd.h"
#include "table/table.h"
#include "util.h"

enum {
	TASKS = HD_FIRST_COLUMN, SUM, OWN_COLUMNS,
};

enum { HD_COLUMNS(HD_COLUMN_ID, TASKS) };

static void merge_rows(union hd_cell *to, const union hd_cell *from)
{
	hd_task_add(to->own, from->own);
}

static const struct hd_column columns[OWN_COLUMNS] = {
	HD_ID_COLUMNS,
	[TASKS]		= { "tasks", HD_NUMBER, HD_SUM, .grouped = true },
	[SUM]		= { "", HD_HIDDEN, HD_ANY, .merge = merge_rows },
};

/* the columns of a roll-up are made from the sum, since percentiles do not add up */
static void keep_row(union hd_cell *cell, const struct hd_task_row *task)
{
	cell->own = malloc(sizeof(*task));
	if (!cell->own)
		hd_die("out of memory");
	memcpy(cell->own, task, sizeof(*task));
}

static union hd_cell *add_tasks(struct hd_table *table, const struct hd_snapshot *snap,
				const struct hd_snapshot_row *row)
{
	union hd_cell *cell = hd_table_add_row(table, snap, row);

	if (!cell)
		return NULL;
	cell[TASKS].value = row->task.tasks;
	if (table->by)
		keep_row(&cell[SUM], &row->task);
	return cell;
}

static int show_tasks(const struct hd_table_cmd *cmd, const struct hd_args *args)
{
	static struct hd_snapshot_row row;
	struct hd_table table;
	union hd_cell *cell;
	size_t i;

	hd_table_begin(&table, cmd, args);
	hd_table_fill(&table, cmd);
	for (i = 0; table.by && i < table.used; i++) {
		cell = &table.cell[i * table.columns];
		row.task = *(const struct hd_task_row *)cell[SUM].own;
		hd_table_refill(&table, cell, NULL, &row);
	}
	hd_table_print(&table);
	return 0;
}

static int run_tasks(struct hd_args *args)
{
	static const struct hd_table_cmd cmd = {
		.schema = &hd_schemas[HD_SCHEMA_tasks],
		.column = columns,
		.columns = OWN_COLUMNS,
		.sort = OWN_COLUMNS + COLUMN_calls,
		.group_sort = OWN_COLUMNS + COLUMN_calls,
		.add = add_tasks,
	};

	return show_tasks(&cmd, args);
}

const struct hd_command hd_cmd_tasks = {
	.name = "tasks",
	.doc = "Show the live tasks, those with the most calls first.",
	.options = HD_OPTS_TABLE,
	.run = run_tasks,
};

#define EXITED_ID(name, ...)	EXITED_##name,
enum { HD_COLUMNS(EXITED_ID, EXITED) };

static int run_exited(struct hd_args *args)
{
	static const struct hd_table_cmd cmd = {
		.schema = &hd_schemas[HD_SCHEMA_exited],
		.column = columns,
		.columns = HD_FIRST_COLUMN,
		.sort = HD_FIRST_COLUMN + EXITED_tasks,
		.bare = true,
	};

	return hd_table_run(&cmd, args);
}

const struct hd_command hd_cmd_exited = {
	.name = "exited",
	.doc = "Show the tasks that have ended, by name, the most first.",
	.options = HD_OPTS_SORT | HD_OPT(COMM) | HD_OPT(FILE),
	.run = run_exited,
};
