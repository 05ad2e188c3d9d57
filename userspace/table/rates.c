// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "pure/human.h"
#include "table/rates.h"
#include "util.h"

#define S		1000000000ull
#define NOW_LEN		64

enum {
	TASKS = HD_FIRST_COLUMN, ENDED, CALLS, ERRORS, BUSY, D, NOW, AGE, CPU,
	RUNQ, IOWAIT, P50, P99, MAX, OPENS, OPEN, OWN, COLUMNS,
};

/**
 * struct own - sums from which the cells of a roll-up are made
 * @calls: calls in the interval
 * @errors: failed calls
 * @opens: files opened
 * @cpu_ns: time on a CPU within calls
 * @runq_ns: time on a run queue
 * @is_timed: @cpu_ns and @runq_ns are known
 * @d_ns: time in D sleep
 * @iowait_ns: time waiting for a disk
 * @age_ns: age of @now
 * @now: the current call of the task; in a roll-up, the oldest one
 */
struct own {
	struct hd_stat calls;
	u64 errors;
	u64 opens;
	u64 cpu_ns;
	u64 runq_ns;
	bool is_timed;
	u64 d_ns;
	u64 iowait_ns;
	u64 age_ns;
	char now[NOW_LEN];
};

static void merge_own(union hd_cell *to, const union hd_cell *from)
{
	struct own *own = to->own;
	const struct own *more = from->own;

	hd_stat_merge(&own->calls, &more->calls);
	own->errors = hd_add(own->errors, more->errors);
	own->opens = hd_add(own->opens, more->opens);
	own->cpu_ns = hd_add(own->cpu_ns, more->cpu_ns);
	own->runq_ns = hd_add(own->runq_ns, more->runq_ns);
	own->is_timed |= more->is_timed;
	own->d_ns = hd_add(own->d_ns, more->d_ns);
	own->iowait_ns = hd_add(own->iowait_ns, more->iowait_ns);
	if (own->age_ns >= more->age_ns)
		return;
	own->age_ns = more->age_ns;
	memcpy(own->now, more->now, sizeof(own->now));
}

static const struct hd_column columns[COLUMNS] = {
	HD_ID_COLUMNS,
	[TASKS]		= { "tasks", HD_NUMBER, HD_SUM, .grouped = true },
	[ENDED]		= { "ended", HD_NUMBER, HD_SUM, .grouped = true },
	[CALLS]		= { "calls/s", HD_DECIMAL, HD_ANY },
	[ERRORS]	= { "err/s", HD_DECIMAL, HD_ANY },
	[BUSY]		= { "busy%", HD_DECIMAL, HD_ANY },
	[D]		= { "d%", HD_DECIMAL, HD_ANY },
	[NOW]		= { "now", HD_TEXT, HD_ANY, .rises = true },
	[AGE]		= { "age", HD_TIME, HD_ANY },
	[CPU]		= { "cpu%", HD_DECIMAL, HD_ANY },
	[RUNQ]		= { "runq%", HD_DECIMAL, HD_ANY },
	[IOWAIT]	= { "iowait%", HD_DECIMAL, HD_ANY },
	[P50]		= { "p50", HD_TIME, HD_ANY },
	[P99]		= { "p99", HD_TIME, HD_ANY },
	[MAX]		= { "max", HD_TIME, HD_MAX },
	[OPENS]		= { "opens/s", HD_DECIMAL, HD_ANY },
	[OPEN]		= { "open", HD_NUMBER, HD_SUM },
	[OWN]		= { "", HD_HIDDEN, HD_ANY, .merge = merge_own },
};

/* passed to hd_table_begin() */
const struct hd_table_cmd hd_rates_table = {
	.column = columns,
	.columns = COLUMNS,
	.sort = BUSY,
	.group_sort = BUSY,
};

/**
 * hd_rates_decimal() - compute a rate per second, in hundredths
 * @count: number of events or of nanoseconds
 * @scale: what is 1.00 per second: 1; S / 100 for percent of the time
 * @ns: length of the interval
 */
u64 hd_rates_decimal(u64 count, u64 scale, u64 ns)
{
	return (long double)count * 100 * S / scale / ns + 0.5L;
}

/* format a rate as in the table */
static const char *decimal_text(u64 count, u64 scale, u64 ns, char buf[HD_NAME_LEN])
{
	u64 rate = hd_rates_decimal(count, scale, ns);

	snprintf(buf, HD_NAME_LEN, "%llu.%02llu", rate / 100, rate % 100);
	return buf;
}

static u64 percent_of(u64 part_ns, u64 ns)
{
	return hd_rates_decimal(part_ns, S / 100, ns);
}

/* describe the current call of a task, unless it only waits for work */
static void describe_call(struct own *own, const struct hd_stuck_row *stuck)
{
	bool in_call = stuck->nr != HOSTDIAG_NR_NONE;
	char name[HD_NAME_LEN];

	if (!stuck->d_age_ns && stuck->class == HOSTDIAG_CLASS_IDLE)
		return;
	own->age_ns = stuck->age_ns;
	snprintf(own->now, sizeof(own->now), "%s%s%s",
		 stuck->d_age_ns ? "D" : "",
		 stuck->d_age_ns && in_call ? " " : "",
		 in_call ? hd_syscall_name(stuck->abi, stuck->nr, name) : "");
}

static bool any_event(const struct hd_delta_row *row)
{
	const struct hd_task_row *task = &row->task;
	int kind;

	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		if (task->stat[kind].count)
			return true;
	return row->d_ns || task->opens;
}

/* compute the columns that do not add up from the sums */
static void put_own(union hd_cell *cell, u64 ns)
{
	const struct own *own = cell[OWN].own;
	const struct hd_stat *calls = &own->calls;
	bool known = calls->valid && calls->count;

	cell[CALLS].value = hd_rates_decimal(calls->count, 1, ns);
	cell[ERRORS].value = hd_rates_decimal(own->errors, 1, ns);
	cell[CPU].value = own->is_timed ? percent_of(own->cpu_ns, ns) : HD_ABSENT;
	cell[RUNQ].value = own->is_timed ? percent_of(own->runq_ns, ns) :
			   HD_ABSENT;
	cell[D].value = percent_of(own->d_ns, ns);
	cell[BUSY].value = percent_of(own->cpu_ns + own->runq_ns + own->d_ns, ns);
	/* iowait of a sleep in progress is counted at its end, and is part of d% */
	cell[IOWAIT].value = percent_of(own->iowait_ns < own->d_ns ?
					own->iowait_ns : own->d_ns, ns);
	cell[AGE].value = own->age_ns ? own->age_ns : HD_ABSENT;
	cell[OPENS].value = hd_rates_decimal(own->opens, 1, ns);
	cell[P50].value = known ? hd_stat_percentile(calls, 500) : HD_ABSENT;
	cell[P99].value = known ? hd_stat_percentile(calls, 990) : HD_ABSENT;
	cell[MAX].value = known ? calls->max_ns : HD_ABSENT;
	free(cell[NOW].text);
	cell[NOW].text = hd_table_word(*own->now ? own->now : "-");
}

static struct own *new_own(const struct hd_delta_row *row, bool is_alive,
			   enum hd_by by)
{
	const struct hd_task_row *task = &row->task;
	const struct hd_stat *calls = &task->stat[HOSTDIAG_KIND_SYSCALL];
	struct own *own = calloc(1, sizeof(*own));

	if (!own)
		hd_die("out of memory");
	hd_stat_copy(&own->calls, calls);
	own->errors = task->errors;
	own->opens = task->opens;
	own->is_timed = task->wait.valid;
	if (own->is_timed) {
		own->cpu_ns = hd_wait_cpu(calls, &task->wait);
		own->runq_ns = task->wait.runq_ns;
	}
	own->d_ns = row->d_ns;
	own->iowait_ns = task->iowait_ns;
	if (row->is_stuck)
		describe_call(own, &row->stuck);
	if (!is_alive && !by)
		snprintf(own->now, sizeof(own->now), "%llu ended",
			 task->tasks);
	return own;
}

/**
 * hd_rates_add() - begin the line of a task, or of the exited tasks of a comm
 * @table: the table
 * @row: the row that was read
 * @is_alive: it is a live task
 *
 * Return: as hd_table_add().
 */
union hd_cell *hd_rates_add(struct hd_table *table,
			    const struct hd_delta_row *row, bool is_alive)
{
	union hd_cell *cell = hd_table_add(table, row->task.tid, row->task.tgid,
					   row->task.comm);

	if (!cell || is_alive)
		return cell;
	cell[HD_TID].value = HD_ABSENT;
	cell[HD_TGID].value = HD_ABSENT;
	if (table->by == HD_BY_PROCESS) {
		free(cell[HD_COMM].text);
		cell[HD_COMM].text = hd_table_word("-");
	}
	return cell;
}

static void add_rates(struct hd_table *table, const struct hd_delta_row *row,
		      bool is_alive)
{
	bool is_named = table->args.tids || table->args.tgids;
	struct own *own = new_own(row, is_alive, table->by);
	union hd_cell *cell = NULL;

	if (any_event(row) || own->age_ns || is_named ||
	    (!is_alive && row->task.tasks))
		cell = hd_rates_add(table, row, is_alive);
	if (!cell) {
		free(own);
		return;
	}
	cell[OWN].own = own;
	cell[TASKS].value = is_alive;
	cell[ENDED].value = is_alive ? 0 : row->task.tasks;
	cell[OPEN].value = row->task.open_now;
}

static void sum_up(struct hd_rates *rates, const struct hd_delta_row *row,
		   bool is_alive)
{
	const struct hd_task_row *task = &row->task;
	u64 calls = task->stat[HOSTDIAG_KIND_SYSCALL].count;

	if (is_alive) {
		rates->tasks++;
		rates->in_d += row->is_stuck && row->stuck.d_age_ns;
	} else {
		rates->ended += task->tasks;
	}
	rates->calls = hd_add(rates->calls, calls);
	rates->errors = hd_add(rates->errors, task->errors);
	rates->opens = hd_add(rates->opens, task->opens);
	rates->d_ns = hd_add(rates->d_ns, row->d_ns);
}

/**
 * hd_rates_fill() - fill the table, and roll it up
 * @table: begun with hd_rates_table
 * @delta: opened
 * @rates: filled with the sums of all tasks, shown or not
 */
void hd_rates_fill(struct hd_table *table, struct hd_delta *delta,
		   struct hd_rates *rates)
{
	static struct hd_delta_row row;
	size_t i;
	int type;

	*rates = (struct hd_rates){
		.ns = delta->ns,
		.wall_ns = delta->to->head.wall_ns,
		.lost = delta->lost,
	};
	while ((type = hd_delta_next(delta, &row)) != HOSTDIAG_END) {
		sum_up(rates, &row, type == HOSTDIAG_TASK);
		table->matched |= hd_args_choose(&table->args, row.task.tid,
						 row.task.tgid, row.task.comm);
		add_rates(table, &row, type == HOSTDIAG_TASK);
	}
	hd_table_fold(table);
	for (i = 0; i < table->used; i++)
		put_own(&table->cell[i * table->columns], delta->ns);
}

/**
 * hd_rates_is_in_d() - is the oldest current call of a line in D sleep?
 * @cell: the line
 */
bool hd_rates_is_in_d(const union hd_cell *cell)
{
	return *cell[NOW].text == 'D';
}

/**
 * hd_rates_line() - format the rates of all tasks in one line
 * @rates: filled
 * @buf: receives the text
 */
const char *hd_rates_line(const struct hd_rates *rates, char buf[HD_RATES_LINE])
{
	char calls[HD_NAME_LEN], errors[HD_NAME_LEN], opens[HD_NAME_LEN];
	char lost[HD_NAME_LEN] = "", d[HD_NAME_LEN], time[HD_HUMAN_LEN];
	u64 ns = rates->ns;

	if (rates->lost)
		snprintf(lost, sizeof(lost), "; %llu lost", rates->lost);
	snprintf(buf, HD_RATES_LINE,
		 "%s: %llu tasks, %llu ended, %llu in D (mean %s); calls/s %s, err/s %s, opens/s %s%s",
		 hd_human_time(ns, time), rates->tasks, rates->ended,
		 rates->in_d, decimal_text(rates->d_ns, S, ns, d),
		 decimal_text(rates->calls, 1, ns, calls),
		 decimal_text(rates->errors, 1, ns, errors),
		 decimal_text(rates->opens, 1, ns, opens), lost);
	return buf;
}
