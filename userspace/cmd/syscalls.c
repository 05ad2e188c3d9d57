// SPDX-License-Identifier: GPL-2.0-only
/* The table of strace -c; with --by, a table with what strace does not know. */
#include "cmd/cmd.h"
#include "table/strace.h"
#include "util.h"

enum {
	SYSCALL = HD_FIRST_COLUMN, CALLS, ERRORS, TOTAL, MAX, CPU, RUNQ, D,
	SLEEP, COLUMNS,
};

static const struct hd_column columns[COLUMNS] = {
	HD_ID_COLUMNS,
	[SYSCALL]	= { "syscall", HD_TEXT, HD_KEY, .rises = true },
	[CALLS]		= { "calls", HD_NUMBER, HD_SUM },
	[ERRORS]	= { "errors", HD_NUMBER, HD_SUM },
	[TOTAL]		= { "total", HD_TIME, HD_SUM },
	[MAX]		= { "max", HD_TIME, HD_MAX },
	[CPU]		= { "cpu", HD_TIME, HD_SUM },
	[RUNQ]		= { "runq", HD_TIME, HD_SUM },
	[D]		= { "d", HD_TIME, HD_SUM },
	[SLEEP]		= { "sleep", HD_TIME, HD_SUM },
};

static void add(struct hd_table *table, const struct hd_snapshot *snap,
		const struct hd_snapshot_row *row)
{
	const struct hd_syscall_row *call = &row->syscall;
	union hd_cell *cell = hd_table_add_task(table, row);

	(void)snap;
	if (!cell)
		return;
	cell[SYSCALL].text = hd_table_syscall(call->abi, call->nr);
	cell[CALLS].value = call->stat.count;
	cell[ERRORS].value = call->errors;
	cell[TOTAL].value = call->stat.sum_ns;
	cell[MAX].value = call->stat.max_ns;
	hd_table_wait(&cell[CPU], &call->stat, &call->wait);
}

static const struct hd_table_cmd table_cmd = {
	.column = columns,
	.columns = COLUMNS,
	.sort = TOTAL,
	.group_sort = TOTAL,
	.type = HOSTDIAG_SYSCALL,
	.add = add,
};

static const struct hd_table_cmd strace_cmd = {
	.type = HOSTDIAG_SYSCALL,
	.add = hd_strace_add,
};

static int run(struct hd_args *args)
{
	struct hd_table table;
	bool strace = !args->by;

	if (strace && (args->sort || args->lines || args->reverse))
		hd_args_fail("-s, -n and -r go with --by only");
	hd_table_begin(&table, &table_cmd, args);
	if (strace)
		hd_strace_begin(&table);
	hd_table_fill(&table, strace ? &strace_cmd : &table_cmd);
	if (!table.used)
		hd_die("no syscalls%s to show%s", hd_args_chosen(&table.args),
		       table.flags & HOSTDIAG_F_SYSCALLS ? "" :
		       ": counting them is switched off");
	if (strace)
		hd_strace_print(&table);
	else
		hd_table_print(&table);
	return 0;
}

const struct hd_command hd_cmd_syscalls = {
	.name = "syscalls",
	.doc = "Show time, calls and errors by syscall, of all live tasks or of the chosen\n"
	       "ones.  The time is that on the clock, as of strace -c -w; with --by, where\n"
	       "it went.",
	.options = HD_OPTS_TABLE,
	.run = run,
};
