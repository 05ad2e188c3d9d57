// SPDX-License-Identifier: GPL-2.0-only
/*
 * A histogram as a picture, in powers of two of nanoseconds: the buckets of
 * an octave are one row here, exactly.
 */
#include "args.h"
#include "cmd.h"
#include "load.h"
#include "print.h"
#include "../module/human.h"

/* all below 2^4 ns, the octaves, and all from 2^46 ns */
#define ROWS		(HD_HIST_OCTAVES + 2)

/* where both bounds fit in 10 digits the bars have 40 places, as with bcc */
#define NARROW_ROWS	(33 - HD_HIST_MIN_SHIFT + 1)
#define STARS_NARROW	40
#define STARS_WIDE	20

struct kind {
	const char *name;
	const char *title;
	u32 flag;
};

static const struct kind kinds[HOSTDIAG_KINDS] = {
	[HOSTDIAG_KIND_SYSCALL] = {
		"syscall", "syscall latency", HOSTDIAG_F_SYSCALLS
	},
	[HOSTDIAG_KIND_DSLEEP] = {
		"dsleep", "D sleep", HOSTDIAG_F_DSLEEP
	},
	[HOSTDIAG_KIND_OPEN] = {
		"open", "open-to-close time", HOSTDIAG_F_FILES
	},
};

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

static u32 parse_kind(const char *arg, const struct argp_state *state)
{
	u32 kind;

	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		if (!strcmp(arg, kinds[kind].name))
			return kind;
	hd_args_fail(state, "no kind '%s': syscall dsleep open", arg);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct hist_args *hist = state->input;

	switch (key) {
	case 'k':
		hist->kind = parse_kind(arg, state);
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
	{ .name = "kind", .key = 'k', .arg = "KIND",
	  .doc = "syscall (as without it), dsleep or open" },
	{ .name = "syscall", .key = 's', .arg = "SYSCALL",
	  .doc = "Only calls of this name, of live tasks" },
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

static bool is_named(const struct hd_syscall_row *row, const char *syscall)
{
	char buf[HD_NAME_LEN];

	return !strcmp(hd_syscall_name(row->abi, row->nr, buf), syscall);
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
		    !is_named(&row.syscall, hist->syscall) ||
		    !add(pic, &row.syscall.stat))
			continue;
		pic->live += !counted;
		counted = true;
	}
}

static u32 row_of(u32 bucket)
{
	u64 lower = hd_hist_lower(bucket);

	return lower ? 64 - __builtin_clzll(lower) - HD_HIST_MIN_SHIFT : 0;
}

static void print_row(u32 row, u64 count, u64 most, bool wide)
{
	static const char bar[] = "****************************************";
	int digits = wide ? 20 : 10, places = wide ? STARS_WIDE : STARS_NARROW;
	char high[24] = "...";
	u64 low = row ? 1ull << (HD_HIST_MIN_SHIFT + row - 1) : 0;

	if (row < ROWS - 1)
		snprintf(high, sizeof(high), "%llu",
			 (1ull << (HD_HIST_MIN_SHIFT + row)) - 1);
	hd_print("%*llu -> %-*s : %-8llu |%-*.*s|\n", digits, low, digits,
		 high, count, places, (int)((long double)count / most * places),
		 bar);
}

static void print_picture(const struct hd_stat *stat)
{
	u64 count[ROWS] = { 0 }, most = 0;
	u32 first = ROWS, last = 0, i;
	bool wide;

	for (i = stat->low; i < stat->end; i++)
		count[row_of(i)] += stat->bucket[i];
	for (i = 0; i < ROWS; i++) {
		if (!count[i])
			continue;
		if (first == ROWS)
			first = i;
		last = i;
		if (most < count[i])
			most = count[i];
	}

	wide = last >= NARROW_ROWS;
	hd_print("%*s%-*s : count     distribution\n", wide ? 15 : 5, "",
		 wide ? 29 : 19, "nsecs");
	for (i = first; i <= last; i++)
		print_row(i, count[i], most, wide);
}

static void print_title(const struct picture *pic, const struct hist_args *hist)
{
	hd_print("%s%s%s%s; live tasks: %llu", kinds[hist->kind].title,
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
	const struct kind *kind;
	struct hd_snapshot snap;

	hd_args_parse(&argp, argc, argv, 0, &hist);
	hd_load_or_die(&snap, hist.args.file);
	if (hist.syscall)
		collect_syscall(&pic, &snap, &hist);
	else
		collect_kind(&pic, &snap, &hist);

	kind = &kinds[hist.kind];
	if (!pic.stat.count)
		hd_die("no %s%s%s%s to show%s", kind->title,
		       hist.syscall ? " of " : "",
		       hist.syscall ? hist.syscall : "",
		       hd_args_chosen(&hist.args),
		       pic.bare ? ": no memory was left for histograms" :
		       snap.head.flags & kind->flag ? "" :
		       ": counting it is switched off");
	print_title(&pic, &hist);
	print_picture(&pic.stat);
	print_totals(&pic);
	return 0;
}
