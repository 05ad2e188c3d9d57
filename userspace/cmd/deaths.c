// SPDX-License-Identifier: GPL-2.0-only
/* The tasks that ended last, one by one. */
#include <signal.h>
#include <sys/wait.h>
#include "cmd/cmd.h"
#include "table/table.h"

enum {
	TASKS = HD_FIRST_COLUMN, WHEN, PPID, LIFE, EXIT, CALLS, ERRORS, D,
	COLUMNS,
};

static const struct hd_column columns[COLUMNS] = {
	HD_ID_COLUMNS,
	[TASKS]		= { "tasks", HD_NUMBER, HD_SUM, .grouped = true },
	[WHEN]		= { "when", HD_CLOCK, HD_MAX, .rises = true },
	[PPID]		= { "ppid", HD_NUMBER, HD_GONE, .rises = true },
	[LIFE]		= { "life", HD_TIME, HD_SUM },
	[EXIT]		= { "exit", HD_TEXT, HD_KEY, .rises = true },
	[CALLS]		= { "calls", HD_NUMBER, HD_SUM },
	[ERRORS]	= { "errors", HD_NUMBER, HD_SUM },
	[D]		= { "d", HD_TIME, HD_SUM },
};

static const char *signal_name(int number)
{
	static const char *const name[] = {
		[SIGHUP] = "SIGHUP", [SIGINT] = "SIGINT", [SIGQUIT] = "SIGQUIT",
		[SIGILL] = "SIGILL", [SIGTRAP] = "SIGTRAP",
		[SIGABRT] = "SIGABRT", [SIGBUS] = "SIGBUS", [SIGFPE] = "SIGFPE",
		[SIGKILL] = "SIGKILL", [SIGUSR1] = "SIGUSR1",
		[SIGSEGV] = "SIGSEGV", [SIGUSR2] = "SIGUSR2",
		[SIGPIPE] = "SIGPIPE", [SIGALRM] = "SIGALRM",
		[SIGTERM] = "SIGTERM", [SIGXCPU] = "SIGXCPU",
		[SIGXFSZ] = "SIGXFSZ", [SIGSYS] = "SIGSYS",
	};

	return (size_t)number < ARRAY_SIZE(name) ? name[number] : NULL;
}

/* "0", "SIGSEGV" */
static char *exit_text(u32 code)
{
	int number = WTERMSIG(code);
	char text[32];

	if (!number)
		snprintf(text, sizeof(text), "%d", WEXITSTATUS(code));
	else if (signal_name(number))
		snprintf(text, sizeof(text), "%s", signal_name(number));
	else
		snprintf(text, sizeof(text), "signal_%d", number);
	return hd_table_word(text);
}

static void add(struct hd_table *table, const struct hd_snapshot *snap,
		const struct hd_snapshot_row *row)
{
	const struct hd_death_row *death = &row->death;
	union hd_cell *cell = hd_table_add(table, death->tid, death->tgid,
					   death->comm);

	if (!cell)
		return;
	cell[TASKS].value = 1;
	cell[WHEN].value = hd_table_clock(snap, death->when_ns);
	cell[PPID].value = death->ppid;
	cell[LIFE].value = death->life_ns;
	cell[EXIT].text = exit_text(death->exit_code);
	cell[CALLS].value = death->calls;
	cell[ERRORS].value = death->errors;
	cell[D].value = death->d_ns;
}

static const struct hd_table_cmd table_cmd = {
	.column = columns,
	.columns = COLUMNS,
	.sort = WHEN,
	.group_sort = TASKS,
	.newest_last = true,
	.type = HOSTDIAG_DEATH,
	.add = add,
};

static int run(struct hd_args *args)
{
	return hd_table_run(&table_cmd, args);
}

const struct hd_command hd_cmd_deaths = {
	.name = "deaths",
	.doc = "Show the tasks that ended last, one by one, the newest last.",
	.options = HD_OPTS_TABLE,
	.run = run,
};
