// SPDX-License-Identifier: GPL-2.0-only
/* Commands that print a table. */
#include "snap/load.h"
#include "table/table.h"
#include "util.h"

/**
 * hd_table_begin() - initialize a table
 * @table: initialized
 * @cmd: description of the table
 * @args: the command line
 */
void hd_table_begin(struct hd_table *table, const struct hd_table_cmd *cmd,
		    const struct hd_args *args)
{
	*table = (struct hd_table){
		.args = *args,
		.by = args->by,
		.reverse = args->reverse,
		.sort = cmd->sort,
		.group_sort = cmd->group_sort,
		.bare = cmd->bare,
		.newest_last = cmd->newest_last,
	};
	hd_table_set_schema(table, cmd);
	table->sort = hd_table_find_sort(table);
}

/* a chosen task that exists is no error, even if it has no line */
static void note_match(struct hd_table *table, int type,
		       const struct hd_snapshot_row *row)
{
	const struct hd_task_row *task = &row->task;

	if (!table->matched &&
	    (type == HOSTDIAG_TASK || type == HOSTDIAG_EXITED))
		table->matched = hd_args_choose(&table->args, task->tid,
						task->tgid, task->comm);
}

/**
 * hd_table_check_matched() - end the program if no chosen task was found
 * @table: filled
 */
void hd_table_check_matched(const struct hd_table *table)
{
	if (!table->matched && !hd_args_choose_all(&table->args))
		hd_die("nothing%s to show: there is no such task",
		       hd_args_chosen(&table->args));
}

/**
 * hd_table_fill() - fill a table from a snapshot, and roll it up
 * @table: begun
 * @cmd: description of the table
 */
void hd_table_fill(struct hd_table *table, const struct hd_table_cmd *cmd)
{
	hd_table_add_fn *add = cmd->add ? cmd->add : hd_table_add_row;
	struct hd_snapshot_row row;
	struct hd_snapshot snap;
	int type;

	hd_load_part_or_die(&snap, table->args.file);
	table->flags = snap.head.flags;
	while ((type = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END) {
		note_match(table, type, &row);
		if (type == (int)cmd->schema->record)
			add(table, &snap, &row);
	}
	hd_table_check_matched(table);
	hd_load_say(&snap, table->args.file,
		    cmd->schema->record == HOSTDIAG_SLOW);
	hd_table_fold(table);
}

/**
 * hd_table_run() - run a command that only prints its table
 * @cmd: description of the table
 * @args: the command line
 *
 * Return: the exit status.
 */
int hd_table_run(const struct hd_table_cmd *cmd, const struct hd_args *args)
{
	struct hd_table table;
	size_t i;

	hd_table_begin(&table, cmd, args);
	hd_table_fill(&table, cmd);
	for (i = 0; cmd->finish && i < table.used; i++)
		cmd->finish(&table.cell[i * table.columns]);
	hd_table_print(&table);
	return 0;
}
