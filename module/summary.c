// SPDX-License-Identifier: GPL-2.0-only
/* What is kept of the rows is in summary.h. */
#include "human.h"
#include "summary.h"

#define NS_PER_MS	1000000ull
#define NS_PER_MIN	60000000000ull

/**
 * struct hd_list - how a list is shown
 * @title: its heading
 * @file: where to read on
 * @is_time: its values are times; else numbers of events
 * @least: a smaller number is left out; of a time, a longest event below
 *	this together with less than 1/1000 of the time counted
 * @is_rate: numbers: how many a second is told, and less than one a minute
 *	is left out too
 * @detail: what a line says after the comm
 */
struct hd_list {
	const char *title;
	const char *file;
	bool is_time;
	bool is_rate;
	u64 least;
	void (*detail)(const struct hd_summary_line *line, char *buf,
		       size_t size);
};

static void busy_detail(const struct hd_summary_line *line, char *buf,
			size_t size)
{
	char count[16], max[16], part[16], name[HD_NAME_LEN];

	snprintf(buf, size, "%s calls, max %s, mostly %s %s",
		 hd_human_count(line->count, count), hd_human_time(line->max_ns, max),
		 hd_syscall_name(line->abi, line->nr, name),
		 hd_human_time(line->part, part));
}

static void dsleep_detail(const struct hd_summary_line *line, char *buf,
			  size_t size)
{
	char count[16], max[16], part[16];

	snprintf(buf, size, "%s sleeps, max %s, iowait %s",
		 hd_human_count(line->count, count), hd_human_time(line->max_ns, max),
		 hd_human_time(line->part, part));
}

static void errors_detail(const struct hd_summary_line *line, char *buf,
			  size_t size)
{
	char count[16], part[16], name[HD_NAME_LEN];

	if (line->part)
		snprintf(buf, size, "of %s calls, mostly %s %s",
			 hd_human_count(line->count, count),
			 hd_syscall_name(line->abi, line->nr, name),
			 hd_human_count(line->part, part));
	else
		snprintf(buf, size, "of %s calls",
			 hd_human_count(line->count, count));
}

static void held_detail(const struct hd_summary_line *line, char *buf,
			size_t size)
{
	char count[16], max[16];

	snprintf(buf, size, "%s closed, max %s",
		 hd_human_count(line->count, count),
		 hd_human_time(line->max_ns, max));
}

static void open_detail(const struct hd_summary_line *line, char *buf,
			size_t size)
{
	char count[16];

	snprintf(buf, size, "of %s opened", hd_human_count(line->count, count));
}

static void exited_detail(const struct hd_summary_line *line, char *buf,
			  size_t size)
{
	char count[16];

	snprintf(buf, size, "%s calls together",
		 hd_human_count(line->count, count));
}

static const struct hd_list lists[HD_SUMMARY_LISTS] = {
	[HD_SUMMARY_BUSY] = {
		.title = "time in syscalls, idle waits left out",
		.file = "syscalls",
		.is_time = true,
		.least = 10 * NS_PER_MS,
		.detail = busy_detail,
	},
	[HD_SUMMARY_DSLEEP] = {
		.title = "D sleep",
		.file = "tasks",
		.is_time = true,
		.least = 10 * NS_PER_MS,
		.detail = dsleep_detail,
	},
	[HD_SUMMARY_ERRORS] = {
		.title = "failed syscalls",
		.file = "syscalls",
		.is_rate = true,
		.least = 10,
		.detail = errors_detail,
	},
	[HD_SUMMARY_HELD] = {
		.title = "files held open, closed since",
		.file = "tasks",
		.is_time = true,
		.least = 100 * NS_PER_MS,
		.detail = held_detail,
	},
	[HD_SUMMARY_OPEN] = {
		.title = "files open now",
		.file = "tasks",
		.least = 16,
		.detail = open_detail,
	},
	[HD_SUMMARY_EXITED] = {
		.title = "tasks that ended",
		.file = "exited",
		.is_rate = true,
		.least = 10,
		.detail = exited_detail,
	},
};

static void insert_line(struct hd_summary *sum, u32 list)
{
	const struct hd_summary_line *line = &sum->fed[list];
	struct hd_summary_line *top = sum->top[list];
	u32 i = sum->used[list];

	if (!line->value)
		return;
	if (i < HD_SUMMARY_TOP)
		sum->used[list]++;
	else if (top[--i].value >= line->value)
		return;
	for (; i && top[i - 1].value < line->value; i--)
		top[i] = top[i - 1];
	top[i] = *line;
}

/* the task that was fed last is complete */
static void flush_fed(struct hd_summary *sum)
{
	u32 i;

	for (i = 0; i < HD_SUMMARY_LISTS; i++)
		insert_line(sum, i);
	memset(sum->fed, 0, sizeof(sum->fed));
}

static void feed(struct hd_summary *sum, const struct hd_task_row *row)
{
	const struct hd_stat *calls = &row->stat[HOSTDIAG_KIND_SYSCALL];
	const struct hd_stat *dsleeps = &row->stat[HOSTDIAG_KIND_DSLEEP];
	const struct hd_stat *opens = &row->stat[HOSTDIAG_KIND_OPEN];
	struct hd_summary_line *line;
	u32 i;

	flush_fed(sum);
	for (i = 0; i < HD_SUMMARY_LISTS; i++) {
		line = &sum->fed[i];
		line->tid = row->tid;
		memcpy(line->comm, row->comm, sizeof(line->comm));
	}
	line = &sum->fed[HD_SUMMARY_DSLEEP];
	line->value = dsleeps->sum_ns;
	line->count = dsleeps->count;
	line->max_ns = dsleeps->max_ns;
	line->part = row->iowait_ns;
	line = &sum->fed[HD_SUMMARY_ERRORS];
	line->value = row->errors;
	line->count = calls->count;
	line = &sum->fed[HD_SUMMARY_HELD];
	line->value = opens->sum_ns;
	line->count = opens->count;
	line->max_ns = opens->max_ns;
	line = &sum->fed[HD_SUMMARY_OPEN];
	line->value = row->open_now;
	line->count = row->opens;

	sum->calls = hd_add(sum->calls, calls->count);
	sum->errors = hd_add(sum->errors, row->errors);
	sum->d_ns = hd_add(sum->d_ns, dsleeps->sum_ns);
	sum->open_now = hd_add(sum->open_now, row->open_now);
}

/**
 * hd_summary_init() - begin a summary
 * @sum: some 16 KiB
 * @view: when it is taken, and what is missing
 */
void hd_summary_init(struct hd_summary *sum, const struct hd_view *view)
{
	memset(sum, 0, sizeof(*sum));
	sum->view = *view;
}

/**
 * hd_summary_task() - feed a live task
 * @sum: the summary
 * @task: its row
 */
void hd_summary_task(struct hd_summary *sum, const struct hd_task_row *task)
{
	feed(sum, task);
	sum->tasks++;
}

/**
 * hd_summary_syscall() - feed a syscall of the task that was fed last
 * @sum: the summary
 * @row: the task x syscall
 */
void hd_summary_syscall(struct hd_summary *sum,
			const struct hd_syscall_row *row)
{
	struct hd_summary_line *busy = &sum->fed[HD_SUMMARY_BUSY];
	struct hd_summary_line *errors = &sum->fed[HD_SUMMARY_ERRORS];

	if (errors->part < row->errors) {
		errors->part = row->errors;
		errors->abi = row->abi;
		errors->nr = row->nr;
	}
	if (hd_syscall_class(row->abi, row->nr) == HOSTDIAG_CLASS_IDLE)
		return;
	busy->value = hd_add(busy->value, row->stat.sum_ns);
	busy->count = hd_add(busy->count, row->stat.count);
	if (busy->max_ns < row->stat.max_ns)
		busy->max_ns = row->stat.max_ns;
	if (busy->part < row->stat.sum_ns) {
		busy->part = row->stat.sum_ns;
		busy->abi = row->abi;
		busy->nr = row->nr;
	}
}

/**
 * hd_summary_exited() - feed the dead of one comm
 * @sum: the summary
 * @dead: their row
 *
 * They are in every list but that of syscall time: of the dead it is not
 * known which calls it was spent in, so idle waits can't be left out.
 */
void hd_summary_exited(struct hd_summary *sum, const struct hd_task_row *dead)
{
	struct hd_summary_line *line;

	feed(sum, dead);
	line = &sum->fed[HD_SUMMARY_EXITED];
	line->value = dead->tasks;
	line->count = dead->stat[HOSTDIAG_KIND_SYSCALL].count;
	sum->exited = hd_add(sum->exited, dead->tasks);
}

/* one line, cut at the width of the screen */
static __printf(2, 3)
void say(struct hd_out *out, const char *fmt, ...)
{
	char line[HD_SUMMARY_COLUMNS + 1];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	hd_out_printf(out, "%s\n", line);
}

static bool is_little(const struct hd_list *list,
		      const struct hd_summary_line *line, u64 elapsed_ns)
{
	if (list->is_time)
		return line->value < elapsed_ns / 1000 &&
		       line->max_ns < list->least;
	return line->value < list->least ||
	       (list->is_rate && line->value < elapsed_ns / NS_PER_MIN);
}

static const char *human_rate(u64 count, u64 elapsed_ns, char buf[32])
{
	u64 elapsed_ms = elapsed_ns / NS_PER_MS;
	char rate[16];
	u64 per_min;

	if (count > ~0ull / 60000)
		count = ~0ull / 60000;
	per_min = count * 60000 / (elapsed_ms ? elapsed_ms : 1);
	if (per_min < 60)
		snprintf(buf, 32, "%llu a minute, ", per_min);
	else
		snprintf(buf, 32, "%s a second, ",
			 hd_human_count(per_min / 60, rate));
	return buf;
}

static void say_line(struct hd_out *out, const struct hd_list *list,
		     const struct hd_summary_line *line, u64 elapsed_ns)
{
	char value[16], tid[16], comm[HOSTDIAG_COMM_LEN + 1];
	char rate[32], detail[HD_SUMMARY_COLUMNS];

	snprintf(tid, sizeof(tid), "%u", line->tid);
	list->detail(line, detail, sizeof(detail));
	say(out, "%9s %10s %-16s %s%s",
	    list->is_time ? hd_human_time(line->value, value) :
			    hd_human_count(line->value, value),
	    line->tid ? tid : "ended",
	    hd_escape(line->comm, sizeof(line->comm), comm, sizeof(comm)),
	    list->is_rate ? human_rate(line->value, elapsed_ns, rate) : "",
	    detail);
}

/* Return: whether there was something to say */
static bool say_list(struct hd_out *out, const struct hd_summary *sum,
		     u32 which, u64 elapsed_ns)
{
	const struct hd_list *list = &lists[which];
	const struct hd_summary_line *line;
	bool said = false;
	u32 i;

	for (i = 0; i < sum->used[which]; i++) {
		line = &sum->top[which][i];
		if (is_little(list, line, elapsed_ns))
			continue;
		if (!said)
			say(out, "%s: /proc/hostdiag/%s", list->title,
			    list->file);
		said = true;
		say_line(out, list, line, elapsed_ns);
	}
	return said;
}

static void say_totals(struct hd_out *out, const struct hd_summary *sum,
		       u64 elapsed_ns)
{
	char elapsed[16], tasks[16], calls[16], errors[16], d[16], open[16];
	char ended[16];

	say(out, "%s: %s tasks, %s ended; %s calls, %s failed; D sleep %s; %s files open",
	    hd_human_time(elapsed_ns, elapsed), hd_human_count(sum->tasks, tasks),
	    hd_human_count(sum->exited, ended), hd_human_count(sum->calls, calls),
	    hd_human_count(sum->errors, errors), hd_human_time(sum->d_ns, d),
	    hd_human_count(sum->open_now, open));
}

/* what makes the numbers less than the whole truth */
static void say_gaps(struct hd_out *out, const struct hd_view *view)
{
	u32 all = HOSTDIAG_F_SYSCALLS | HOSTDIAG_F_DSLEEP | HOSTDIAG_F_FILES;

	if (view->lost)
		say(out, "LOST: %llu events were not counted: /sys/kernel/debug/hostdiag/",
		    view->lost);
	if ((view->flags & all) != all)
		say(out, "OFF:%s%s%s; on with: echo 1 > /sys/module/hostdiag/parameters/NAME",
		    view->flags & HOSTDIAG_F_SYSCALLS ? "" : " syscalls",
		    view->flags & HOSTDIAG_F_DSLEEP ? "" : " dsleep",
		    view->flags & HOSTDIAG_F_FILES ? "" : " files");
}

/**
 * hd_summary_stuck() - feed what the task that was fed last is in, if it is
 * @sum: the summary
 * @row: the call or D sleep
 */
void hd_summary_stuck(struct hd_summary *sum, const struct hd_stuck_row *row)
{
	(void)sum;
	(void)row;
}

/**
 * hd_summary_error() - feed an error of the task that was fed last
 * @sum: the summary
 * @row: the task x syscall x errno
 */
void hd_summary_error(struct hd_summary *sum, const struct hd_error_row *row)
{
	(void)sum;
	(void)row;
}

/**
 * hd_summary_place() - feed a place where the task that was fed last slept in D
 * @sum: the summary
 * @row: the task x place
 */
void hd_summary_place(struct hd_summary *sum, const struct hd_place_row *row)
{
	(void)sum;
	(void)row;
}

/**
 * hd_summary_open() - feed an open file
 * @sum: the summary
 * @row: the file
 */
void hd_summary_open(struct hd_summary *sum, const struct hd_open_row *row)
{
	(void)sum;
	(void)row;
}

/**
 * hd_summary_slow() - feed an event over its threshold
 * @sum: the summary
 * @row: the event
 */
void hd_summary_slow(struct hd_summary *sum, const struct hd_slow_row *row)
{
	(void)sum;
	(void)row;
}

/**
 * hd_summary_death() - feed one of the newest dead
 * @sum: the summary
 * @row: the task
 */
void hd_summary_death(struct hd_summary *sum, const struct hd_death_row *row)
{
	(void)sum;
	(void)row;
}

/**
 * hd_summary_print() - end a summary
 * @sum: the summary
 * @out: where to
 */
void hd_summary_print(struct hd_summary *sum, struct hd_out *out)
{
	const struct hd_view *view = &sum->view;
	u64 elapsed_ns = view->now_ns - view->since_ns;
	bool said = false;
	u32 i;

	if (view->now_ns < view->since_ns)
		elapsed_ns = 0;
	flush_fed(sum);
	say_totals(out, sum, elapsed_ns);
	say_gaps(out, view);
	hd_out_printf(out, "\n");
	for (i = 0; i < HD_SUMMARY_LISTS; i++)
		said |= say_list(out, sum, i, elapsed_ns);
	if (!said)
		say(out, "nothing stands out");
}
