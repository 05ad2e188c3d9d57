// SPDX-License-Identifier: GPL-2.0-only
/*
 * Print a summary.  A line begins with its tasks: "httpd[812]", "12 httpd" for
 * several, "httpd" for an unknown number, "httpd (ended)" for exited tasks.
 */
#include "pure/human.h"
#include "pure/lists.h"
#include "pure/summary_list.h"
#include "pure/summary_rank.h"

#define LITTLE_PATH	16	/* the fewest columns for a path */

/* the line that is being made; it is cut at the width of the screen */
struct text {
	char line[HD_SUMMARY_COLUMNS + 1];
	size_t used;
};

static __printf(2, 3)
void add(struct text *text, const char *fmt, ...)
{
	size_t room = sizeof(text->line) - text->used;
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(text->line + text->used, room, fmt, args);
	va_end(args);
	text->used += (size_t)len < room ? (size_t)len : room - 1;
}

static void end_line(struct text *text, struct hd_out *out)
{
	hd_out_printf(out, "%s\n", text->line);
	text->line[0] = '\0';
	text->used = 0;
}

/* the tasks of a line */
static void add_who(struct text *text, const struct hd_summary_line *line)
{
	char comm[HOSTDIAG_COMM_LEN + 1];

	hd_escape(line->comm, sizeof(line->comm), comm, sizeof(comm));
	add(text, "  ");
	if (!line->tid)
		add(text, "%s (ended)", comm);
	else if (line->tasks == 1)
		add(text, "%s[%u]", comm, line->tid);
	else if (line->tasks)
		add(text, "%u %s", line->tasks, comm);
	else
		add(text, "%s", comm);
}

/* add before, path and after; the path loses its beginning where there is no room */
static void add_path(struct text *text, const char *before, const char *path,
		     const char *after)
{
	size_t others = text->used + strlen(before) + strlen(after);
	size_t len = strlen(path), room = LITTLE_PATH;

	if (others + room < HD_SUMMARY_COLUMNS)
		room = HD_SUMMARY_COLUMNS - others;
	if (!len)
		add(text, "%s", after);
	else if (len <= room)
		add(text, "%s%s%s", before, path, after);
	else
		add(text, "%s...%s%s", before, path + len - (room - 3), after);
}

/* add a place, cut after the last whole function that fits */
static void add_place(struct text *text, const char *place)
{
	static const char before[] = ", at ";
	size_t used = text->used + strlen(before), len = strlen(place);

	while (len && used + len > HD_SUMMARY_COLUMNS)
		do
			len--;
		while (len && place[len] != '<');
	if (len)
		add(text, "%s%.*s", before, (int)len, place);
}

static void add_ago(struct text *text, const struct hd_summary *sum,
		    const struct hd_summary_line *line)
{
	u64 ago = sum->view.now_ns - line->last_ns;
	char time[HD_HUMAN_LEN];

	if (line->last_ns >= sum->view.now_ns || ago < HD_NS_PER_S)
		add(text, ", just now");
	else
		add(text, ", last %s ago", hd_human_time(ago, time));
}

static void stuck_line(struct text *text, const struct hd_summary *sum,
		       const struct hd_summary_line *line)
{
	const char *about = line->part[HD_STUCK_BEFORE] ? "about " : "";
	char name[HD_NAME_LEN], time[HD_HUMAN_LEN], after[48];

	(void)sum;
	add_who(text, line);
	hd_human_time(line->value, time);
	if (line->tasks == 1)
		snprintf(after, sizeof(after), " for %s%s", about, time);
	else
		snprintf(after, sizeof(after), ", longest %s%s (tid %u)", about,
			 time, line->tid);
	if (line->urgency)
		add(text, " in D");
	if (line->nr != HOSTDIAG_NR_NONE)
		add(text, " in %s",
		    hd_syscall_name(line->abi, line->nr, name));
	if (!line->what[0] && line->fd >= 0)
		add(text, " on fd %d", line->fd);
	add_path(text, " on ", line->what, after);
	if (line->urgency || !line->what[0])
		add_place(text, line->place);
}

/* the rate now, or the peak and when that was */
static void add_rate(struct text *text, const struct hd_summary *sum,
		     const struct hd_summary_line *line)
{
	char rate[HD_HUMAN_LEN], time[HD_HUMAN_LEN];
	u64 peak = line->part[HD_ERRORS_PEAK];

	if (!sum->slice_ns)
		add(text, " %s,",
		    hd_human_rate(line->count, sum->elapsed_ns, rate));
	else if (line->urgency == HD_SCARCE_GOING || hd_rank_is_going(sum, line))
		add(text, " %s,",
		    hd_human_rate(line->part[HD_ERRORS_RECENT], sum->recent_ns,
				  rate));
	else if (peak)
		add(text, " was %s%s %s ago,", line->tasks > 1 ? "up to " : "",
		    hd_human_rate(peak, sum->slice_ns, rate),
		    hd_human_time(sum->view.now_ns - line->max_ns, time));
}

static void errors_line(struct text *text, const struct hd_summary *sum,
			const struct hd_summary_line *line)
{
	char name[HD_NAME_LEN], error[HD_NAME_LEN], count[HD_HUMAN_LEN];

	add_who(text, line);
	add(text, " %s %s", hd_syscall_name(line->abi, line->nr, name),
	    hd_errno_name(line->error, error));
	add_rate(text, sum, line);
	add(text, " %s in all", hd_human_count(line->count, count));
	add_ago(text, sum, line);
	if (line->part[HD_ERRORS_OPEN])
		add(text, "; %s files open",
		    hd_human_count(line->part[HD_ERRORS_OPEN], count));
}

/* the limit that makes the calls of a line fail, in a line of its own */
static void say_limit(struct hd_out *out, const struct hd_summary *sum,
		      const struct hd_summary_line *line)
{
	char name[HD_NAME_LEN], limit[HD_SUMMARY_COLUMNS];
	struct text text = { .used = 0 };

	if (!sum->host || !line->tid ||
	    (line->urgency != HD_SCARCE_GOING &&
	     line->urgency != HD_ERRORS_GOING) ||
	    !sum->host->limit(line->tid, line->error,
			      hd_syscall_name(line->abi, line->nr, name),
			      limit, sizeof(limit)))
		return;
	add(&text, "    its limit: %s", limit);
	end_line(&text, out);
}

static void open_line(struct text *text, const struct hd_summary *sum,
		      const struct hd_summary_line *line)
{
	char count[HD_HUMAN_LEN], rate[HD_HUMAN_LEN], time[HD_HUMAN_LEN];

	add_who(text, line);
	add(text, " %s files open", hd_human_count(line->count, count));
	if (hd_rank_is_growing(line))
		add(text, ", %s more",
		    hd_human_rate(line->part[HD_OPEN_MORE],
				  sum->grow_until_ns - sum->grow_from_ns,
				  rate));
	if (hd_rank_is_growing(line) && hd_rank_growth_is_over(sum, line))
		add(text, " until %s ago", hd_human_time(hd_rank_newest_age(line), time));
	add(text, ", oldest %s", hd_human_time(line->max_ns, time));
	add_path(text, ", newest ", line->what, "");
}

static void dsleep_line(struct text *text, const struct hd_summary *sum,
			const struct hd_summary_line *line)
{
	char total[HD_HUMAN_LEN], count[HD_HUMAN_LEN], max[HD_HUMAN_LEN];
	char iowait[HD_HUMAN_LEN];

	(void)sum;
	add_who(text, line);
	add(text, " %s in %s sleeps, max %s, iowait %s",
	    hd_human_time(line->value, total),
	    hd_human_count(line->count, count),
	    hd_human_time(line->max_ns, max),
	    hd_human_time(line->part[HD_DSLEEP_IOWAIT], iowait));
	add_path(text, ", ", line->what, "");
	add_place(text, line->place);
}

static void add_times(struct text *text, const struct hd_summary *sum,
		      const struct hd_summary_line *line)
{
	char count[HD_HUMAN_LEN], max[HD_HUMAN_LEN];

	if (line->count > 1)
		add(text, " %s times, longest",
		    hd_human_count(line->count, count));
	add(text, " %s", hd_human_time(line->max_ns, max));
	add_ago(text, sum, line);
}

static void slow_line(struct text *text, const struct hd_summary *sum,
		      const struct hd_summary_line *line)
{
	char name[HD_NAME_LEN];

	add_who(text, line);
	add(text, " %s", hd_syscall_name(line->abi, line->nr, name));
	add_path(text, " on ", line->what, ":");
	add_times(text, sum, line);
}

static void held_line(struct text *text, const struct hd_summary *sum,
		      const struct hd_summary_line *line)
{
	add_who(text, line);
	if (line->what[0])
		add_path(text, " held ", line->what, ":");
	else
		add(text, " held files of unknown path:");
	add_times(text, sum, line);
}

static u64 percent_of(u64 part, u64 whole)
{
	return whole < 1 << 30 ? part * 100 / (whole ? whole : 1) :
				 part / (whole / 100);
}

static void busy_line(struct text *text, const struct hd_summary *sum,
		      const struct hd_summary_line *line)
{
	char value[HD_HUMAN_LEN], count[HD_HUMAN_LEN], most[HD_HUMAN_LEN];
	static const char *const names[HD_SUMMARY_PARTS] = {
		[HD_BUSY_CPU] = "CPU", [HD_BUSY_RUNQ] = "run queue",
		[HD_BUSY_D] = "D", [HD_BUSY_LOCK] = "locks",
	};
	char name[HD_NAME_LEN];
	bool first = true;
	u64 all = 0, share;
	u32 i;

	(void)sum;
	add_who(text, line);
	add(text, " %s in %s calls, %s %s %s",
	    hd_human_time(line->value, value),
	    hd_human_count(line->count, count),
	    line->most >= line->value / 2 ? "mostly" : "among them",
	    hd_syscall_name(line->abi, line->nr, name),
	    hd_human_time(line->most, most));
	for (i = 0; i < HD_SUMMARY_PARTS; i++)
		all = hd_add(all, line->part[i]);
	for (i = 0; i < HD_SUMMARY_PARTS; i++) {
		share = percent_of(line->part[i], all);
		if (!share)
			continue;
		add(text, "%s %s %llu%%", first ? ":" : ",", names[i], share);
		first = false;
	}
}

/**
 * struct section - how a list is shown
 * @title: its heading
 * @of_late: heading for a part of the time; NULL: the list is not of slow events
 * @file: the file to read next
 * @add_line: adds the text of a line
 */
struct section {
	const char *title;
	const char *of_late;
	const char *file;
	void (*add_line)(struct text *text, const struct hd_summary *sum,
			 const struct hd_summary_line *line);
};

static const struct section sections[HD_SUMMARY_LISTS] = {
	[HD_SUMMARY_STUCK] = { "stuck now", NULL, "stuck", stuck_line },
	[HD_SUMMARY_ERRORS] = { "calls that fail", NULL, "errors", errors_line },
	[HD_SUMMARY_OPEN] = { "files left open", NULL, "open", open_line },
	[HD_SUMMARY_DSLEEP] = { "D sleep so far", NULL, "dsleep", dsleep_line },
	[HD_SUMMARY_SLOW] = {
		"slow calls so far", "slow calls", "slow", slow_line,
	},
	[HD_SUMMARY_HELD] = {
		"files held for long, closed since",
		"files held for long, closed", "slow", held_line,
	},
	[HD_SUMMARY_BUSY] = {
		"time in calls, waits for work left out", NULL, "syscalls",
		busy_line,
	},
};

/* a recorded snapshot leaves out the slow events that an earlier file has */
static void add_title(struct text *text, const struct hd_summary *sum,
		      u32 which)
{
	const struct section *section = &sections[which];
	const struct hd_view *view = &sum->view;
	char time[HD_HUMAN_LEN];

	if (!section->of_late || !(view->flags & HOSTDIAG_F_TRIMMED))
		add(text, "%s", section->title);
	else if (view->slow_from_ns && view->slow_from_ns < view->now_ns)
		add(text, "%s in the last %s", section->of_late,
		    hd_human_time(view->now_ns - view->slow_from_ns, time));
	else
		add(text, "%s since the snapshot before", section->of_late);
	add(text, ": /proc/hostdiag/%s%s", section->file,
	    which == HD_SUMMARY_STUCK ? ", hostdiag why TID" : "");
}

static void say_section(struct hd_out *out, const struct hd_summary *sum,
			u32 which, bool *said)
{
	const struct hd_summary_rule *rule = &hd_summary_rules[which];
	const struct section *section = &sections[which];
	const struct hd_summary_line *line = sum->list[which];
	const struct hd_summary_line *end = line + sum->used[which];
	struct text text = { .used = 0 };
	u32 lines = 0;

	for (; line < end && lines < rule->lines; line++) {
		if (!rule->is_much(sum, line))
			continue;
		if (!lines++) {
			*said = true;
			add_title(&text, sum, which);
			end_line(&text, out);
		}
		section->add_line(&text, sum, line);
		end_line(&text, out);
		if (which == HD_SUMMARY_ERRORS)
			say_limit(out, sum, line);
	}
}

static void say_load(struct hd_out *out, const struct hd_summary *sum,
		     bool *said)
{
	char in_d[HD_HUMAN_LEN];

	if (!hd_rank_load(sum))
		return;
	hd_out_printf(out, "load: %s tasks in D now: /proc/hostdiag/stuck\n",
		      hd_human_count(sum->in_d, in_d));
	*said = true;
}

static void add_parent(struct text *text, const struct hd_summary *sum, u32 ppid,
		       u64 when_ns)
{
	char name[HD_ESCAPED_LEN];

	if (sum->host && sum->host->name(ppid, when_ns, name, sizeof(name)))
		add(text, " (parent %u, %s)", ppid, name);
	else
		add(text, " (parent %u)", ppid);
}

static bool has_one_parent(const struct hd_summary_dead *dead)
{
	return dead->votes > dead->count / 4;
}

static void add_dead(struct text *text, const struct hd_summary *sum,
		     const char *before, const struct hd_summary_dead *dead)
{
	char comm[HOSTDIAG_COMM_LEN + 1];

	add(text, "%s%s", before,
	    hd_escape(dead->comm, sizeof(dead->comm), comm, sizeof(comm)));
	if (has_one_parent(dead))
		add_parent(text, sum, dead->ppid, sum->death_first_ns);
}

/*
 * The comm of most of the newest deaths.  The parts of a pipe in a script have many
 * parents, which die with them, but those parents have one.
 */
static void add_most_dead(struct text *text, const struct hd_summary *sum)
{
	const struct hd_summary_dead *most = sum->dead, *with_parent = NULL, *dead;

	for (dead = sum->dead; dead < sum->dead + HD_SUMMARY_COMMS; dead++) {
		if (dead->count > most->count)
			most = dead;
		if (has_one_parent(dead) &&
		    (!with_parent || dead->count > with_parent->count))
			with_parent = dead;
	}
	add_dead(text, sum, ", mostly ", most);
	if (!has_one_parent(most) && with_parent &&
	    with_parent->count >= sum->deaths / 8)
		add_dead(text, sum, ", many ", with_parent);
}

static void say_forks(struct hd_out *out, const struct hd_summary *sum,
		      bool *said)
{
	u64 ago = sum->view.now_ns - sum->death_last_ns;
	char time[HD_HUMAN_LEN], count[HD_HUMAN_LEN];
	struct text text = { .used = 0 };
	u64 per_s = hd_rank_forks(sum);
	bool is_over = hd_rank_forks_are_over(sum);

	if (!per_s)
		return;
	add(&text, "fork storm: %s tasks a second %s",
	    hd_human_count(per_s, count), is_over ? "ended" : "end");
	if (is_over)
		add(&text, ", the last one %s ago", hd_human_time(ago, time));
	add_most_dead(&text, sum);
	add(&text, ": /proc/hostdiag/deaths");
	end_line(&text, out);
	*said = true;
}

static void crash_line(struct text *text, const struct hd_summary *sum,
		       const struct hd_summary_crash *crash)
{
	char comm[HOSTDIAG_COMM_LEN + 1], count[HD_HUMAN_LEN];
	char time[HD_HUMAN_LEN], name[HD_NAME_LEN];
	const struct hd_summary_line last = { .last_ns = crash->last_ns };

	add(text, "crash loop: %s",
	    hd_escape(crash->comm, sizeof(crash->comm), comm, sizeof(comm)));
	add_parent(text, sum, crash->ppid, crash->last_ns);
	add(text, " %s %s times in %s", hd_signal_name(crash->signal, name),
	    hd_human_count(crash->count, count),
	    hd_human_time(crash->last_ns - crash->first_ns, time));
	add_ago(text, sum, &last);
	add(text, ": /proc/hostdiag/deaths");
}

/* the process that is killed need not be the one that uses the memory */
static void say_oom(struct hd_out *out, const struct hd_summary *sum, bool *said)
{
	char comm[HOSTDIAG_COMM_LEN + 1], count[HD_HUMAN_LEN];
	const struct hd_summary_crash *oom = &sum->oom;
	const struct hd_summary_line last = { .last_ns = oom->last_ns };
	struct text text = { .used = 0 };

	if (!oom->count || !hd_rank_is_recent(sum, oom))
		return;
	add(&text, "out of memory: the kernel killed ");
	if (oom->count > 1)
		add(&text, "%s processes, the last one ",
		    hd_human_count(oom->count, count));
	add(&text, "%s",
	    hd_escape(oom->comm, sizeof(oom->comm), comm, sizeof(comm)));
	add_parent(&text, sum, oom->ppid, oom->last_ns);
	add_ago(&text, sum, &last);
	end_line(&text, out);
	*said = true;
}

/* the program that crashed most often */
static void say_crashes(struct hd_out *out, const struct hd_summary *sum,
			bool *said)
{
	const struct hd_summary_crash *crash = sum->crash, *worst = NULL;
	struct text text = { .used = 0 };

	for (; crash < sum->crash + HD_SUMMARY_COMMS; crash++)
		if (hd_rank_is_crash_loop(sum, crash) &&
		    (!worst || crash->count > worst->count))
			worst = crash;
	if (!worst)
		return;
	crash_line(&text, sum, worst);
	end_line(&text, out);
	*said = true;
}

static void say_totals(struct hd_out *out, const struct hd_summary *sum)
{
	char elapsed[16], tasks[16], calls[16], errors[16], d[16], open[16];
	char ended[16];
	struct text text = { .used = 0 };

	add(&text, "%s: %s tasks, %s ended; %s calls, %s failed; D sleep %s; %s files open",
	    hd_human_time(sum->elapsed_ns, elapsed),
	    hd_human_count(sum->tasks, tasks),
	    hd_human_count(sum->exited, ended),
	    hd_human_count(sum->calls, calls),
	    hd_human_count(sum->errors, errors), hd_human_time(sum->d_ns, d),
	    hd_human_count(sum->open_now, open));
	end_line(&text, out);
}

static void add_groups(struct text *text, const char *before, u32 groups)
{
	add(text, "%s" HD_GROUP_FORMAT, before HD_GROUP_NAMES);
}

/* one line about the groups of hooks that are or were off */
static void say_off(struct hd_out *out, const struct hd_view *view)
{
	u32 off = ~view->flags & HD_GROUPS, shed = 0, missed = 0, bit;
	struct text text = { .used = 0 };
	char time[HD_HUMAN_LEN];

	for (bit = 1; bit < HD_GROUPS; bit <<= 1) {
		shed |= view->flags & HOSTDIAG_F_SHED(bit) ? bit : 0;
		missed |= view->flags & HOSTDIAG_F_MISSED(bit) ? bit : 0;
	}
	off &= ~shed;
	if (!(off | shed | missed))
		return;
	if (shed) {
		add_groups(&text, "SHED:", shed);
		add(&text, ", over budget_percent");
	} else if (missed) {
		add_groups(&text, "GAP:", missed);
		add(&text, " not counted for %s, see budget_percent",
		    hd_human_time(view->shed_ns, time));
	}
	if (off) {
		add_groups(&text, text.used ? "; OFF:" : "OFF:", off);
		add(&text, "; on with: echo 1 > %s",
		    "/sys/module/hostdiag/parameters/NAME");
	}
	end_line(&text, out);
}

/* events that are missing in the counts */
static void say_gaps(struct hd_out *out, const struct hd_view *view)
{
	if (view->lost)
		hd_out_printf(out, "LOST: %llu events were not counted: %s\n",
			      view->lost, "/sys/kernel/debug/hostdiag/");
	say_off(out, view);
}

/* the worst root, where a task has waited for it for stuck_ns */
static void say_worst(struct hd_out *out, const struct hd_summary *sum,
		      bool *said)
{
	const struct hd_blocked_root *worst = &sum->worst;

	if (sum->told) {
		hd_out_printf(out, "blocked now: hostdiag blocked\n  %s",
			      sum->told);
		*said = true;
		return;
	}
	if (!hd_rank_worst(sum))
		return;
	hd_out_printf(out, "blocked now: /proc/hostdiag/blocked, hostdiag blocked\n  ");
	hd_blocked_say_root(out, worst);
	hd_out_printf(out, "\n");
	if (worst->is_waiting) {
		hd_out_printf(out, "  ");
		hd_blocked_say_wait(out, worst);
		hd_out_printf(out, "\n");
	}
	*said = true;
}

static void say_place(struct hd_out *out, const struct hd_summary *sum,
		      u32 place, bool *said)
{
	if (place == HD_SUMMARY_WORST) {
		say_worst(out, sum, said);
		hd_stalls_print(out, &sum->stalls, sum->view.now_ns);
		*said |= sum->stalls.len || sum->stalls.unwanted;
	} else if (place == HD_SUMMARY_LOAD) {
		say_load(out, sum, said);
	} else if (place == HD_SUMMARY_FORKS) {
		say_forks(out, sum, said);
	} else if (place == HD_SUMMARY_CRASHES) {
		say_crashes(out, sum, said);
	} else if (place == HD_SUMMARY_OOM) {
		say_oom(out, sum, said);
	} else {
		say_section(out, sum, place, said);
	}
}

/**
 * hd_summary_print() - end a summary
 * @sum: the summary
 * @out: takes the screen
 */
void hd_summary_print(struct hd_summary *sum, struct hd_out *out)
{
	bool said = false;
	u32 i;

	hd_summary_flush(sum);
	hd_rank_growing(sum);
	for (i = 0; i < HD_SUMMARY_LISTS; i++)
		hd_list_sort(sum, i);

	say_totals(out, sum);
	say_gaps(out, &sum->view);
	hd_out_printf(out, "\n");
	for (i = 0; i < HD_SUMMARY_PLACES; i++)
		say_place(out, sum, hd_summary_order[i], &said);
	if (!said)
		hd_out_printf(out, "nothing stands out\n");
}
