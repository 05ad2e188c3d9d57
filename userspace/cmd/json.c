// SPDX-License-Identifier: GPL-2.0-only
/* All tables of a snapshot as one JSON document. */
#include "cmd/cmd.h"
#include "snap/load.h"
#include "table/json.h"
#include "util.h"

typedef void add_fn(struct hd_out *out, int type,
		    const struct hd_snapshot_row *row);

static void add_task(struct hd_out *out, int type,
		     const struct hd_snapshot_row *row)
{
	if (type == HOSTDIAG_TASK)
		hd_render_tasks(out, &row->task);
}

static void add_syscall(struct hd_out *out, int type,
			const struct hd_snapshot_row *row)
{
	if (type == HOSTDIAG_SYSCALL)
		hd_render_syscalls(out, &row->task, &row->syscall);
}

static void add_error(struct hd_out *out, int type,
		      const struct hd_snapshot_row *row)
{
	if (type == HOSTDIAG_ERROR)
		hd_render_errors(out, &row->task, &row->error);
}

static void add_hist(struct hd_out *out, int type,
		     const struct hd_snapshot_row *row)
{
	if (type == HOSTDIAG_TASK)
		hd_render_hist_task(out, &row->task);
	if (type == HOSTDIAG_SYSCALL)
		hd_render_hist_syscall(out, &row->task, &row->syscall);
}

static void add_stuck(struct hd_out *out, int type,
		      const struct hd_snapshot_row *row)
{
	if (type == HOSTDIAG_STUCK)
		hd_render_stuck(out, &row->task, &row->stuck);
}

static void add_place(struct hd_out *out, int type,
		      const struct hd_snapshot_row *row)
{
	if (type == HOSTDIAG_PLACE)
		hd_render_dsleep(out, &row->task, &row->place);
}

static void add_open(struct hd_out *out, int type,
		     const struct hd_snapshot_row *row)
{
	if (type == HOSTDIAG_OPEN)
		hd_render_open(out, &row->open);
}

static void add_slow(struct hd_out *out, int type,
		     const struct hd_snapshot_row *row)
{
	if (type == HOSTDIAG_SLOW)
		hd_render_slow(out, &row->slow);
}

static void add_exited(struct hd_out *out, int type,
		       const struct hd_snapshot_row *row)
{
	if (type == HOSTDIAG_EXITED)
		hd_render_exited(out, &row->task);
}

static void add_death(struct hd_out *out, int type,
		      const struct hd_snapshot_row *row)
{
	if (type == HOSTDIAG_DEATH)
		hd_render_deaths(out, &row->death);
}

static const struct {
	const char *name;
	void (*put_columns)(struct hd_out *out);
	add_fn *add;
} tables[] = {
	{ "tasks", hd_render_tasks_columns, add_task },
	{ "syscalls", hd_render_syscalls_columns, add_syscall },
	{ "errors", hd_render_errors_columns, add_error },
	{ "hist", hd_render_hist_columns, add_hist },
	{ "stuck", hd_render_stuck_columns, add_stuck },
	{ "dsleep", hd_render_dsleep_columns, add_place },
	{ "open", hd_render_open_columns, add_open },
	{ "slow", hd_render_slow_columns, add_slow },
	{ "exited", hd_render_exited_columns, add_exited },
	{ "deaths", hd_render_deaths_columns, add_death },
};

static void put_text(const char *name, const char *text)
{
	hd_print(",\n\"%s\":", name);
	hd_json_string(text, strlen(text));
}

static void put_number(const char *name, u64 number)
{
	hd_print(",\n\"%s\":%llu", name, number);
}

static void put_head(const struct hd_snapshot *snap)
{
	const struct hostdiag_header *head = &snap->head;

	hd_print("{\"hostdiag\":%u", head->version);
	put_number("now_ns", head->now_ns);
	put_number("since_ns", head->since_ns);
	put_number("wall_ns", head->wall_ns);
	put_number("lost", snap->lost);
	put_number("stuck_ns", head->stuck_ns);
	put_text("release", head->release);
	put_text("module_version", head->module_version);
	hd_print(",\n\"groups\":{\"syscalls\":%s,\"dsleep\":%s,\"files\":%s}",
		 head->flags & HOSTDIAG_F_SYSCALLS ? "true" : "false",
		 head->flags & HOSTDIAG_F_DSLEEP ? "true" : "false",
		 head->flags & HOSTDIAG_F_FILES ? "true" : "false");
}

static void put_table(const struct hd_snapshot *snap, size_t nth)
{
	struct hd_out *out = hd_json_table(tables[nth].name,
					   tables[nth].put_columns);
	struct hd_snapshot from = *snap;
	struct hd_snapshot_row row;
	int type;

	while ((type = hd_snapshot_next(&from, &row)) != HOSTDIAG_END)
		tables[nth].add(out, type, &row);
	hd_json_table_end();
}

static int run(struct hd_args *args)
{
	struct hd_snapshot snap;
	size_t i;

	hd_load_or_die(&snap, args->file);
	put_head(&snap);
	for (i = 0; i < ARRAY_SIZE(tables); i++)
		put_table(&snap, i);
	hd_print("}\n");
	return 0;
}

const struct hd_command hd_cmd_json = {
	.name = "json",
	.doc = "Print all tables as one JSON document: the names are those of the files in\n"
	       "/proc/hostdiag and of their columns.",
	.options = HD_OPT(FILE),
	.run = run,
};
