// SPDX-License-Identifier: GPL-2.0-only
/* The tasks of one line: a histogram, and their syscalls. */
#include <stdlib.h>
#include "pure/human.h"
#include "table/hist_text.h"
#include "top/model.h"
#include "util.h"

#define S	1000000000ull

/**
 * struct call - a syscall, of all the tasks of the line
 * @new: events of the interval
 * @all: events since counting began
 */
struct call {
	struct hd_syscall_row new;
	struct hd_stat all;
};

/**
 * struct behind - sums over the tasks of a line
 * @nr_tasks: number of live tasks
 * @nr_ended: number of tasks that exited in the interval
 * @new: histograms of the interval
 * @all: histograms since counting began
 * @ns: length of the interval
 * @calls: syscalls
 * @nr_calls: length of @calls
 * @room: entries allocated in @calls
 * @is_stuck: a task is inside a call, or in D sleep
 * @stuck: the oldest such call
 */
struct behind {
	u64 nr_tasks;
	u64 nr_ended;
	struct hd_stat new[HOSTDIAG_KINDS];
	struct hd_stat all[HOSTDIAG_KINDS];
	u64 ns;
	struct call *calls;
	size_t nr_calls;
	size_t room;
	bool is_stuck;
	struct hd_stuck_row stuck;
};

static void add_call(struct behind *to, const struct hd_delta_row *row)
{
	const struct hd_syscall_row *more = &row->syscall;
	struct call *call;
	size_t i;

	for (i = 0; i < to->nr_calls; i++) {
		call = &to->calls[i];
		if (call->new.abi != more->abi || call->new.nr != more->nr)
			continue;
		hd_stat_merge(&call->new.stat, &more->stat);
		call->new.errors += more->errors;
		hd_stat_merge(&call->all, &row->syscall_all);
		return;
	}
	to->calls = hd_grow(to->calls, to->nr_calls, &to->room,
			    sizeof(*to->calls));
	call = &to->calls[to->nr_calls++];
	call->new = *more;
	hd_stat_copy(&call->all, &row->syscall_all);
}

static void add_task(struct behind *to, const struct hd_delta *delta,
		     const struct hd_delta_row *row, bool is_alive)
{
	int kind;

	to->nr_tasks += is_alive;
	to->nr_ended += is_alive ? 0 : row->task.tasks;
	for (kind = 0; kind < HOSTDIAG_KINDS; kind++) {
		hd_stat_merge(&to->new[kind], &row->task.stat[kind]);
		hd_stat_merge(&to->all[kind], &delta->all.stat[kind]);
	}
	if (row->is_stuck &&
	    (!to->is_stuck || row->stuck.age_ns > to->stuck.age_ns)) {
		to->is_stuck = true;
		to->stuck = row->stuck;
	}
}

static bool is_behind(const struct hd_top *top, const struct hd_top_key *key,
		      const struct hd_delta_row *row, bool is_alive)
{
	struct hd_table ids = {
		.by = key->by,
		.column = top->table.column,
		.columns = HD_FIRST_COLUMN,
	};
	union hd_cell *cell = hd_rates_add(&ids, row, is_alive);
	bool is = hd_top_key_is(key, cell);

	hd_table_free(&ids);
	return is;
}

static void collect_events(struct behind *to, struct hd_top *top,
			   const struct hd_top_key *key)
{
	static struct hd_delta_row row;
	static struct hd_delta delta;
	bool is_one = false;
	int type;

	hd_top_open(top, &delta);
	delta.with_calls = true;
	to->ns = delta.ns;
	while ((type = hd_delta_next(&delta, &row)) != HOSTDIAG_END) {
		if (type != HOSTDIAG_SYSCALL)
			is_one = is_behind(top, key, &row,
					   type == HOSTDIAG_TASK);
		if (!is_one)
			continue;
		if (type == HOSTDIAG_SYSCALL)
			add_call(to, &row);
		else
			add_task(to, &delta, &row, type == HOSTDIAG_TASK);
	}
	hd_delta_close(&delta);
}

/* sort by the time in the interval, then by the time since counting began */
static int by_time(const void *a, const void *b)
{
	const struct call *x = a, *y = b;

	if (x->new.stat.sum_ns != y->new.stat.sum_ns)
		return x->new.stat.sum_ns > y->new.stat.sum_ns ? -1 : 1;
	if (x->all.sum_ns != y->all.sum_ns)
		return x->all.sum_ns > y->all.sum_ns ? -1 : 1;
	return x->new.nr < y->new.nr ? -1 : x->new.nr > y->new.nr;
}

static const char *known_time(const struct hd_stat *stat, u64 ns,
			      char buf[HD_HUMAN_LEN])
{
	return stat->count && stat->valid ? hd_human_time(ns, buf) : "-";
}

static void list_call(const struct call *call, u64 ns, struct hd_lines *lines)
{
	const struct hd_stat *new = &call->new.stat;
	u64 calls = hd_rates_decimal(new->count, 1, ns);
	u64 errors = hd_rates_decimal(call->new.errors, 1, ns);
	u64 time = hd_rates_decimal(new->sum_ns, S / 100, ns);
	char p50[HD_HUMAN_LEN], p99[HD_HUMAN_LEN], max[HD_HUMAN_LEN];
	char ever[HD_HUMAN_LEN], name[HD_NAME_LEN];

	hd_lines_add(lines,
		     "%7llu.%02llu %6llu.%02llu %5llu.%02llu %7s %7s %7s %9s  %s",
		     calls / 100, calls % 100, errors / 100, errors % 100,
		     time / 100, time % 100,
		     known_time(new, hd_stat_percentile(new, 500), p50),
		     known_time(new, hd_stat_percentile(new, 990), p99),
		     known_time(new, new->max_ns, max),
		     hd_human_count(call->all.count, ever),
		     hd_syscall_name(call->new.abi, call->new.nr, name));
}

static void list_calls(const struct behind *behind, struct hd_lines *lines)
{
	size_t i;

	if (!behind->nr_calls)
		return;
	qsort(behind->calls, behind->nr_calls, sizeof(*behind->calls), by_time);
	hd_lines_add(lines, "%s", "");
	hd_lines_add(lines, "%10s %9s %8s %7s %7s %7s %9s  %s", "calls/s",
		     "err/s", "time%", "p50", "p99", "max", "ever",
		     "syscall");
	for (i = 0; i < behind->nr_calls; i++)
		list_call(&behind->calls[i], behind->ns, lines);
}

static void say_stuck(const struct behind *behind, struct hd_lines *lines)
{
	const struct hd_stuck_row *now = &behind->stuck;
	char name[HD_NAME_LEN], age[HD_HUMAN_LEN];
	char *place = hd_table_text(now->place, sizeof(now->place));
	char *path = hd_table_text(now->path, sizeof(now->path));
	bool in_call = now->nr != HOSTDIAG_NR_NONE;

	hd_lines_add(lines, "now: %s%s%s for %s%s%s%s%s",
		     now->d_age_ns ? "D sleep" : "",
		     now->d_age_ns && in_call ? " in " : "",
		     in_call ? hd_syscall_name(now->abi, now->nr, name) : "",
		     hd_human_time(now->age_ns, age), *now->path ? ", on " : "",
		     *now->path ? path : "", *now->place ? ", at " : "",
		     *now->place ? place : "");
	free(place);
	free(path);
}

static void draw_line(void *priv, const char *text)
{
	hd_lines_add(priv, "%s", text);
}

static void draw_hist(const struct behind *behind, u32 kind, struct hd_lines *lines)
{
	const struct hd_stat *all = &behind->all[kind];
	const struct hd_stat *new = &behind->new[kind];
	char p50[HD_HUMAN_LEN], p99[HD_HUMAN_LEN], max[HD_HUMAN_LEN];
	char time[HD_HUMAN_LEN];

	hd_lines_add(lines, "%s: %llu in all; %llu in the last %s: p50 %s, p99 %s, max %s",
		     hd_hist_kinds[kind].title, all->count, new->count,
		     hd_human_time(behind->ns, time),
		     known_time(new, hd_stat_percentile(new, 500), p50),
		     known_time(new, hd_stat_percentile(new, 990), p99),
		     known_time(new, new->max_ns, max));
	hd_lines_add(lines, "%s", "");
	if (all->count && all->valid)
		hd_hist_text(all, new->valid ? new : NULL, draw_line, lines);
	else if (all->count)
		hd_lines_add(lines, "no memory was left for its histogram");
}

/**
 * hd_top_task() - describe the tasks of a line
 * @top: filled
 * @key: the line
 * @kind: kind of the histogram
 * @lines: the text is added to it
 */
void hd_top_task(struct hd_top *top, const struct hd_top_key *key, u32 kind,
		 struct hd_lines *lines)
{
	struct behind behind = { .room = 0 };

	collect_events(&behind, top, key);
	hd_lines_add(lines, "tasks: %llu; ended: %llu", behind.nr_tasks,
		     behind.nr_ended);
	if (behind.is_stuck)
		say_stuck(&behind, lines);
	draw_hist(&behind, kind, lines);
	if (kind == HOSTDIAG_KIND_SYSCALL)
		list_calls(&behind, lines);
	free(behind.calls);
}
