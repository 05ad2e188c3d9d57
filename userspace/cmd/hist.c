// SPDX-License-Identifier: GPL-2.0-only
/* The histogram of the chosen tasks, or of one of their syscalls. */
#include "cmd/cmd.h"
#include "pure/human.h"
#include "snap/load.h"
#include "table/hist_text.h"
#include "util.h"

/**
 * struct picture - the sum to show
 * @stat: the sum of all histograms
 * @live: number of live tasks in it
 * @ended: number of exited tasks in it
 * @bare: events of tasks without a histogram, which are not in @stat
 */
struct picture {
	struct hd_stat stat;
	u64 live;
	u64 ended;
	u64 bare;
};

static bool add_stat(struct picture *pic, const struct hd_stat *stat)
{
	if (!stat->count)
		return false;
	if (stat->valid)
		hd_stat_merge(&pic->stat, stat);
	else
		pic->bare = hd_add(pic->bare, stat->count);
	return true;
}

static bool is_chosen(const struct hd_args *hist,
		      const struct hd_task_row *task)
{
	return hd_args_choose(hist, task->tid, task->tgid, task->comm);
}

static void collect_kind(struct picture *pic, struct hd_snapshot *snap,
			 const struct hd_args *hist)
{
	struct hd_snapshot_row row;
	int type;

	while ((type = hd_snapshot_next(snap, &row)) != HOSTDIAG_END) {
		if ((type != HOSTDIAG_TASK && type != HOSTDIAG_EXITED) ||
		    !is_chosen(hist, &row.task) ||
		    !add_stat(pic, &row.task.stat[hist->kind]))
			continue;
		if (type == HOSTDIAG_TASK)
			pic->live++;
		else
			pic->ended = hd_add(pic->ended, row.task.tasks);
	}
}

/* a name may match twice, since a task may call by two ABIs */
static void collect_syscall(struct picture *pic, struct hd_snapshot *snap,
			    const struct hd_args *hist)
{
	struct hd_snapshot_row row;
	bool counted = false;
	int type;

	while ((type = hd_snapshot_next(snap, &row)) != HOSTDIAG_END) {
		if (type == HOSTDIAG_TASK)
			counted = false;
		if (type != HOSTDIAG_SYSCALL ||
		    !is_chosen(hist, &row.task) ||
		    !hd_syscall_is_wanted(&row.syscall, hist) ||
		    !add_stat(pic, &row.syscall.stat))
			continue;
		pic->live += !counted;
		counted = true;
	}
}

static void print_line(void *priv, const char *text)
{
	(void)priv;
	hd_print("%s\n", text);
}

static void print_title(const struct picture *pic, const struct hd_args *hist)
{
	hd_print("%s%s%s%s%s; live tasks: %llu", hd_hist_kinds[hist->kind].title,
		 hist->syscall ? " of " : "",
		 hist->syscall ? hist->syscall : "", hd_args_chosen(hist),
		 hist->busy ? ", without waits for work" : "", pic->live);
	if (pic->ended)
		hd_print(", ended: %llu", pic->ended);
	hd_print("\n\n");
}

static void print_totals(const struct picture *pic)
{
	const struct hd_stat *stat = &pic->stat;
	char p50[HD_HUMAN_LEN], p99[HD_HUMAN_LEN], max[HD_HUMAN_LEN];

	hd_print("\ncount %llu, p50 %s, p99 %s, max %s\n", stat->count,
		 hd_human_time(hd_stat_percentile(stat, 500), p50),
		 hd_human_time(hd_stat_percentile(stat, 990), p99),
		 hd_human_time(stat->max_ns, max));
	if (pic->bare)
		hd_print("%llu more are not shown: there was no memory left for their histograms\n",
			 pic->bare);
}

static int run_hist(struct hd_args *args)
{
	const struct hd_hist_kind *kind = &hd_hist_kinds[args->kind];
	struct picture pic = { .bare = 0 };
	struct hd_snapshot snap;

	hd_load_part_or_die(&snap, args->file);
	if (args->syscall || args->busy)
		collect_syscall(&pic, &snap, args);
	else
		collect_kind(&pic, &snap, args);

	if (!pic.stat.count)
		hd_die("no %s%s%s%s to show%s", kind->title,
		       args->syscall ? " of " : "",
		       args->syscall ? args->syscall : "",
		       hd_args_chosen(args),
		       pic.bare ? ": no memory was left for histograms" :
		       snap.head.flags & kind->flag ? "" :
		       ": counting it is switched off");
	hd_load_say(&snap, args->file, false);
	print_title(&pic, args);
	hd_hist_text(&pic.stat, NULL, print_line, NULL);
	print_totals(&pic);
	return 0;
}

const struct hd_command hd_cmd_hist = {
	.name = "hist",
	.doc = "Show a histogram of the durations of syscalls, D sleeps, or files held open,\n"
	       "of all tasks, living and dead, or of the chosen ones together.",
	.options = HD_OPTS_TASKS | HD_OPT(FILE) | HD_OPT(KIND) |
		   HD_OPT(SYSCALL) | HD_OPT(BUSY),
	.run = run_hist,
};
