// SPDX-License-Identifier: GPL-2.0-only
/* The one screen; the same as /proc/hostdiag/summary. */
#include "cmd/cmd.h"
#include "pure/summary.h"
#include "snap/load.h"
#include "table/args.h"
#include "util.h"

static error_t parse(int key, char *arg, struct argp_state *state)
{
	return hd_args_key(key, arg, state, state->input);
}

static const struct argp_option options[] = {
	HD_OPTION_FILE,
	{ 0 },
};

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.doc = "Show what is wrong now, and what was wrong before.",
};

static void feed(struct hd_summary *sum, int type,
		 const struct hd_snapshot_row *row)
{
	switch (type) {
	case HOSTDIAG_TASK:
		hd_summary_task(sum, &row->task);
		break;
	case HOSTDIAG_STUCK:
		hd_summary_stuck(sum, &row->stuck);
		break;
	case HOSTDIAG_SYSCALL:
		hd_summary_syscall(sum, &row->syscall);
		break;
	case HOSTDIAG_ERROR:
		hd_summary_error(sum, &row->error);
		break;
	case HOSTDIAG_PLACE:
		hd_summary_place(sum, &row->place);
		break;
	case HOSTDIAG_EXITED:
		hd_summary_exited(sum, &row->task);
		break;
	case HOSTDIAG_OPEN:
		hd_summary_open(sum, &row->open);
		break;
	case HOSTDIAG_SLOW:
		hd_summary_slow(sum, &row->slow);
		break;
	case HOSTDIAG_DEATH:
		hd_summary_death(sum, &row->death);
		break;
	}
}

int hd_cmd_summary(int argc, char **argv, const char *file)
{
	struct hd_args args = { .file = file };
	struct hd_snapshot_row row;
	struct hd_snapshot snap;
	struct hd_summary sum;
	struct hd_view view;
	int type;

	hd_args_parse(&argp, argc, argv, 0, &args);
	hd_load_or_die(&snap, args.file);

	view = hd_load_view(&snap);
	hd_summary_init(&sum, &view);
	while ((type = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END)
		feed(&sum, type, &row);
	hd_summary_print(&sum, &hd_stdout);
	return 0;
}
