// SPDX-License-Identifier: GPL-2.0-only
/* The one screen; the same as /proc/hostdiag/summary. */
#include "../module/summary.h"
#include "args.h"
#include "cmd.h"
#include "load.h"
#include "print.h"

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
	.doc = "Show the worst by time in syscalls, D sleep, errors and open files.",
};

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
	while ((type = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END) {
		if (type == HOSTDIAG_TASK)
			hd_summary_task(&sum, &row.task);
		else if (type == HOSTDIAG_SYSCALL)
			hd_summary_syscall(&sum, &row.syscall);
		else
			hd_summary_exited(&sum, &row.task);
	}
	hd_summary_print(&sum, &hd_stdout);
	return 0;
}
