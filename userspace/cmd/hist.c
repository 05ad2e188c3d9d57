// SPDX-License-Identifier: GPL-2.0-only
/* The histogram of some tasks, or of a syscall of theirs. */
#include "cmd/cmd.h"
#include "pure/human.h"
#include "snap/load.h"
#include "table/args.h"
#include "table/picture.h"
#include "util.h"

struct hist_args {
	struct hd_args args;
	u32 kind;
	const char *syscall;
};

/**
 * struct picture - what is shown
 * @stat: the sum of all histograms
 * @live: live tasks in it
 * @ended: tasks in it that have ended
 * @bare: events of tasks that no histogram was kept for; not in @stat
 */
struct picture {
	struct hd_stat stat;
	u64 live;
	u64 ended;
	u64 bare;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct hist_args *hist = state->input;

	switch (key) {
	case 'k':
		hist->kind = hd_kind_parse(arg, state);
		return 0;
	case 's':
		hist->syscall = arg;
		return 0;
	case ARGP_KEY_END:
		if (hist->syscall && hist->kind != HOSTDIAG_KIND_SYSCALL)
			hd_args_fail(state, "-s goes with -k syscall only");
	}
	return hd_args_key(key, arg, state, &hist->args);
}

static const struct argp_option options[] = {
	HD_OPTION_KIND,
	HD_OPTION_TASK,
	HD_OPTION_PROCESS,
	HD_OPTION_COMM,
	HD_OPTION_FILE,
	{ 0 },
};

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.doc = "Show a histogram of the durations of syscalls, D sleeps, or files held open,\n"
	       "of all tasks, living and dead, or of the chosen ones together.",
};

static bool add(struct picture *pic, const struct hd_stat *stat)
{
	if (!stat->count)
		return false;
	if (stat->kept)
		hd_stat_merge(&pic->stat, stat);
	else
		pic->bare = hd_add(pic->bare, stat->count);
	return true;
}

static bool is_chosen(const struct hist_args *hist,
		      const struct hd_task_row *task)
{
	return hd_args_choose(&hist->args, task->tid, task->tgid, task->comm);
}

static void collect_kind(struct picture *pic, struct hd_snapshot *snap,
			 const struct hist_args *hist)
{
	struct hd_snapshot_row row;
	int type;

	while ((type = hd_snapshot_next(snap, &row)) != HOSTDIAG_END) {
		if ((type != HOSTDIAG_TASK && type != HOSTDIAG_EXITED) ||
		    !is_chosen(hist, &row.task) ||
		    !add(pic, &row.task.stat[hist->kind]))
			continue;
		if (type == HOSTDIAG_TASK)
			pic->live++;
		else
			pic->ended = hd_add(pic->ended, row.task.tasks);
	}
}

/* a task may have a name twice: it may call by two ABIs */
static void collect_syscall(struct picture *pic, struct hd_snapshot *snap,
			    const struct hist_args *hist)
{
	struct hd_snapshot_row row;
	bool counted = false;
	int type;

	while ((type = hd_snapshot_next(snap, &row)) != HOSTDIAG_END) {
		if (type == HOSTDIAG_TASK)
			counted = false;
		if (type != HOSTDIAG_SYSCALL ||
		    !is_chosen(hist, &row.task) ||
		    !hd_kind_is_call(&row.syscall, hist->syscall) ||
		    !add(pic, &row.syscall.stat))
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

static void print_title(const struct picture *pic, const struct hist_args *hist)
{
	hd_print("%s%s%s%s; live tasks: %llu", hd_kinds[hist->kind].title,
		 hist->syscall ? " of " : "",
		 hist->syscall ? hist->syscall : "",
		 hd_args_chosen(&hist->args), pic->live);
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

int hd_cmd_hist(int argc, char **argv, const char *file)
{
	struct hist_args hist = { .args.file = file };
	struct picture pic = { .bare = 0 };
	const struct hd_kind *kind;
	struct hd_snapshot snap;

	hd_args_parse(&argp, argc, argv, 0, &hist);
	hd_load_or_die(&snap, hist.args.file);
	if (hist.syscall)
		collect_syscall(&pic, &snap, &hist);
	else
		collect_kind(&pic, &snap, &hist);

	kind = &hd_kinds[hist.kind];
	if (!pic.stat.count)
		hd_die("no %s%s%s%s to show%s", kind->title,
		       hist.syscall ? " of " : "",
		       hist.syscall ? hist.syscall : "",
		       hd_args_chosen(&hist.args),
		       pic.bare ? ": no memory was left for histograms" :
		       snap.head.flags & kind->flag ? "" :
		       ": counting it is switched off");
	print_title(&pic, &hist);
	hd_picture(&pic.stat, NULL, print_line, NULL);
	print_totals(&pic);
	return 0;
}
