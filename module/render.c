// SPDX-License-Identifier: GPL-2.0-only
/* Rows to text; the formats are those of the contract, see render.h. */
#include "render.h"

#define TASK_COLUMNS	"tid tgid comm"
#define CALL_COLUMNS \
	" syscall calls errors total_ns p50_ns p99_ns max_ns" \
	" cpu_ns runq_ns d_ns sleep_ns"
#define STAT_COLUMNS \
	" calls errors sys_ns sys_p50_ns sys_p99_ns sys_max_ns" \
	" dsleeps d_ns d_p50_ns d_p99_ns d_max_ns iowait_ns" \
	" opens closes open_now open_ns open_p50_ns open_p99_ns open_max_ns" \
	" sys_cpu_ns sys_runq_ns sys_d_ns sys_sleep_ns"

/**
 * hd_wait_cpu() - the on-CPU time of calls
 * @stat: the calls
 * @wait: their time that is none
 *
 * Return: what is left of their sum; never below 0, though the parts may have
 * been read a moment later.
 */
u64 hd_wait_cpu(const struct hd_stat *stat, const struct hd_wait_sums *wait)
{
	u64 off = hd_add(hd_add(wait->runq_ns, wait->d_ns), wait->sleep_ns);

	return stat->sum_ns > off ? stat->sum_ns - off : 0;
}

/**
 * hd_slow_name() - the name of a kind of slow events
 * @kind: enum hostdiag_slow_kind
 */
const char *hd_slow_name(u32 kind)
{
	static const char *const name[] = {
		[HOSTDIAG_SLOW_SYSCALL]	= "syscall",
		[HOSTDIAG_SLOW_DSLEEP]	= "dsleep",
		[HOSTDIAG_SLOW_OPEN]	= "open",
	};

	return kind < ARRAY_SIZE(name) ? name[kind] : "-";
}

/**
 * hd_render_head() - the first line of a file
 * @out: where to
 * @file: its name
 * @view: what it says
 */
void hd_render_head(struct hd_out *out, const char *file,
		    const struct hd_view *view)
{
	hd_out_printf(out, "# hostdiag %s v%u now_ns=%llu since_ns=%llu lost=%llu\n",
		      file, HOSTDIAG_VERSION, view->now_ns, view->since_ns,
		      view->lost);
}

/* columns, each with the space before it */

static void put_number(struct hd_line *line, u64 number)
{
	hd_line_char(line, ' ');
	hd_line_number(line, number);
}

static void put_text(struct hd_line *line, const char *text)
{
	hd_line_char(line, ' ');
	hd_line_text(line, text);
}

static void put_escaped(struct hd_line *line, const char *raw, size_t len)
{
	hd_line_char(line, ' ');
	hd_line_escaped(line, raw, len);
}

/* tid, tgid, comm; the first of them without a space */
static void put_ids(struct hd_line *line, u32 tid, u32 tgid,
		    const char comm[HOSTDIAG_COMM_LEN])
{
	hd_line_number(line, tid);
	put_number(line, tgid);
	put_escaped(line, comm, HOSTDIAG_COMM_LEN);
}

static void begin_task(struct hd_line *line, struct hd_out *out,
		       const struct hd_task_row *task)
{
	hd_line_begin(line, out);
	put_ids(line, task->tid, task->tgid, task->comm);
}

static void put_percentile(struct hd_line *line, const struct hd_stat *stat,
			   u32 permille)
{
	if (stat->kept && stat->count)
		put_number(line, hd_stat_percentile(stat, permille));
	else
		put_text(line, "-");
}

/* sum, p50, p99, max */
static void put_times(struct hd_line *line, const struct hd_stat *stat)
{
	put_number(line, stat->sum_ns);
	put_percentile(line, stat, 500);
	put_percentile(line, stat, 990);
	put_number(line, stat->max_ns);
}

/* of the time of calls: on-CPU, and what was not */
static void put_wait(struct hd_line *line, const struct hd_stat *stat,
		     const struct hd_wait_sums *wait)
{
	if (!wait->kept) {
		put_text(line, "- - - -");
		return;
	}
	put_number(line, hd_wait_cpu(stat, wait));
	put_number(line, wait->runq_ns);
	put_number(line, wait->d_ns);
	put_number(line, wait->sleep_ns);
}

static void put_stats(struct hd_line *line, const struct hd_task_row *task)
{
	const struct hd_stat *stat;

	stat = &task->stat[HOSTDIAG_KIND_SYSCALL];
	put_number(line, stat->count);
	put_number(line, task->errors);
	put_times(line, stat);

	stat = &task->stat[HOSTDIAG_KIND_DSLEEP];
	put_number(line, stat->count);
	put_times(line, stat);
	put_number(line, task->iowait_ns);

	stat = &task->stat[HOSTDIAG_KIND_OPEN];
	put_number(line, task->opens);
	put_number(line, stat->count);
	put_number(line, task->open_now);
	put_times(line, stat);
	put_wait(line, &task->stat[HOSTDIAG_KIND_SYSCALL], &task->wait);
	hd_line_end(line);
}

/**
 * hd_render_tasks_columns() - the second line of "tasks"
 * @out: where to
 */
void hd_render_tasks_columns(struct hd_out *out)
{
	hd_out_printf(out, "# " TASK_COLUMNS STAT_COLUMNS "\n");
}

/**
 * hd_render_tasks() - a line of "tasks"
 * @out: where to
 * @task: the task
 */
void hd_render_tasks(struct hd_out *out, const struct hd_task_row *task)
{
	struct hd_line line;

	begin_task(&line, out, task);
	put_stats(&line, task);
}

/**
 * hd_render_exited_columns() - the second line of "exited"
 * @out: where to
 */
void hd_render_exited_columns(struct hd_out *out)
{
	hd_out_printf(out, "# comm tasks" STAT_COLUMNS "\n");
}

/**
 * hd_render_exited() - a line of "exited"
 * @out: where to
 * @dead: the dead of one comm
 */
void hd_render_exited(struct hd_out *out, const struct hd_task_row *dead)
{
	struct hd_line line;

	hd_line_begin(&line, out);
	hd_line_escaped(&line, dead->comm, sizeof(dead->comm));
	put_number(&line, dead->tasks);
	put_stats(&line, dead);
}

/**
 * hd_render_syscalls_columns() - the second line of "syscalls"
 * @out: where to
 */
void hd_render_syscalls_columns(struct hd_out *out)
{
	hd_out_printf(out, "# " TASK_COLUMNS CALL_COLUMNS "\n");
}

/**
 * hd_render_syscalls() - a line of "syscalls"
 * @out: where to
 * @task: the task
 * @row: one of its syscalls
 */
void hd_render_syscalls(struct hd_out *out, const struct hd_task_row *task,
			const struct hd_syscall_row *row)
{
	char name[HD_NAME_LEN];
	struct hd_line line;

	begin_task(&line, out, task);
	put_text(&line, hd_syscall_name(row->abi, row->nr, name));
	put_number(&line, row->stat.count);
	put_number(&line, row->errors);
	put_times(&line, &row->stat);
	put_wait(&line, &row->stat, &row->wait);
	hd_line_end(&line);
}

/**
 * hd_render_errors_columns() - the second line of "errors"
 * @out: where to
 */
void hd_render_errors_columns(struct hd_out *out)
{
	hd_out_printf(out, "# " TASK_COLUMNS " syscall errno count last_ns\n");
}

/**
 * hd_render_errors() - a line of "errors"
 * @out: where to
 * @task: the task
 * @row: one of its errors
 */
void hd_render_errors(struct hd_out *out, const struct hd_task_row *task,
		      const struct hd_error_row *row)
{
	char name[HD_NAME_LEN];
	struct hd_line line;

	begin_task(&line, out, task);
	put_text(&line, hd_syscall_name(row->abi, row->nr, name));
	put_text(&line, hd_errno_name(row->error, name));
	put_number(&line, row->count);
	put_number(&line, row->last_ns);
	hd_line_end(&line);
}

static void put_fd(struct hd_line *line, s32 fd)
{
	if (fd >= 0)
		put_number(line, fd);
	else
		put_text(line, "-");
}

/* the last column: what is behind a space may be anything */
static void end_with_path(struct hd_line *line, const char path[HD_PATH_LEN])
{
	put_escaped(line, path, HD_PATH_LEN);
	hd_line_end(line);
}

/**
 * hd_render_stuck_columns() - the second line of "stuck"
 * @out: where to
 */
void hd_render_stuck_columns(struct hd_out *out)
{
	hd_out_printf(out, "# " TASK_COLUMNS
		      " state age_ns syscall class fd wchan d_age_ns path\n");
}

/**
 * hd_render_stuck() - a line of "stuck"
 * @out: where to
 * @task: the task
 * @row: what it is in
 */
void hd_render_stuck(struct hd_out *out, const struct hd_task_row *task,
		     const struct hd_stuck_row *row)
{
	char name[HD_NAME_LEN];
	struct hd_line line;

	begin_task(&line, out, task);
	put_escaped(&line, &row->state, 1);
	put_number(&line, row->age_ns);
	put_text(&line, hd_syscall_name(row->abi, row->nr, name));
	put_text(&line, hd_class_name(row->class));
	put_fd(&line, row->fd);
	put_escaped(&line, row->place, sizeof(row->place));
	if (row->d_age_ns)
		put_number(&line, row->d_age_ns);
	else
		put_text(&line, "-");
	end_with_path(&line, row->path);
}

/**
 * hd_render_dsleep_columns() - the second line of "dsleep"
 * @out: where to
 */
void hd_render_dsleep_columns(struct hd_out *out)
{
	hd_out_printf(out, "# " TASK_COLUMNS
		      " count total_ns max_ns iowait_ns place device\n");
}

/**
 * hd_render_dsleep() - a line of "dsleep"
 * @out: where to
 * @task: the task
 * @row: one of the places where it slept
 */
void hd_render_dsleep(struct hd_out *out, const struct hd_task_row *task,
		      const struct hd_place_row *row)
{
	struct hd_line line;

	begin_task(&line, out, task);
	put_number(&line, row->count);
	put_number(&line, row->total_ns);
	put_number(&line, row->max_ns);
	put_number(&line, row->iowait_ns);
	put_escaped(&line, row->place, sizeof(row->place));
	put_escaped(&line, row->device, sizeof(row->device));
	hd_line_end(&line);
}

/**
 * hd_render_open_columns() - the second line of "open"
 * @out: where to
 */
void hd_render_open_columns(struct hd_out *out)
{
	hd_out_printf(out, "# age_ns " TASK_COLUMNS " fd path\n");
}

/**
 * hd_render_open() - a line of "open"
 * @out: where to
 * @row: an open file
 */
void hd_render_open(struct hd_out *out, const struct hd_open_row *row)
{
	struct hd_line line;

	hd_line_begin(&line, out);
	hd_line_number(&line, row->age_ns);
	hd_line_char(&line, ' ');
	put_ids(&line, row->tid, row->tgid, row->comm);
	put_fd(&line, row->fd);
	end_with_path(&line, row->path);
}

/**
 * hd_render_slow_columns() - the second line of "slow"
 * @out: where to
 */
void hd_render_slow_columns(struct hd_out *out)
{
	hd_out_printf(out, "# when_ns kind " TASK_COLUMNS
		      " dur_ns what result path\n");
}

/* the call, or the place */
static void put_what(struct hd_line *line, const struct hd_slow_row *row)
{
	char name[HD_NAME_LEN];

	if (row->kind == HOSTDIAG_SLOW_SYSCALL)
		put_text(line, hd_syscall_name(row->abi, row->nr, name));
	else
		put_escaped(line, row->place, sizeof(row->place));
}

static void put_result(struct hd_line *line, const struct hd_slow_row *row)
{
	char name[HD_NAME_LEN];

	if (row->kind != HOSTDIAG_SLOW_SYSCALL) {
		put_text(line, "-");
	} else if (row->result < 0 && row->result >= -4095) {
		put_text(line, hd_errno_name(-row->result, name));
	} else if (row->result < 0) {
		put_text(line, "-");
		hd_line_number(line, -(u64)row->result);
	} else {
		put_number(line, row->result);
	}
}

/**
 * hd_render_slow() - a line of "slow"
 * @out: where to
 * @row: an event
 */
void hd_render_slow(struct hd_out *out, const struct hd_slow_row *row)
{
	struct hd_line line;

	hd_line_begin(&line, out);
	hd_line_number(&line, row->when_ns);
	put_text(&line, hd_slow_name(row->kind));
	hd_line_char(&line, ' ');
	put_ids(&line, row->tid, row->tgid, row->comm);
	put_number(&line, row->dur_ns);
	put_what(&line, row);
	put_result(&line, row);
	end_with_path(&line, row->path);
}

/**
 * hd_render_deaths_columns() - the second line of "deaths"
 * @out: where to
 */
void hd_render_deaths_columns(struct hd_out *out)
{
	hd_out_printf(out,
		      "# when_ns tid tgid ppid comm life_ns exit_code calls errors d_ns\n");
}

/**
 * hd_render_deaths() - a line of "deaths"
 * @out: where to
 * @row: a task that has ended
 */
void hd_render_deaths(struct hd_out *out, const struct hd_death_row *row)
{
	struct hd_line line;

	hd_line_begin(&line, out);
	hd_line_number(&line, row->when_ns);
	put_number(&line, row->tid);
	put_number(&line, row->tgid);
	put_number(&line, row->ppid);
	put_escaped(&line, row->comm, sizeof(row->comm));
	put_number(&line, row->life_ns);
	put_number(&line, row->exit_code);
	put_number(&line, row->calls);
	put_number(&line, row->errors);
	put_number(&line, row->d_ns);
	hd_line_end(&line);
}

/**
 * hd_render_hist_columns() - the second line of "hist"
 * @out: where to
 */
void hd_render_hist_columns(struct hd_out *out)
{
	hd_out_printf(out, "# " TASK_COLUMNS
		      " kind key count sum_ns max_ns buckets\n");
}

static void put_hist(struct hd_out *out, const struct hd_task_row *task,
		     const char *kind, const char *key,
		     const struct hd_stat *stat)
{
	char separator = ' ';
	struct hd_line line;
	u32 i;

	if (!stat->kept || !stat->count)
		return;
	begin_task(&line, out, task);
	put_text(&line, kind);
	put_text(&line, key);
	put_number(&line, stat->count);
	put_number(&line, stat->sum_ns);
	put_number(&line, stat->max_ns);
	for (i = stat->low; i < stat->end; i++) {
		if (!stat->bucket[i])
			continue;
		hd_line_char(&line, separator);
		hd_line_number(&line, hd_hist_lower(i));
		hd_line_char(&line, ':');
		hd_line_number(&line, stat->bucket[i]);
		separator = ',';
	}
	hd_line_end(&line);
}

/**
 * hd_render_hist_task() - the lines of a task in "hist" with the key "all"
 * @out: where to
 * @task: the task; a kind without events, or without a histogram, has none
 */
void hd_render_hist_task(struct hd_out *out, const struct hd_task_row *task)
{
	static const char * const kind[HOSTDIAG_KINDS] = {
		[HOSTDIAG_KIND_SYSCALL]	= "syscall",
		[HOSTDIAG_KIND_DSLEEP]	= "dsleep",
		[HOSTDIAG_KIND_OPEN]	= "open",
	};
	u32 i;

	for (i = 0; i < HOSTDIAG_KINDS; i++)
		put_hist(out, task, kind[i], "all", &task->stat[i]);
}

/**
 * hd_render_hist_syscall() - the line of one syscall in "hist"
 * @out: where to
 * @task: the task
 * @row: one of its syscalls; without a histogram it has no line
 */
void hd_render_hist_syscall(struct hd_out *out, const struct hd_task_row *task,
			    const struct hd_syscall_row *row)
{
	char name[HD_NAME_LEN];

	put_hist(out, task, "syscall",
		 hd_syscall_name(row->abi, row->nr, name), &row->stat);
}
