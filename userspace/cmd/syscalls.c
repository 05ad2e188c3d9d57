// SPDX-License-Identifier: GPL-2.0-only
/* The table of strace -c; with --by, a table with columns that strace lacks. */
#include "cmd/cmd.h"
#include "table/strace.h"
#include "util.h"

enum { HD_COLUMNS(HD_COLUMN_ID, SYSCALLS) };

static const struct hd_column columns[] = { HD_ID_COLUMNS };

static const struct hd_table_cmd table_cmd = {
	.schema = &hd_schemas[HD_SCHEMA_syscalls],
	.column = columns,
	.columns = HD_FIRST_COLUMN,
	.sort = HD_FIRST_COLUMN + COLUMN_total_ns,
	.group_sort = HD_FIRST_COLUMN + COLUMN_total_ns,
};

static const struct hd_table_cmd strace_cmd = {
	.schema = &hd_schemas[HD_SCHEMA_syscalls],
	.add = hd_strace_add,
};

static int run_syscalls(struct hd_args *args)
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
	.run = run_syscalls,
};
