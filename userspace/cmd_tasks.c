// SPDX-License-Identifier: GPL-2.0-only
/* Tables of tasks, and of the dead by comm, sorted by a column. */
#include <stdlib.h>
#include "args.h"
#include "cmd.h"
#include "load.h"
#include "print.h"
#include "../module/human.h"

#define ABSENT		(~0ull)
#define CELL_LEN	HD_ESCAPED_LEN

/* in the order of the output; the names are those of /proc/hostdiag */
enum column_id {
	TID, TGID, COMM, TASKS, CALLS, ERRORS,
	SYS, SYS_P50, SYS_P99, SYS_MAX,
	DSLEEPS, D, D_P50, D_P99, D_MAX, IOWAIT,
	OPENS, CLOSES, OPEN_NOW, OPEN, OPEN_P50, OPEN_P99, OPEN_MAX,
	COLUMNS,
};

enum shape {
	NUMBER,
	TIME,
	TEXT,
};

/**
 * struct column - a column
 * @name: of the contract, without the _ns of times
 * @shape: what is in it
 * @absent_from: HOSTDIAG_TASK or _EXITED: the table that does not have it
 * @rises: sorted, the smallest is first
 */
struct column {
	const char *name;
	enum shape shape;
	int absent_from;
	bool rises;
};

static const struct column columns[COLUMNS] = {
	[TID]		= { "tid", NUMBER, HOSTDIAG_EXITED, true },
	[TGID]		= { "tgid", NUMBER, HOSTDIAG_EXITED, true },
	[COMM]		= { "comm", TEXT, 0, true },
	[TASKS]		= { "tasks", NUMBER, HOSTDIAG_TASK, false },
	[CALLS]		= { "calls", NUMBER, 0, false },
	[ERRORS]	= { "errors", NUMBER, 0, false },
	[SYS]		= { "sys", TIME, 0, false },
	[SYS_P50]	= { "sys_p50", TIME, 0, false },
	[SYS_P99]	= { "sys_p99", TIME, 0, false },
	[SYS_MAX]	= { "sys_max", TIME, 0, false },
	[DSLEEPS]	= { "dsleeps", NUMBER, 0, false },
	[D]		= { "d", TIME, 0, false },
	[D_P50]		= { "d_p50", TIME, 0, false },
	[D_P99]		= { "d_p99", TIME, 0, false },
	[D_MAX]		= { "d_max", TIME, 0, false },
	[IOWAIT]	= { "iowait", TIME, 0, false },
	[OPENS]		= { "opens", NUMBER, 0, false },
	[CLOSES]	= { "closes", NUMBER, 0, false },
	[OPEN_NOW]	= { "open_now", NUMBER, 0, false },
	[OPEN]		= { "open", TIME, 0, false },
	[OPEN_P50]	= { "open_p50", TIME, 0, false },
	[OPEN_P99]	= { "open_p99", TIME, 0, false },
	[OPEN_MAX]	= { "open_max", TIME, 0, false },
};

/**
 * struct line - a row of the snapshot, by column
 * @comm: escaped; COMM's place in @value is not used
 * @value: the others, ABSENT where there is none
 */
struct line {
	char comm[HD_ESCAPED_LEN];
	u64 value[COLUMNS];
};

/**
 * struct table - what is to be shown, and how
 * @args: options of all commands
 * @type: HOSTDIAG_TASK or HOSTDIAG_EXITED
 * @sort: column
 * @top: lines to show; 0: all
 * @reverse: the order
 * @line: the lines
 * @used: how many
 * @room: how many fit
 */
struct table {
	struct hd_args args;
	int type;
	u32 sort;
	u32 top;
	bool reverse;
	struct line *line;
	size_t used;
	size_t room;
};

static bool is_shown(u32 id, int type)
{
	return columns[id].absent_from != type;
}

/* as in the header here, or as in /proc/hostdiag */
static bool is_called(const struct column *col, const char *name)
{
	size_t len = strlen(col->name);

	return !strncmp(name, col->name, len) &&
	       (!name[len] || (col->shape == TIME && !strcmp(name + len, "_ns")));
}

static u32 parse_column(const char *arg, const struct argp_state *state)
{
	const struct table *table = state->input;
	char names[256] = "";
	u32 id;

	for (id = 0; id < COLUMNS; id++) {
		if (!is_shown(id, table->type))
			continue;
		if (is_called(&columns[id], arg))
			return id;
		strcat(strcat(names, " "), columns[id].name);
	}
	hd_args_fail(state, "no column '%s':%s", arg, names);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct table *table = state->input;

	switch (key) {
	case 's':
		table->sort = parse_column(arg, state);
		return 0;
	case 'n':
		table->top = hd_args_number(arg, "number of lines", state);
		return 0;
	case 'r':
		table->reverse = true;
		return 0;
	}
	return hd_args_key(key, arg, state, &table->args);
}

static const struct argp_option options[] = {
	{ .name = "sort", .key = 's', .arg = "COLUMN",
	  .doc = "Sort by this column; numbers and times: the largest first" },
	{ .name = "lines", .key = 'n', .arg = "N",
	  .doc = "Only the first N lines" },
	{ .name = "reverse", .key = 'r',
	  .doc = "The other way round" },
	HD_OPTION_FILE,
	{ 0 },
};

static void put_stat(u64 *value, const struct hd_stat *stat)
{
	bool known = stat->kept && stat->count;

	value[0] = stat->sum_ns;
	value[1] = known ? hd_stat_percentile(stat, 500) : ABSENT;
	value[2] = known ? hd_stat_percentile(stat, 990) : ABSENT;
	value[3] = stat->max_ns;
}

static void put_task(struct line *line, const struct hd_task_row *task)
{
	const struct hd_stat *stat = task->stat;
	u64 *value = line->value;

	hd_escape(task->comm, sizeof(task->comm), line->comm,
		  sizeof(line->comm));
	value[TID] = task->tid;
	value[TGID] = task->tgid;
	value[TASKS] = task->tasks;
	value[CALLS] = stat[HOSTDIAG_KIND_SYSCALL].count;
	value[ERRORS] = task->errors;
	put_stat(&value[SYS], &stat[HOSTDIAG_KIND_SYSCALL]);
	value[DSLEEPS] = stat[HOSTDIAG_KIND_DSLEEP].count;
	put_stat(&value[D], &stat[HOSTDIAG_KIND_DSLEEP]);
	value[IOWAIT] = task->iowait_ns;
	value[OPENS] = task->opens;
	value[CLOSES] = stat[HOSTDIAG_KIND_OPEN].count;
	value[OPEN_NOW] = task->open_now;
	put_stat(&value[OPEN], &stat[HOSTDIAG_KIND_OPEN]);
}

static void add(struct table *table, const struct hd_task_row *task)
{
	if (table->used == table->room) {
		table->room = table->room ? 2 * table->room : 256;
		table->line = realloc(table->line,
				      table->room * sizeof(*table->line));
		if (!table->line)
			hd_die("out of memory");
	}
	memset(&table->line[table->used], 0, sizeof(*table->line));
	put_task(&table->line[table->used++], task);
}

static int compare_by(u32 id, const struct line *x, const struct line *y)
{
	/* what is absent wraps to 0 and is the smallest */
	u64 p = x->value[id] + 1, q = y->value[id] + 1;

	if (id == COMM)
		return strcmp(x->comm, y->comm);
	return p < q ? -1 : p > q;
}

static int compare(const void *a, const void *b, void *priv)
{
	const struct table *table = priv;
	u32 id = table->sort;
	int order = compare_by(id, a, b);

	if (columns[id].rises == table->reverse)
		order = -order;
	if (!order)
		order = compare_by(TID, a, b);
	if (!order)
		order = compare_by(COMM, a, b);
	return order;
}

static const char *cell(const struct line *line, u32 id, char buf[CELL_LEN])
{
	if (id == COMM)
		return line->comm;
	if (line->value[id] == ABSENT)
		return "-";
	if (columns[id].shape == TIME)
		return hd_human_time(line->value[id], buf);
	snprintf(buf, CELL_LEN, "%llu", line->value[id]);
	return buf;
}

static void print_cell(u32 id, int width, const char *text, bool first)
{
	hd_print("%s%*s", first ? "" : " ",
		 columns[id].shape == TEXT ? -width : width, text);
}

static void print_table(const struct table *table)
{
	size_t i, count = table->used;
	int width[COLUMNS], len;
	char buf[CELL_LEN];
	bool first = true;
	u32 id;

	if (table->top && table->top < count)
		count = table->top;

	for (id = 0; id < COLUMNS; id++) {
		if (!is_shown(id, table->type))
			continue;
		width[id] = strlen(columns[id].name);
		for (i = 0; i < count; i++) {
			len = strlen(cell(&table->line[i], id, buf));
			if (width[id] < len)
				width[id] = len;
		}
		print_cell(id, width[id], columns[id].name, first);
		first = false;
	}
	hd_print("\n");

	for (i = 0; i < count; i++) {
		first = true;
		for (id = 0; id < COLUMNS; id++) {
			if (!is_shown(id, table->type))
				continue;
			print_cell(id, width[id],
				   cell(&table->line[i], id, buf), first);
			first = false;
		}
		hd_print("\n");
	}
}

static int show(struct table *table, const char *doc, int argc, char **argv)
{
	const struct argp argp = {
		.options = options,
		.parser = parse,
		.doc = doc,
	};
	struct hd_snapshot_row row;
	struct hd_snapshot snap;
	int type;

	hd_args_parse(&argp, argc, argv, 0, table);
	hd_load_or_die(&snap, table->args.file);
	while ((type = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END) {
		if (type == table->type)
			add(table, &row.task);
	}
	if (table->used)
		qsort_r(table->line, table->used, sizeof(*table->line),
			compare, table);
	print_table(table);
	free(table->line);
	return 0;
}

int hd_cmd_tasks(int argc, char **argv, const char *file)
{
	struct table table = {
		.args.file = file,
		.type = HOSTDIAG_TASK,
		.sort = CALLS,
	};

	return show(&table, "Show the live tasks, those with the most calls first.",
		    argc, argv);
}

int hd_cmd_exited(int argc, char **argv, const char *file)
{
	struct table table = {
		.args.file = file,
		.type = HOSTDIAG_EXITED,
		.sort = TASKS,
	};

	return show(&table, "Show the tasks that have ended, by name, the most first.",
		    argc, argv);
}
