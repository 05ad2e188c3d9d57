// SPDX-License-Identifier: GPL-2.0-only
/* The newest exited tasks, one by one. */
#include <signal.h>
#include <sys/wait.h>
#include "cmd/cmd.h"
#include "table/table.h"

enum {
	TASKS = HD_FIRST_COLUMN, OWN_COLUMNS,
};

enum { HD_COLUMNS(HD_COLUMN_ID, DEATHS) };

static const struct hd_column columns[OWN_COLUMNS] = {
	HD_ID_COLUMNS,
	[TASKS]		= { "tasks", HD_NUMBER, HD_SUM, .grouped = true },
};

/* "0", "SIGSEGV" */
static char *exit_text(u32 code)
{
	int number = WTERMSIG(code);
	char text[HD_NAME_LEN];

	if (number)
		return hd_table_word(hd_signal_name(number, text));
	snprintf(text, sizeof(text), "%d", WEXITSTATUS(code));
	return hd_table_word(text);
}

static union hd_cell *add_deaths(struct hd_table *table, const struct hd_snapshot *snap,
				 const struct hd_snapshot_row *row)
{
	union hd_cell *cell = hd_table_add_row(table, snap, row);

	if (!cell)
		return NULL;
	cell[TASKS].value = 1;
	hd_table_set_text(&cell[OWN_COLUMNS + COLUMN_exit_code],
			  exit_text(row->death.exit_code));
	return cell;
}

static const struct hd_table_cmd table_cmd = {
	.schema = &hd_schemas[HD_SCHEMA_deaths],
	.column = columns,
	.columns = OWN_COLUMNS,
	.sort = OWN_COLUMNS + COLUMN_when_ns,
	.group_sort = TASKS,
	.newest_last = true,
	.add = add_deaths,
};

static int run_deaths(struct hd_args *args)
{
	return hd_table_run(&table_cmd, args);
}

const struct hd_command hd_cmd_deaths = {
	.name = "deaths",
	.doc = "Show the tasks that ended last, one by one, the newest last.",
	.options = HD_OPTS_TABLE,
	.run = run_deaths,
};
