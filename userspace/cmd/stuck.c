// SPDX-License-Identifier: GPL-2.0-only
/* Tasks that are inside a call or in D sleep now, their ages and descriptors. */
#include <stdlib.h>
#include "cmd/cmd.h"
#include "host/reasons.h"
#include "host/sockets.h"
#include "snap/load.h"
#include "table/table.h"
#include "util.h"
#include "why/why.h"

enum {
	TASKS = HD_FIRST_COLUMN, OWN_COLUMNS,
};

enum { HD_COLUMNS(HD_COLUMN_ID, STUCK) };

static const struct hd_column columns[OWN_COLUMNS] = {
	HD_ID_COLUMNS,
	[TASKS]		= { "tasks", HD_NUMBER, HD_SUM, .grouped = true },
};

/**
 * struct stuck - the table, and the count of omitted tasks
 * @table: the table; the first member, since add_stuck() is called with it
 * @idle: number of omitted tasks, which wait for work by design
 * @why: this host
 * @tree: its tasks that wait for another one, which is no wait for work
 */
struct stuck {
	struct hd_table table;
	u64 idle;
	struct hd_why why;
	struct hd_why_tree tree;
};

/* the text of a descriptor; of a socket, with its ends if they are known */
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

static bool is_left_out(struct stuck *stuck, const struct hd_stuck_row *now,
			u32 tid)
{
	const struct hd_args *args = &stuck->table.args;

	return !args->all && now->class == HOSTDIAG_CLASS_IDLE &&
	       !now->d_age_ns &&
	       (args->file || !hd_why_tree_has(&stuck->why, &stuck->tree, tid));
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
	if (is_left_out(stuck, now, task->tid)) {
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
	struct hd_snapshot snap;

	hd_table_begin(&stuck.table, &table_cmd, args);
	if (!args->file && !args->all) {
		hd_load_or_die(&snap, NULL);
		hd_why_tree_load(&snap, &stuck.why, &stuck.tree);
	}
	hd_table_fill(&stuck.table, &table_cmd);
	hd_table_print(&stuck.table);
	if (stuck.idle)
		hd_print("%llu more wait for work by design: stuck -a\n",
			 stuck.idle);
	hd_why_tree_free(&stuck.tree);
	hd_why_free(&stuck.why);
	return 0;
}

const struct hd_command hd_cmd_stuck = {
	.name = "stuck",
	.doc = "Show the tasks that are inside a call or in D sleep now, the longest first.\n"
	       "Those that wait for work by design are only counted; but who waits for one\n"
	       "that is stopped or stuck, and that one, are shown.",
	.options = HD_OPTS_TABLE | HD_OPT(ALL),
	.run = run_stuck,
};
