// SPDX-License-Identifier: GPL-2.0-only
/* Rows to text; the formats are those of the contract, see render.h. */
#include "pure/human.h"
#include "pure/render.h"

#define TASK_COLUMNS	"tid tgid comm"
#define CALL_COLUMNS \
	" syscall calls errors total_ns p50_ns p99_ns max_ns" \
	" cpu_ns runq_ns d_ns sleep_ns"
#define ERROR_COLUMNS \
	" syscall errno count last_ns recent recent_ns peak_per_s peak_ns"
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
	hd_out_printf(out, "# hostdiag %s v%u now_ns=%llu since_ns=%llu lost=%llu",
		      file, HOSTDIAG_VERSION, view->now_ns, view->since_ns,
		      view->lost);
	if (view->shed_ns)
		hd_out_printf(out, " shed_ns=%llu", view->shed_ns);
	hd_out_printf(out, "\n");
}

/* columns, each with the space before it */

static void put_number(struct hd_out *out, u64 number)
{
	hd_line_number_after(out, ' ', number);
}

static void put_text(struct hd_out *out, const char *text)
{
	hd_line_char(out, ' ');
	hd_line_text(out, text);
}

static void put_escaped(struct hd_out *out, const char *raw, size_t len)
{
	hd_line_char(out, ' ');
	hd_line_escaped(out, raw, len);
}

/* a constant, which begins with its space */
#define PUT_CONST(out, text)	hd_line_bytes(out, text, sizeof(text) - 1)

static void put_syscall(struct hd_out *out, u32 abi, u32 nr)
{
	hd_line_room(out, 1 + HD_NAME_LEN);
	out->text[out->len++] = ' ';
	out->len += hd_syscall_copy_name(abi, nr, out->text + out->len);
}

/* tid, tgid, comm; the first of them without a space */
static void put_ids(struct hd_out *out, u32 tid, u32 tgid,
		    const char comm[HOSTDIAG_COMM_LEN])
{
	hd_line_number(out, tid);
	put_number(out, tgid);
	put_escaped(out, comm, HOSTDIAG_COMM_LEN);
}

static void put_task(struct hd_out *out, const struct hd_task_row *task)
{
	if (!task->ids_len) {
		put_ids(out, task->tid, task->tgid, task->comm);
		return;
	}
	hd_line_short_bytes(out, task->ids, task->ids_len);
}

static void put_made(struct hd_out *out, struct hd_number *made, u64 number)
{
	hd_line_made_after(out, ' ', made, number);
}

/* sum, p50, p99, max; each of them may be the one before */
static void put_times(struct hd_out *out, const struct hd_stat *stat,
		      struct hd_number *sum)
{
	struct hd_number made;
	u64 p50;

	made.len = 0;
	put_made(out, sum, stat->sum_ns);
	if (stat->kept && stat->count) {
		p50 = hd_stat_percentile(stat, 500);
		put_made(out, &made, p50);
		/* of one bucket, all are the same */
		put_made(out, &made, stat->end - stat->low == 1 ? p50 :
			 hd_stat_percentile(stat, 990));
	} else {
		PUT_CONST(out, " - -");
	}
	put_made(out, &made, stat->max_ns);
}

/* of the time of calls, @sum: on-CPU, and what was not */
static void put_wait(struct hd_out *out, const struct hd_stat *stat,
		     const struct hd_wait_sums *wait, struct hd_number *sum)
{
	if (!wait->kept) {
		PUT_CONST(out, " - - - -");
		return;
	}
	if (!(wait->runq_ns | wait->d_ns | wait->sleep_ns)) {
		put_made(out, sum, stat->sum_ns);
		PUT_CONST(out, " 0 0 0");
		return;
	}
	put_number(out, hd_wait_cpu(stat, wait));
	put_number(out, wait->runq_ns);
	put_number(out, wait->d_ns);
	put_number(out, wait->sleep_ns);
}

static void put_stats(struct hd_out *out, const struct hd_task_row *task)
{
	struct hd_number sum, other;
	const struct hd_stat *stat;

	sum.len = 0;
	other.len = 0;
	stat = &task->stat[HOSTDIAG_KIND_SYSCALL];
	put_number(out, stat->count);
	put_number(out, task->errors);
	put_times(out, stat, &sum);

	stat = &task->stat[HOSTDIAG_KIND_DSLEEP];
	put_number(out, stat->count);
	put_times(out, stat, &other);
	put_number(out, task->iowait_ns);

	stat = &task->stat[HOSTDIAG_KIND_OPEN];
	put_number(out, task->opens);
	put_number(out, stat->count);
	put_number(out, task->open_now);
	put_times(out, stat, &other);
	put_wait(out, &task->stat[HOSTDIAG_KIND_SYSCALL], &task->wait, &sum);
	hd_line_end(out);
}

/**
 * hd_render_ids() - make what all lines of a task begin with, once for all
 * @task: its tid, tgid and comm are filled, and do not change any more
 */
void hd_render_ids(struct hd_task_row *task)
{
	struct hd_out out = { .text = task->ids, .size = sizeof(task->ids) };

	put_ids(&out, task->tid, task->tgid, task->comm);
	task->ids_len = out.len;
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
	put_task(out, task);
	put_stats(out, task);
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
	hd_line_escaped(out, dead->comm, sizeof(dead->comm));
	put_number(out, dead->tasks);
	put_stats(out, dead);
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
	struct hd_number sum;

	sum.len = 0;
	put_task(out, task);
	put_syscall(out, row->abi, row->nr);
	put_number(out, row->stat.count);
	put_number(out, row->errors);
	put_times(out, &row->stat, &sum);
	put_wait(out, &row->stat, &row->wait, &sum);
	hd_line_end(out);
}

/**
 * hd_render_errors_columns() - the second line of "errors"
 * @out: where to
 */
void hd_render_errors_columns(struct hd_out *out)
{
	hd_out_printf(out, "# " TASK_COLUMNS ERROR_COLUMNS "\n");
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
	const struct hd_recent_row *recent = &row->recent;
	char name[HD_NAME_LEN];

	put_task(out, task);
	put_syscall(out, row->abi, row->nr);
	put_text(out, hd_errno_name(row->error, name));
	put_number(out, row->count);
	put_number(out, row->last_ns);
	put_number(out, hd_recent_sum(recent));
	put_number(out, recent->recent_ns);
	put_number(out, hd_rate(recent->peak, recent->slice_ns, HD_MS_PER_S));
	if (recent->peak_ns)
		put_number(out, recent->peak_ns);
	else
		put_text(out, "-");
	hd_line_end(out);
}

static void put_fd(struct hd_out *out, s32 fd)
{
	if (fd >= 0)
		put_number(out, fd);
	else
		put_text(out, "-");
}

/* the last column: what is behind a space may be anything */
static void end_with_path(struct hd_out *out, const char path[HD_PATH_LEN])
{
	put_escaped(out, path, HD_PATH_LEN);
	hd_line_end(out);
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

	put_task(out, task);
	put_escaped(out, &row->state, 1);
	put_number(out, row->age_ns);
	put_text(out, hd_syscall_name(row->abi, row->nr, name));
	put_text(out, hd_class_name(row->class));
	put_fd(out, row->fd);
	put_escaped(out, row->place, sizeof(row->place));
	if (row->d_age_ns)
		put_number(out, row->d_age_ns);
	else
		put_text(out, "-");
	end_with_path(out, row->path);
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
	put_task(out, task);
	put_number(out, row->count);
	put_number(out, row->total_ns);
	put_number(out, row->max_ns);
	put_number(out, row->iowait_ns);
	put_escaped(out, row->place, sizeof(row->place));
	put_escaped(out, row->device, sizeof(row->device));
	hd_line_end(out);
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
	hd_line_number(out, row->age_ns);
	hd_line_char(out, ' ');
	put_ids(out, row->tid, row->tgid, row->comm);
	put_fd(out, row->fd);
	end_with_path(out, row->path);
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
static void put_what(struct hd_out *out, const struct hd_slow_row *row)
{
	char name[HD_NAME_LEN];

	if (row->kind == HOSTDIAG_SLOW_SYSCALL)
		put_text(out, hd_syscall_name(row->abi, row->nr, name));
	else
		put_escaped(out, row->place, sizeof(row->place));
}

static void put_result(struct hd_out *out, const struct hd_slow_row *row)
{
	char name[HD_NAME_LEN];

	if (row->kind != HOSTDIAG_SLOW_SYSCALL) {
		put_text(out, "-");
	} else if (row->result < 0 && row->result >= -4095) {
		put_text(out, hd_errno_name(-row->result, name));
	} else if (row->result < 0) {
		put_text(out, "-");
		hd_line_number(out, -(u64)row->result);
	} else {
		put_number(out, row->result);
	}
}

/**
 * hd_render_slow() - a line of "slow"
 * @out: where to
 * @row: an event
 */
void hd_render_slow(struct hd_out *out, const struct hd_slow_row *row)
{
	hd_line_number(out, row->when_ns);
	put_text(out, hd_slow_name(row->kind));
	hd_line_char(out, ' ');
	put_ids(out, row->tid, row->tgid, row->comm);
	put_number(out, row->dur_ns);
	put_what(out, row);
	put_result(out, row);
	end_with_path(out, row->path);
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
	hd_line_number(out, row->when_ns);
	put_number(out, row->tid);
	put_number(out, row->tgid);
	put_number(out, row->ppid);
	put_escaped(out, row->comm, sizeof(row->comm));
	put_number(out, row->life_ns);
	put_number(out, row->exit_code);
	put_number(out, row->calls);
	put_number(out, row->errors);
	put_number(out, row->d_ns);
	hd_line_end(out);
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

/* the columns behind the key */
static void put_hist(struct hd_out *out, const struct hd_stat *stat)
{
	char separator = ' ';
	u32 i;

	put_number(out, stat->count);
	put_number(out, stat->sum_ns);
	put_number(out, stat->max_ns);
	for (i = stat->low; i < stat->end; i++) {
		if (!stat->bucket[i])
			continue;
		hd_line_number_after(out, separator, hd_hist_lower(i));
		hd_line_number_after(out, ':', stat->bucket[i]);
		separator = ',';
	}
	hd_line_end(out);
}

static bool has_hist(const struct hd_stat *stat)
{
	return stat->kept && stat->count;
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

	for (i = 0; i < HOSTDIAG_KINDS; i++) {
		if (!has_hist(&task->stat[i]))
			continue;
		put_task(out, task);
		put_text(out, kind[i]);
		PUT_CONST(out, " all");
		put_hist(out, &task->stat[i]);
	}
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
	if (!has_hist(&row->stat))
		return;
	put_task(out, task);
	PUT_CONST(out, " syscall");
	put_syscall(out, row->abi, row->nr);
	put_hist(out, &row->stat);
}
