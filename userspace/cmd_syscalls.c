// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of strace -c, over the chosen tasks; a table an ABI, as there.
 * With --by, a table with what strace does not know.
 */
#include <stdlib.h>
#include "args.h"
#include "cmd.h"
#include "load.h"
#include "print.h"
#include "table.h"

/**
 * struct line - a syscall, of all chosen tasks
 * @abi: enum hostdiag_abi
 * @nr: number
 * @calls: how many
 * @errors: how many of them failed
 * @ns: time they took
 */
struct line {
	u32 abi;
	u32 nr;
	u64 calls;
	u64 errors;
	u64 ns;
};

struct lines {
	struct line *line;
	size_t used;
	size_t room;
};

enum {
	SYSCALL = HD_FIRST_COLUMN, CALLS, ERRORS, TOTAL, MAX, CPU, RUNQ, D,
	SLEEP, BY_COLUMNS,
};

static const struct hd_column by_columns[BY_COLUMNS] = {
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

static error_t parse(int key, char *arg, struct argp_state *state)
{
	const struct hd_table *table = state->input;

	if (key == ARGP_KEY_END && !table->by &&
	    (table->sort_name || table->top || table->reverse))
		hd_args_fail(state, "-s, -n and -r go with --by only");
	return hd_table_key(key, arg, state, state->input);
}

static const struct argp_option options[] = {
	HD_OPTIONS_TABLE, HD_OPTION_FILE, { 0 },
};

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.doc = "Show time, calls and errors by syscall, of all live tasks or of the chosen ones.\n"
	       "The time is that on the clock, as of strace -c -w; with --by, where it went.",
};

static void add(struct lines *all, const struct hd_syscall_row *row)
{
	if (all->used == all->room) {
		all->room = all->room ? 2 * all->room : 1024;
		all->line = realloc(all->line, all->room * sizeof(*all->line));
		if (!all->line)
			hd_die("out of memory");
	}
	all->line[all->used++] = (struct line){
		.abi = row->abi,
		.nr = row->nr,
		.calls = row->stat.count,
		.errors = row->errors,
		.ns = row->stat.sum_ns,
	};
}

static int by_syscall(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	if (x->abi != y->abi)
		return x->abi < y->abi ? -1 : 1;
	return x->nr < y->nr ? -1 : x->nr > y->nr;
}

static int by_abi_and_time(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	if (x->abi != y->abi)
		return x->abi < y->abi ? -1 : 1;
	if (x->ns != y->ns)
		return x->ns > y->ns ? -1 : 1;
	return by_syscall(a, b);
}

static void accumulate(struct line *to, const struct line *from)
{
	to->calls = hd_add(to->calls, from->calls);
	to->errors = hd_add(to->errors, from->errors);
	to->ns = hd_add(to->ns, from->ns);
}

/* one line a syscall, in the order of the output */
static void fold(struct lines *all)
{
	size_t i, used = 0;

	qsort(all->line, all->used, sizeof(*all->line), by_syscall);
	for (i = 1; i < all->used; i++) {
		if (!by_syscall(&all->line[used], &all->line[i]))
			accumulate(&all->line[used], &all->line[i]);
		else
			all->line[++used] = all->line[i];
	}
	all->used = used + 1;
	qsort(all->line, all->used, sizeof(*all->line), by_abi_and_time);
}

/* the columns before the name; wider where a number needs it, as of strace */
#define COLUMNS	5

static const struct {
	const char *title;
	int width;
} columns[COLUMNS] = {
	{ "% time", 6 }, { "seconds", 11 }, { "usecs/call", 11 },
	{ "calls", 9 }, { "errors", 9 },
};

struct cells {
	char text[COLUMNS][32];
};

static void fill_cells(struct cells *to, const struct line *line,
		       const struct line *total)
{
	double percent = 0;

	if (line == total)
		percent = 100;
	else if (total->ns)
		percent = 100.0 * line->ns / total->ns;

	memset(to, 0, sizeof(*to));
	snprintf(to->text[0], sizeof(to->text[0]), "%.2f", percent);
	snprintf(to->text[1], sizeof(to->text[1]), "%llu.%06llu",
		 line->ns / 1000000000, line->ns / 1000 % 1000000);
	snprintf(to->text[2], sizeof(to->text[2]), "%llu",
		 line->calls ? line->ns / 1000 / line->calls : 0);
	snprintf(to->text[3], sizeof(to->text[3]), "%llu", line->calls);
	if (line->errors)
		snprintf(to->text[4], sizeof(to->text[4]), "%llu",
			 line->errors);
}

static void widen(int width[COLUMNS], const struct line *line,
		  const struct line *total)
{
	struct cells cells;
	int i, len;

	fill_cells(&cells, line, total);
	for (i = 0; i < COLUMNS; i++) {
		len = strlen(cells.text[i]);
		if (width[i] < len)
			width[i] = len;
	}
}

static void print_line(const int width[COLUMNS], const struct line *line,
		       const struct line *total, const char *name)
{
	struct cells cells;
	int i;

	fill_cells(&cells, line, total);
	for (i = 0; i < COLUMNS; i++)
		hd_print("%*s ", width[i], cells.text[i]);
	hd_print("%s\n", name);
}

static void print_rule(const int width[COLUMNS])
{
	int i, n;

	for (i = 0; i < COLUMNS; i++) {
		for (n = width[i]; n; n--)
			hd_print("-");
		hd_print(" ");
	}
	hd_print("----------------\n");
}

static void print_titles(const int width[COLUMNS])
{
	int i;

	for (i = 0; i < COLUMNS; i++)
		hd_print("%*s ", width[i], columns[i].title);
	hd_print("syscall\n");
}

static void print_table(const struct line *line, size_t count)
{
	struct line total = { .abi = line->abi };
	char name[HD_NAME_LEN];
	int width[COLUMNS];
	size_t i;

	for (i = 0; i < count; i++)
		accumulate(&total, &line[i]);
	for (i = 0; i < COLUMNS; i++)
		width[i] = columns[i].width;
	for (i = 0; i < count; i++)
		widen(width, &line[i], &total);
	widen(width, &total, &total);

	print_titles(width);
	print_rule(width);
	for (i = 0; i < count; i++)
		print_line(width, &line[i], &total,
			   hd_syscall_name(line[i].abi, line[i].nr, name));
	print_rule(width);
	print_line(width, &total, &total, "total");
}

/* strace's words for what is not the machine's first ABI */
static void print_abi(u32 abi)
{
	switch (abi) {
	case HOSTDIAG_ABI_I386:
	case HOSTDIAG_ABI_ARM:
		hd_print("System call usage summary for 32 bit mode:\n");
		break;
	case HOSTDIAG_ABI_X32:
		hd_print("System call usage summary for x32 mode:\n");
		break;
	}
}

static void print_tables(const struct lines *all)
{
	size_t first, end;

	for (first = 0; first < all->used; first = end) {
		end = first + 1;
		while (end < all->used &&
		       all->line[end].abi == all->line[first].abi)
			end++;
		print_abi(all->line[first].abi);
		print_table(&all->line[first], end - first);
	}
}

static void add_by(struct hd_table *table, const struct hd_snapshot *snap,
		   const struct hd_snapshot_row *row)
{
	const struct hd_syscall_row *call = &row->syscall;
	union hd_cell *cell = hd_table_add(table, row->task.tid, row->task.tgid,
					   row->task.comm);
	char buf[HD_NAME_LEN];

	(void)snap;
	if (!cell)
		return;
	cell[SYSCALL].text = hd_table_text(hd_syscall_name(call->abi, call->nr,
							   buf), HD_NAME_LEN);
	cell[CALLS].value = call->stat.count;
	cell[ERRORS].value = call->errors;
	cell[TOTAL].value = call->stat.sum_ns;
	cell[MAX].value = call->stat.max_ns;
	hd_table_wait(&cell[CPU], &call->stat, &call->wait);
}

int hd_cmd_syscalls(int argc, char **argv, const char *file)
{
	struct hd_table table = {
		.args.file = file,
		.column = by_columns,
		.columns = BY_COLUMNS,
		.sort = TOTAL,
		.group_sort = TOTAL,
	};
	struct lines all = { .used = 0 };
	struct hd_snapshot_row row;
	struct hd_snapshot snap;
	int type;

	hd_args_parse(&argp, argc, argv, 0, &table);
	hd_load_or_die(&snap, table.args.file);
	while ((type = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END) {
		if (type == HOSTDIAG_SYSCALL && table.by)
			add_by(&table, &snap, &row);
		else if (type == HOSTDIAG_SYSCALL &&
			 hd_args_choose(&table.args, row.task.tid,
					row.task.tgid, row.task.comm))
			add(&all, &row.syscall);
	}
	if (!all.used && !table.used)
		hd_die("no syscalls%s to show%s", hd_args_chosen(&table.args),
		       snap.head.flags & HOSTDIAG_F_SYSCALLS ? "" :
		       ": counting them is switched off");
	if (table.by) {
		hd_table_fold(&table);
		hd_table_print(&table);
		return 0;
	}
	fold(&all);
	print_tables(&all);
	free(all.line);
	return 0;
}
