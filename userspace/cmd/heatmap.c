// SPDX-License-Identifier: GPL-2.0-only
/* Latency over time, from snapshots of "hostdiag record". */
#include <errno.h>
#include <stdlib.h>
#include "cmd/cmd.h"
#include "heat/heat.h"
#include "snap/delta.h"
#include "snap/load.h"
#include "snap/recorded.h"
#include "table/hist_text.h"
#include "util.h"

/* single syscalls were chosen, which only live tasks have */
static bool by_call(const struct hd_args *map)
{
	return map->syscall || map->busy;
}

static bool is_chosen(const struct hd_args *map, int type,
		      const struct hd_task_row *task)
{
	if (type != (by_call(map) ? HOSTDIAG_SYSCALL : HOSTDIAG_TASK) &&
	    (type != HOSTDIAG_EXITED || by_call(map)))
		return false;
	return hd_args_choose(map, task->tid, task->tgid, task->comm);
}

/* skip a task without a histogram, which had no memory for it */
static void add_kept(struct hd_stat *sum, const struct hd_stat *stat)
{
	if (stat->valid)
		hd_stat_merge(sum, stat);
}

/* add the chosen events between two snapshots */
static void add_delta(const struct hd_args *map, struct hd_heat *heat,
		      struct hd_delta *delta)
{
	static struct hd_delta_row row;
	struct hd_stat sum;
	int type;

	hd_stat_clear(&sum);
	delta->with_calls = by_call(map);
	while ((type = hd_delta_next(delta, &row)) != HOSTDIAG_END) {
		if (!is_chosen(map, type, &row.task))
			continue;
		if (!by_call(map))
			add_kept(&sum, &row.task.stat[map->kind]);
		else if (hd_syscall_is_wanted(&row.syscall, map))
			add_kept(&sum, &row.syscall.stat);
	}
	hd_heat_add(heat, delta->to->head.wall_ns, delta->ns, &sum);
}

/* load the next readable snapshot; a damaged one counts as a gap */
static bool load_next(const struct hd_args *map, struct hd_heat *heat,
		      const struct hd_lines *names, size_t *at,
		      struct hd_snapshot *snap)
{
	char *path, *error;

	while (*at < names->used) {
		if (asprintf(&path, "%s/%s", map->word[0], names->text[*at]) < 0)
			hd_die("out of memory");
		++*at;
		error = hd_load(snap, path);
		free(path);
		if (!error)
			return true;
		fprintf(stderr, "hostdiag: left out: %s\n", error);
		free(error);
		hd_load_free(snap);
		heat->missing++;
	}
	return false;
}

static void collect_intervals(const struct hd_args *map, struct hd_heat *heat)
{
	struct hd_lines names = { .used = 0 };
	static struct hd_snapshot snap[2];
	static struct hd_delta delta;
	size_t at = 0;
	u32 i = 0;

	if (!hd_recorded_list(map->word[0], &names))
		hd_die("%s: %s", map->word[0], strerror(errno));
	if (names.used < 2)
		hd_die("%s has %s: record some with 'hostdiag record %s'",
		       map->word[0], names.used ? "one snapshot only" :
		       "no recorded snapshots", map->word[0]);
	if (load_next(map, heat, &names, &at, &snap[0]))
		for (; load_next(map, heat, &names, &at, &snap[!i]); i = !i) {
			if (hd_delta_open(&delta, &snap[i], &snap[!i]))
				heat->missing++;
			else
				add_delta(map, heat, &delta);
			hd_delta_close(&delta);
			hd_load_free(&snap[i]);
		}
	hd_load_free(&snap[i]);
	hd_lines_free(&names);
}

static int run_heatmap(struct hd_args *args)
{
	struct hd_heat heat = { .nr_intervals = 0 };

	collect_intervals(args, &heat);
	snprintf(heat.title, sizeof(heat.title), "%s%s%.32s%s%s",
		 hd_hist_kinds[args->kind].title, args->syscall ? " of " : "",
		 args->syscall ? args->syscall : "", hd_args_chosen(args),
		 args->busy ? ", without waits for work" : "");
	if (!heat.events)
		hd_die("%s: no %s to show", args->word[0], heat.title);
	if (args->svg)
		hd_heat_svg(&heat);
	else
		hd_heat_print(&heat);
	free(heat.intervals);
	return 0;
}

const struct hd_command hd_cmd_heatmap = {
	.name = "heatmap",
	.operands = "DIR",
	.doc = "Show the durations of syscalls, D sleeps, or files held open over the time\n"
	       "that 'hostdiag record' has recorded in DIR.",
	.options = HD_OPT(COMM) | HD_OPT(PROCESS) | HD_OPT(TASK) |
		   HD_OPT(KIND) | HD_OPT(SYSCALL) | HD_OPT(BUSY) | HD_OPT(SVG),
	.words = 1,
	.words_most = 1,
	.wanted = "a directory of 'hostdiag record', please",
	.run = run_heatmap,
};
