// SPDX-License-Identifier: GPL-2.0-only
/* Tables of tasks, and of the dead by comm. */
#include <stdlib.h>
#include "cmd/cmd.h"
#include "table/table.h"
#include "util.h"

/* in the order of the output; the names are those of /proc/hostdiag */
enum {
	TASKS = HD_FIRST_COLUMN, CALLS, ERRORS,
	SYS, SYS_P50, SYS_P99, SYS_MAX, SYS_CPU, SYS_RUNQ, SYS_D, SYS_SLEEP,
	DSLEEPS, D, D_P50, D_P99, D_MAX, IOWAIT,
	OPENS, CLOSES, OPEN_NOW, OPEN, OPEN_P50, OPEN_P99, OPEN_MAX,
	STATS,
	COLUMNS,
};

/* the histograms of both */
static void merge_stats(union hd_cell *to, const union hd_cell *from)
{
	struct hd_stat *stat = to->own;
	const struct hd_stat *more = from->own;
	int kind;

	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		hd_stat_merge(&stat[kind], &more[kind]);
}

static const struct hd_column columns[COLUMNS] = {
	HD_ID_COLUMNS,
	[TASKS]		= { "tasks", HD_NUMBER, HD_SUM, .grouped = true },
	[CALLS]		= { "calls", HD_NUMBER, HD_SUM },
	[ERRORS]	= { "errors", HD_NUMBER, HD_SUM },
	[SYS]		= { "sys", HD_TIME, HD_SUM },
	[SYS_P50]	= { "sys_p50", HD_TIME, HD_ANY },
	[SYS_P99]	= { "sys_p99", HD_TIME, HD_ANY },
	[SYS_MAX]	= { "sys_max", HD_TIME, HD_MAX },
	[SYS_CPU]	= { "sys_cpu", HD_TIME, HD_SUM },
	[SYS_RUNQ]	= { "sys_runq", HD_TIME, HD_SUM },
	[SYS_D]		= { "sys_d", HD_TIME, HD_SUM },
	[SYS_SLEEP]	= { "sys_sleep", HD_TIME, HD_SUM },
	[DSLEEPS]	= { "dsleeps", HD_NUMBER, HD_SUM },
	[D]		= { "d", HD_TIME, HD_SUM },
	[D_P50]		= { "d_p50", HD_TIME, HD_ANY },
	[D_P99]		= { "d_p99", HD_TIME, HD_ANY },
	[D_MAX]		= { "d_max", HD_TIME, HD_MAX },
	[IOWAIT]	= { "iowait", HD_TIME, HD_SUM },
	[OPENS]		= { "opens", HD_NUMBER, HD_SUM },
	[CLOSES]	= { "closes", HD_NUMBER, HD_SUM },
	[OPEN_NOW]	= { "open_now", HD_NUMBER, HD_SUM },
	[OPEN]		= { "open", HD_TIME, HD_SUM },
	[OPEN_P50]	= { "open_p50", HD_TIME, HD_ANY },
	[OPEN_P99]	= { "open_p99", HD_TIME, HD_ANY },
	[OPEN_MAX]	= { "open_max", HD_TIME, HD_MAX },
	[STATS]		= { "", HD_HIDDEN, HD_ANY, .merge = merge_stats },
};

/* sum, p50, p99, max */
static void put_stat(union hd_cell *cell, const struct hd_stat *stat)
{
	bool known = stat->kept && stat->count;

	cell[0].value = stat->sum_ns;
	cell[1].value = known ? hd_stat_percentile(stat, 500) : HD_ABSENT;
	cell[2].value = known ? hd_stat_percentile(stat, 990) : HD_ABSENT;
	cell[3].value = stat->max_ns;
}

static void put_stats(union hd_cell *cell, const struct hd_stat *stat)
{
	put_stat(&cell[SYS], &stat[HOSTDIAG_KIND_SYSCALL]);
	put_stat(&cell[D], &stat[HOSTDIAG_KIND_DSLEEP]);
	put_stat(&cell[OPEN], &stat[HOSTDIAG_KIND_OPEN]);
}

/* for the percentiles of a roll-up, which are none of single lines */
static void keep_stats(union hd_cell *cell, const struct hd_task_row *task)
{
	cell->own = malloc(sizeof(task->stat));
	if (!cell->own)
		hd_die("out of memory");
	memcpy(cell->own, task->stat, sizeof(task->stat));
}

static void add(struct hd_table *table, const struct hd_snapshot *snap,
		const struct hd_snapshot_row *row)
{
	const struct hd_task_row *task = &row->task;
	const struct hd_stat *stat = task->stat;
	union hd_cell *cell = hd_table_add_task(table, row);

	(void)snap;
	if (!cell)
		return;
	cell[TASKS].value = task->tasks;
	cell[CALLS].value = stat[HOSTDIAG_KIND_SYSCALL].count;
	cell[ERRORS].value = task->errors;
	hd_table_wait(&cell[SYS_CPU], &stat[HOSTDIAG_KIND_SYSCALL],
		      &task->wait);
	cell[DSLEEPS].value = stat[HOSTDIAG_KIND_DSLEEP].count;
	cell[IOWAIT].value = task->iowait_ns;
	cell[OPENS].value = task->opens;
	cell[CLOSES].value = stat[HOSTDIAG_KIND_OPEN].count;
	cell[OPEN_NOW].value = task->open_now;
	put_stats(cell, stat);
	if (table->by)
		keep_stats(&cell[STATS], task);
}

static int show(const struct hd_table_cmd *cmd, const struct hd_args *args)
{
	struct hd_table table;
	size_t i;

	hd_table_begin(&table, cmd, args);
	hd_table_fill(&table, cmd);
	for (i = 0; table.by && i < table.used; i++)
		put_stats(&table.cell[i * COLUMNS],
			  table.cell[i * COLUMNS + STATS].own);
	hd_table_print(&table);
	return 0;
}

static int run_tasks(struct hd_args *args)
{
	static const struct hd_table_cmd cmd = {
		.column = columns,
		.columns = COLUMNS,
		.sort = CALLS,
		.group_sort = CALLS,
		.type = HOSTDIAG_TASK,
		.add = add,
	};

	return show(&cmd, args);
}

const struct hd_command hd_cmd_tasks = {
	.name = "tasks",
	.doc = "Show the live tasks, those with the most calls first.",
	.options = HD_OPTS_TABLE,
	.run = run_tasks,
};

static int run_exited(struct hd_args *args)
{
	static const struct hd_table_cmd cmd = {
		.column = columns,
		.columns = COLUMNS,
		.sort = TASKS,
		.bare = true,
		.type = HOSTDIAG_EXITED,
		.add = add,
	};

	return show(&cmd, args);
}

const struct hd_command hd_cmd_exited = {
	.name = "exited",
	.doc = "Show the tasks that have ended, by name, the most first.",
	.options = HD_OPTS_SORT | HD_OPT(COMM) | HD_OPT(FILE),
	.run = run_exited,
};
