// SPDX-License-Identifier: GPL-2.0-only
/* The one screen; the same as /proc/hostdiag/summary. */
#include "cmd/cmd.h"
#include "pure/summary.h"
#include "snap/load.h"
#include "util.h"

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

static int run(struct hd_args *args)
{
	struct hd_snapshot_row row;
	struct hd_snapshot snap;
	struct hd_summary sum;
	struct hd_view view;
	int type;

	hd_load_or_die(&snap, args->file);

	view = hd_load_view(&snap);
	hd_summary_init(&sum, &view);
	while ((type = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END)
		feed(&sum, type, &row);
	hd_summary_print(&sum, &hd_stdout);
	return 0;
}

const struct hd_command hd_cmd_summary = {
	.name = "summary",
	.doc = "Show what is wrong now, and what was wrong before.",
	.options = HD_OPT(FILE),
	.run = run,
};
