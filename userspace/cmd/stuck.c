// SPDX-License-Identifier: GPL-2.0-only
/* Who is inside a call now, or in D sleep, since when, and on what. */
#include <stdlib.h>
#include "cmd/cmd.h"
#include "host/reasons.h"
#include "host/sockets.h"
#include "table/table.h"
#include "util.h"

enum {
	TASKS = HD_FIRST_COLUMN, OWN_COLUMNS,
};

enum { HD_COLUMNS(HD_COLUMN_ID, STUCK) };

static const struct hd_column columns[OWN_COLUMNS] = {
	HD_ID_COLUMNS,
	[TASKS]		= { "tasks", HD_NUMBER, HD_SUM, .grouped = true },
};

/**
 * struct stuck - the table, and what is left out of it
 * @table: the table; first, since hd_table_fill() hands it on
 * @idle: how many tasks are left out: they wait for work by design
 */
struct stuck {
	struct hd_table table;
	u64 idle;
};

/* what a descriptor refers to; a socket's ends where they can be seen */
static char *path_text(const struct hd_table *table, u32 tgid,
		       const char path[HD_PATH_LEN])
{
	char socket[HD_PATH_LEN], *text = hd_table_text(path, HD_PATH_LEN);
	char *both;

	if (table->args.file || !hd_socket_inode(path) ||
	    !hd_socket_describe(hd_socket_inode(path), tgid, socket,
				sizeof(socket)))
		return text;
	if (asprintf(&both, "%s %s", text, socket) < 0)
		hd_die("out of memory");
	free(text);
	return both;
}

static union hd_cell *add_stuck(struct hd_table *table, const struct hd_snapshot *snap,
				const struct hd_snapshot_row *row)
{
	struct stuck *stuck = (struct stuck *)table;
	const struct hd_stuck_row *now = &row->stuck;
	const struct hd_task_row *task = &row->task;
	const char *reason = hd_reason(now->place);
	union hd_cell *cell;

	if (!hd_args_choose(&table->args, task->tid, task->tgid, task->comm))
		return NULL;
	if (!table->args.all && now->class == HOSTDIAG_CLASS_IDLE &&
	    !now->d_age_ns) {
		stuck->idle++;
		return NULL;
	}
	cell = hd_table_add_row(table, snap, row);
	cell[TASKS].value = 1;
	if (reason)
		hd_table_set_text(&cell[OWN_COLUMNS + COLUMN_waits_for],
				  hd_table_word(reason));
	hd_table_set_text(&cell[OWN_COLUMNS + COLUMN_path],
			  path_text(table, task->tgid, now->path));
	return cell;
}

static const struct hd_table_cmd table_cmd = {
	.schema = &hd_schemas[HD_SCHEMA_stuck],
	.column = columns,
	.columns = OWN_COLUMNS,
	.sort = OWN_COLUMNS + COLUMN_age_ns,
	.group_sort = TASKS,
	.add = add_stuck,
};

static int run_stuck(struct hd_args *args)
{
	struct stuck stuck = { .idle = 0 };

	hd_table_begin(&stuck.table, &table_cmd, args);
	hd_table_fill(&stuck.table, &table_cmd);
	hd_table_print(&stuck.table);
	if (stuck.idle)
		hd_print("%llu more wait for work by design: stuck -a\n",
			 stuck.idle);
	return 0;
}

const struct hd_command hd_cmd_stuck = {
	.name = "stuck",
	.doc = "Show the tasks that are inside a call or in D sleep now, the longest first.\n"
	       "Those that wait for work by design are only counted.",
	.options = HD_OPTS_TABLE | HD_OPT(ALL),
	.run = run_stuck,
};
