// SPDX-License-Identifier: GPL-2.0-only
/* Latency over time, from what "hostdiag record" has recorded. */
#include <errno.h>
#include <stdlib.h>
#include "cmd/cmd.h"
#include "heat/heat.h"
#include "snap/delta.h"
#include "snap/load.h"
#include "snap/recorded.h"
#include "table/picture.h"
#include "util.h"

#define KEY_SVG	0x100

/**
 * struct heatmap - the command line
 * @args: options of all commands
 * @kind: of the histograms
 * @syscall: of HOSTDIAG_KIND_SYSCALL: the one to show; NULL: all
 * @svg: as SVG
 * @dir: of the snapshots
 */
struct heatmap {
	struct hd_args args;
	u32 kind;
	const char *syscall;
	bool svg;
	const char *dir;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct heatmap *map = state->input;

	switch (key) {
	case 'k':
		map->kind = hd_kind_parse(arg, state);
		return 0;
	case 's':
		map->syscall = arg;
		return 0;
	case KEY_SVG:
		map->svg = true;
		return 0;
	case ARGP_KEY_ARG:
		if (map->dir)
			break;
		map->dir = arg;
		return 0;
	case ARGP_KEY_END:
		if (!map->dir)
			hd_args_fail(state, "a directory of 'hostdiag record', please");
		if (map->args.file)
			hd_args_fail(state, "it has a directory of snapshots, and no -f");
		if (map->syscall && map->kind != HOSTDIAG_KIND_SYSCALL)
			hd_args_fail(state, "-s goes with -k syscall only");
	}
	return hd_args_key(key, arg, state, &map->args);
}

static const struct argp_option options[] = {
	HD_OPTION_KIND,
	{ .name = "svg", .key = KEY_SVG,
	  .doc = "As SVG, for a browser" },
	HD_OPTION_TASK,
	HD_OPTION_PROCESS,
	HD_OPTION_COMM,
	{ 0 },
};

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.args_doc = "DIR",
	.doc = "Show the durations of syscalls, D sleeps, or files held open over the time\n"
	       "that 'hostdiag record' has recorded in DIR.",
};

static bool is_chosen(const struct heatmap *map, int type,
		      const struct hd_task_row *task)
{
	if (type != (map->syscall ? HOSTDIAG_SYSCALL : HOSTDIAG_TASK) &&
	    (type != HOSTDIAG_EXITED || map->syscall))
		return false;
	return hd_args_choose(&map->args, task->tid, task->tgid, task->comm);
}

/* one for whose histogram no memory was left does not hide the others */
static void add_kept(struct hd_stat *sum, const struct hd_stat *stat)
{
	if (stat->kept)
		hd_stat_merge(sum, stat);
}

/* what was asked for of what happened between two snapshots */
static void add_delta(const struct heatmap *map, struct hd_heat *heat,
		      struct hd_delta *delta)
{
	static struct hd_delta_row row;
	struct hd_stat sum;
	int type;

	hd_stat_clear(&sum);
	delta->calls = map->syscall;
	while ((type = hd_delta_next(delta, &row)) != HOSTDIAG_END) {
		if (!is_chosen(map, type, &row.task))
			continue;
		if (!map->syscall)
			add_kept(&sum, &row.task.stat[map->kind]);
		else if (hd_kind_is_call(&row.syscall, map->syscall))
			add_kept(&sum, &row.syscall.stat);
	}
	hd_heat_add(heat, delta->to->head.wall_ns, delta->ns, &sum);
}

/* the next one that can be read; a damaged one is a gap */
static bool load_next(const struct heatmap *map, struct hd_heat *heat,
		      const struct hd_lines *names, size_t *at,
		      struct hd_snapshot *snap)
{
	char *path, *error;

	while (*at < names->used) {
		if (asprintf(&path, "%s/%s", map->dir, names->text[*at]) < 0)
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

static void collect(const struct heatmap *map, struct hd_heat *heat)
{
	struct hd_lines names = { .used = 0 };
	static struct hd_snapshot snap[2];
	static struct hd_delta delta;
	size_t at = 0;
	u32 i = 0;

	if (!hd_recorded_list(map->dir, &names))
		hd_die("%s: %s", map->dir, strerror(errno));
	if (names.used < 2)
		hd_die("%s has %s: record some with 'hostdiag record %s'",
		       map->dir, names.used ? "one snapshot only" :
		       "no recorded snapshots", map->dir);
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

int hd_cmd_heatmap(int argc, char **argv, const char *file)
{
	struct heatmap map = { .args.file = file };
	struct hd_heat heat = { .used = 0 };

	hd_args_parse(&argp, argc, argv, 0, &map);
	collect(&map, &heat);
	snprintf(heat.title, sizeof(heat.title), "%s%s%.32s%s",
		 hd_kinds[map.kind].title, map.syscall ? " of " : "",
		 map.syscall ? map.syscall : "", hd_args_chosen(&map.args));
	if (!heat.events)
		hd_die("%s: no %s to show", map.dir, heat.title);
	if (map.svg)
		hd_heat_svg(&heat);
	else
		hd_heat_print(&heat);
	free(heat.interval);
	return 0;
}
