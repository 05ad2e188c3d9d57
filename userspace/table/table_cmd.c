// SPDX-License-Identifier: GPL-2.0-only
/* Commands that are tables. */
#include "snap/load.h"
#include "table/table.h"

static error_t parse(int key, char *arg, struct argp_state *state)
{
	return hd_table_key(key, arg, state, state->input);
}

/**
 * hd_table_begin() - set a table up, and parse the command line
 * @table: to be set; the parser's input
 * @cmd: what it is a table of
 * @argc: of the command
 * @argv: of the command
 * @file: of the command
 */
void hd_table_begin(struct hd_table *table, const struct hd_table_cmd *cmd,
		    int argc, char **argv, const char *file)
{
	static const struct argp_option options[] = {
		HD_OPTIONS_TABLE, HD_OPTION_FILE, { 0 },
	};
	const struct argp argp = {
		.options = cmd->options ? cmd->options : options,
		.parser = cmd->parser ? cmd->parser : parse,
		.args_doc = cmd->args_doc,
		.doc = cmd->doc,
	};

	*table = (struct hd_table){
		.args.file = file,
		.column = cmd->column,
		.columns = cmd->columns,
		.sort = cmd->sort,
		.group_sort = cmd->group_sort,
		.bare = cmd->bare,
	};
	hd_args_parse(&argp, argc, argv, 0, table);
}

/**
 * hd_table_fill() - fill a table from a snapshot, and roll it up
 * @table: its options are set
 * @type: of the records that it is made of
 * @add: what adds one of them
 */
void hd_table_fill(struct hd_table *table, enum hostdiag_record_type type,
		   hd_table_add_fn *add)
{
	struct hd_snapshot_row row;
	struct hd_snapshot snap;
	int next;

	hd_load_or_die(&snap, table->args.file);
	table->flags = snap.head.flags;
	while ((next = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END) {
		if (next == (int)type)
			add(table, &snap, &row);
	}
	hd_table_fold(table);
}

/**
 * hd_table_run() - a command that does no more than show its table
 * @cmd: what it is a table of
 * @argc: of the command
 * @argv: of the command
 * @file: of the command
 *
 * Return: the exit status.
 */
int hd_table_run(const struct hd_table_cmd *cmd, int argc, char **argv,
		 const char *file)
{
	struct hd_table table;
	size_t i;

	hd_table_begin(&table, cmd, argc, argv, file);
	hd_table_fill(&table, cmd->type, cmd->add);
	for (i = 0; cmd->finish && i < table.used; i++)
		cmd->finish(&table.cell[i * table.columns]);
	hd_table_print(&table);
	return 0;
}
