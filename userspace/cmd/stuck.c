// SPDX-License-Identifier: GPL-2.0-only
/* Who is inside a call now, or in D sleep, since when, and on what. */
#include <stdlib.h>
#include "cmd/cmd.h"
#include "host/reasons.h"
#include "host/sockets.h"
#include "table/table.h"
#include "util.h"

enum {
	TASKS = HD_FIRST_COLUMN, STATE, AGE, D_AGE, SYSCALL, CLASS, FD, WAITS,
	PATH, COLUMNS,
};

static const struct hd_column columns[COLUMNS] = {
	HD_ID_COLUMNS,
	[TASKS]		= { "tasks", HD_NUMBER, HD_SUM, .grouped = true },
	[STATE]		= { "state", HD_TEXT, HD_GONE, .rises = true },
	[AGE]		= { "age", HD_TIME, HD_MAX },
	[D_AGE]		= { "d_age", HD_TIME, HD_MAX },
	[SYSCALL]	= { "syscall", HD_TEXT, HD_KEY, .rises = true },
	[CLASS]		= { "class", HD_TEXT, HD_KEY, .rises = true },
	[FD]		= { "fd", HD_NUMBER, HD_GONE, .rises = true },
	[WAITS]		= { "waits_for", HD_TEXT, HD_KEY, .rises = true },
	[PATH]		= { "path", HD_TEXT, HD_GONE, .rises = true },
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

static void add(struct hd_table *table, const struct hd_snapshot *snap,
		const struct hd_snapshot_row *row)
{
	struct stuck *stuck = (struct stuck *)table;
	const struct hd_stuck_row *now = &row->stuck;
	const struct hd_task_row *task = &row->task;
	const char *reason = hd_reason(now->place);
	union hd_cell *cell;

	(void)snap;
	if (!hd_args_choose(&table->args, task->tid, task->tgid, task->comm))
		return;
	if (!table->args.all && now->class == HOSTDIAG_CLASS_IDLE &&
	    !now->d_age_ns) {
		stuck->idle++;
		return;
	}
	cell = hd_table_add_task(table, row);
	cell[TASKS].value = 1;
	cell[STATE].text = hd_table_text(&now->state, 1);
	cell[AGE].value = now->age_ns;
	cell[D_AGE].value = now->d_age_ns ? now->d_age_ns : HD_ABSENT;
	cell[SYSCALL].text = hd_table_syscall(now->abi, now->nr);
	cell[CLASS].text = hd_table_word(hd_class_name(now->class));
	cell[FD].value = hd_table_fd(now->fd);
	cell[WAITS].text = reason ? hd_table_word(reason) :
			   hd_table_text(now->place, sizeof(now->place));
	cell[PATH].text = path_text(table, task->tgid, now->path);
}

static const struct hd_table_cmd table_cmd = {
	.column = columns,
	.columns = COLUMNS,
	.sort = AGE,
	.group_sort = TASKS,
	.type = HOSTDIAG_STUCK,
	.add = add,
};

static int run(struct hd_args *args)
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
	.run = run,
};
