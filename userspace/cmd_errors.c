// SPDX-License-Identifier: GPL-2.0-only
/* Which calls fail, with what, and the limit that explains it. */
#include "cmd.h"
#include "limits.h"
#include "table.h"

enum {
	SYSCALL = HD_FIRST_COLUMN, ERRNO, COUNT, AGO, LIMIT, COLUMNS,
};

static const struct hd_column columns[COLUMNS] = {
	HD_ID_COLUMNS,
	[SYSCALL]	= { "syscall", HD_TEXT, HD_KEY, .rises = true },
	[ERRNO]		= { "errno", HD_TEXT, HD_KEY, .rises = true },
	[COUNT]		= { "count", HD_NUMBER, HD_SUM },
	[AGO]		= { "last_ago", HD_TIME, HD_MIN, .rises = true },
	[LIMIT]		= { "limit", HD_TEXT, HD_GONE, .rises = true },
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
	.doc = "Show the calls that fail, by task, syscall and error, the most first; and the\n"
	       "limit of the process that explains it, where there is one.",
};

static void add(struct hd_table *table, const struct hd_snapshot *snap,
		const struct hd_snapshot_row *row)
{
	const struct hd_error_row *error = &row->error;
	char name[HD_NAME_LEN], buf[HD_NAME_LEN], limit[128] = "-";
	union hd_cell *cell = hd_table_add(table, row->task.tid, row->task.tgid,
					   row->task.comm);
	const char *call = hd_syscall_name(error->abi, error->nr, name);

	if (!cell)
		return;
	/* of a snapshot, nobody knows */
	if (!table->args.file && !table->by)
		hd_limit_explains(row->task.tgid, error->error, call, limit,
				  sizeof(limit));
	cell[SYSCALL].text = hd_table_word(call);
	cell[ERRNO].text = hd_table_word(hd_errno_name(error->error, buf));
	cell[COUNT].value = error->count;
	cell[AGO].value = hd_table_ago(snap, error->last_ns);
	cell[LIMIT].text = hd_table_word(limit);
}

int hd_cmd_errors(int argc, char **argv, const char *file)
{
	struct hd_table table = {
		.args.file = file,
		.column = columns,
		.columns = COLUMNS,
		.sort = COUNT,
		.group_sort = COUNT,
	};

	hd_args_parse(&argp, argc, argv, 0, &table);
	hd_table_fill(&table, HOSTDIAG_ERROR, add);
	hd_table_print(&table);
	return 0;
}
