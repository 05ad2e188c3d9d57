// SPDX-License-Identifier: GPL-2.0-only
/* Rows to text; see render.h. */
#include "pure/human.h"
#include "pure/lists.h"
#include "pure/render.h"

/**
 * hd_wait_cpu() - the on-CPU time of calls
 * @stat: the calls
 * @wait: their time off the CPU
 *
 * Return: the sum of the calls less @wait, in nanoseconds; 0 where @wait, which may
 * have been read a moment later, is longer; HD_ABSENT where @wait is not known.
 */
u64 hd_wait_cpu(const struct hd_stat *stat, const struct hd_wait_sums *wait)
{
	u64 off;

	if (!wait->valid)
		return HD_ABSENT;
	if (!(wait->runq_ns | wait->d_ns | wait->sleep_ns))
		return stat->sum_ns;
	off = hd_add(hd_add(wait->runq_ns, wait->d_ns), wait->sleep_ns);
	return stat->sum_ns > off ? stat->sum_ns - off : 0;
}

/**
 * hd_task_add() - add the counts of one row to another
 * @to: the sum; its ids stay
 * @from: the addend
 */
void hd_task_add(struct hd_task_row *to, const struct hd_task_row *from)
{
	u32 kind;

	hd_counts_add(&to->counts, &from->counts);
	to->wait.valid |= from->wait.valid;
	to->wait.runq_ns = hd_add(to->wait.runq_ns, from->wait.runq_ns);
	to->wait.d_ns = hd_add(to->wait.d_ns, from->wait.d_ns);
	to->wait.sleep_ns = hd_add(to->wait.sleep_ns, from->wait.sleep_ns);
	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		hd_stat_merge(&to->stat[kind], &from->stat[kind]);
}

/**
 * hd_hist_kind_name() - the name of a kind of histograms
 * @kind: enum hostdiag_kind
 */
const char *hd_hist_kind_name(u32 kind)
{
#define KIND_NAME(name, NAME, GROUP, title) \
	[HOSTDIAG_KIND_##NAME] = #name,
	static const char *const name[HOSTDIAG_KINDS] = {
		HD_KIND_LIST(KIND_NAME)
	};

	return kind < ARRAY_SIZE(name) ? name[kind] : "-";
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
 * hd_render_head() - print the first line of a file
 * @out: the output
 * @file: name of the file
 * @view: contents of the line
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

/* a constant, with the space before it */
#define PUT_CONST(out, text)	hd_line_bytes(out, text, sizeof(text) - 1)

static void put_syscall(struct hd_out *out, u32 abi, u32 nr)
{
	hd_line_room(out, 1 + HD_NAME_LEN);
	out->text[out->len++] = ' ';
	out->len += hd_syscall_copy_name(abi, nr, out->text + out->len);
}

/**
 * struct line - the line that is being made, and digits that may be printed again
 * @out: the output
 * @total: digits of the last TOTAL
 * @time: digits of the last percentile or LONGEST
 * @p50: the last P50
 */
struct line {
	struct hd_out *out;
	struct hd_number total;
	struct hd_number time;
	u64 p50;
};

static inline void begin_line(struct line *line, struct hd_out *out)
{
	line->out = out;
	line->total.len = 0;
	line->time.len = 0;
	line->p50 = 0;
}

static inline void put_or_absent(struct hd_out *out, u64 number)
{
	if (number == HD_ABSENT)
		PUT_CONST(out, " -");
	else
		put_number(out, number);
}

static void put_fd(struct hd_out *out, s32 fd)
{
	if (fd >= 0)
		put_number(out, fd);
	else
		PUT_CONST(out, " -");
}

static inline void put_cpu(struct line *line, u64 number)
{
	if (number == HD_ABSENT)
		PUT_CONST(line->out, " -");
	else
		hd_line_made_after(line->out, ' ', &line->total, number);
}

static inline void put_p50(struct line *line, const struct hd_stat *stat)
{
	if (!hd_has_hist(stat)) {
		PUT_CONST(line->out, " -");
		return;
	}
	line->p50 = hd_stat_percentile(stat, 500);
	hd_line_made_after(line->out, ' ', &line->time, line->p50);
}

/* @stat is that of the P50 before it; in a single bucket both are the same */
static inline void put_p99(struct line *line, const struct hd_stat *stat)
{
	u64 p99 = line->p50;

	if (!hd_has_hist(stat)) {
		PUT_CONST(line->out, " -");
		return;
	}
	if (stat->end - stat->low != 1)
		p99 = hd_stat_percentile(stat, 990);
	hd_line_made_after(line->out, ' ', &line->time, p99);
}

/* the call, or the place */
static void put_what(struct hd_out *out, const struct hd_slow_row *row)
{
	if (row->kind == HOSTDIAG_SLOW_SYSCALL)
		put_syscall(out, row->abi, row->nr);
	else
		put_escaped(out, row->place, sizeof(row->place));
}

static void put_return(struct hd_out *out, s64 result)
{
	char name[HD_NAME_LEN];

	if ((u64)result == HD_NO_RESULT) {
		PUT_CONST(out, " -");
	} else if (result < 0 && result >= -4095) {
		put_text(out, hd_errno_name(-result, name));
	} else if (result < 0) {
		PUT_CONST(out, " -");
		hd_line_number(out, -(u64)result);
	} else {
		put_number(out, result);
	}
}

static void put_result(struct hd_out *out, const struct hd_slow_row *row)
{
	put_return(out, row->kind == HOSTDIAG_SLOW_SYSCALL ? row->result :
			(s64)HD_NO_RESULT);
}

static void put_errno(struct hd_out *out, u32 error)
{
	char name[HD_NAME_LEN];

	put_text(out, hd_errno_name(error, name));
}

/* most histograms are of syscalls */
static inline void put_kind(struct hd_out *out, u32 kind)
{
	if (kind == HOSTDIAG_KIND_SYSCALL)
		PUT_CONST(out, " syscall");
	else
		put_text(out, hd_hist_kind_name(kind));
}

static inline void put_key(struct hd_out *out, const struct hd_hist_row *row)
{
	if (row->nr == HOSTDIAG_NR_NONE)
		PUT_CONST(out, " all");
	else
		put_syscall(out, row->abi, row->nr);
}

static void put_buckets(struct hd_out *out, const struct hd_stat *stat)
{
	char separator = ' ';
	u32 i;

	for (i = stat->low; i < stat->end; i++) {
		if (!stat->bucket[i])
			continue;
		hd_line_number_after(out, separator, hd_hist_lower(i));
		hd_line_number_after(out, ':', stat->bucket[i]);
		separator = ',';
	}
}

/* one for each type of columns.h */
#define PUT_ID(value)		put_number(line.out, value)
#define PUT_ID_OPT(value)	put_or_absent(line.out, value)
#define PUT_FD(value)		put_fd(line.out, value)
#define PUT_COUNT(value)	put_number(line.out, value)
#define PUT_COUNT_OPT(value)	put_or_absent(line.out, value)
#define PUT_TIME(value)		put_number(line.out, value)
#define PUT_TIME_OPT(value)	put_or_absent(line.out, value)
#define PUT_TOTAL(value) \
	hd_line_made_after(line.out, ' ', &line.total, value)
#define PUT_CPU(value)		put_cpu(&line, value)
#define PUT_P50(value)		put_p50(&line, value)
#define PUT_P99(value)		put_p99(&line, value)
#define PUT_LONGEST(value) \
	hd_line_made_after(line.out, ' ', &line.time, value)
#define PUT_WHEN(value)		put_number(line.out, value)
#define PUT_LAST(value)		put_number(line.out, value)
#define PUT_WHEN_OPT(value)	put_or_absent(line.out, (value) ? (value) : HD_ABSENT)
#define PUT_NAME(value)		put_escaped(line.out, value, sizeof(value))
#define PUT_PATH(value)		put_escaped(line.out, value, sizeof(value))
#define PUT_PLACE(value)	put_escaped(line.out, value, sizeof(value))
#define PUT_WORD(value)		put_text(line.out, value)
#define PUT_KIND(value)		put_kind(line.out, value)
#define PUT_LETTER(value)	put_escaped(line.out, &(value), 1)
#define PUT_CALL(value)		put_syscall(line.out, (value)->abi, (value)->nr)
#define PUT_KEY(value)		put_key(line.out, value)
#define PUT_ERRNO(value)	put_errno(line.out, value)
#define PUT_WHAT(value)		put_what(line.out, value)
#define PUT_RETURN(value)	put_return(line.out, value)
#define PUT_RESULT(value)	put_result(line.out, value)
#define PUT_EXIT(value)		put_number(line.out, value)
#define PUT_BUCKETS(value)	put_buckets(line.out, value)

/* the first column, without a space */
#define PUT_FIRST_ID(value)	hd_line_number(line.out, value)
#define PUT_FIRST_TIME(value)	hd_line_number(line.out, value)
#define PUT_FIRST_WHEN(value)	hd_line_number(line.out, value)
#define PUT_FIRST_NAME(value)	hd_line_escaped(line.out, value, sizeof(value))

#define PUT(name, type, fold, value, help)		PUT_##type(value);
#define PUT_FIRST(name, type, fold, value, help)	PUT_FIRST_##type(value);

/* a line that begins with its task */
#define PUT_TASK_LINE(out, NAME) \
do { \
	struct line line; \
\
	begin_line(&line, out); \
	put_task(out, task); \
	HD_REST_##NAME(PUT) \
	hd_line_end(out); \
} while (0)

#define PUT_LINE(out, NAME) \
do { \
	struct line line; \
\
	begin_line(&line, out); \
	HD_FIRST_##NAME(PUT_FIRST) \
	HD_REST_##NAME(PUT) \
	hd_line_end(out); \
} while (0)

/* HD_IDS; the first of them without a space */
static void put_ids(struct hd_out *out, const struct hd_task_row *task)
{
	hd_line_number(out, task->tid);
	put_number(out, task->tgid);
	put_escaped(out, task->comm, sizeof(task->comm));
}

static void put_task(struct hd_out *out, const struct hd_task_row *task)
{
	if (!task->ids_len) {
		put_ids(out, task);
		return;
	}
	hd_line_short_bytes(out, task->ids, task->ids_len);
}

/**
 * hd_render_ids() - make the begin of all lines of a task, once for all of them
 * @task: its tid, tgid and comm are filled, and do not change any more
 */
void hd_render_ids(struct hd_task_row *task)
{
	struct hd_out out = { .text = task->ids, .size = sizeof(task->ids) };

	put_ids(&out, task);
	task->ids_len = out.len;
}

void hd_render_tasks(struct hd_out *out, const struct hd_task_row *task)
{
	PUT_TASK_LINE(out, TASKS);
}

void hd_render_exited(struct hd_out *out, const struct hd_task_row *task)
{
	PUT_LINE(out, EXITED);
}

void hd_render_syscalls(struct hd_out *out, const struct hd_task_row *task,
			const struct hd_syscall_row *row)
{
	PUT_TASK_LINE(out, SYSCALLS);
}

void hd_render_errors(struct hd_out *out, const struct hd_task_row *task,
		      const struct hd_error_row *row)
{
	PUT_TASK_LINE(out, ERRORS);
}

void hd_render_stuck(struct hd_out *out, const struct hd_task_row *task,
		     const struct hd_stuck_row *row)
{
	PUT_TASK_LINE(out, STUCK);
}

void hd_render_dsleep(struct hd_out *out, const struct hd_task_row *task,
		      const struct hd_place_row *row)
{
	PUT_TASK_LINE(out, DSLEEP);
}

void hd_render_open(struct hd_out *out, const struct hd_open_row *row)
{
	PUT_LINE(out, OPEN);
}

void hd_render_slow(struct hd_out *out, const struct hd_slow_row *row)
{
	PUT_LINE(out, SLOW);
}

void hd_render_deaths(struct hd_out *out, const struct hd_death_row *row)
{
	PUT_LINE(out, DEATHS);
}

void hd_render_calls(struct hd_out *out, const struct hd_task_row *task,
		     const struct hd_call_row *row)
{
	PUT_TASK_LINE(out, CALLS);
}

void hd_render_blocked(struct hd_out *out, const struct hd_blocked_row *row)
{
	PUT_LINE(out, BLOCKED);
}

void hd_render_ledger(struct hd_out *out, const struct hd_ledger_row *row)
{
	PUT_LINE(out, LEDGER);
}

static void put_hist(struct hd_out *out, const struct hd_task_row *task,
		     const struct hd_hist_row *row)
{
	PUT_TASK_LINE(out, HIST);
}

/**
 * hd_render_hist_task() - print the lines of "hist" with key "all" of a task
 * @out: the output
 * @task: the task; kinds without events have no line
 */
void hd_render_hist_task(struct hd_out *out, const struct hd_task_row *task)
{
	struct hd_hist_row row = { .nr = HOSTDIAG_NR_NONE };

	for (row.kind = 0; row.kind < HOSTDIAG_KINDS; row.kind++) {
		row.stat = &task->stat[row.kind];
		if (hd_has_hist(row.stat))
			put_hist(out, task, &row);
	}
}

/**
 * hd_render_hist_syscall() - print the line of "hist" of one syscall
 * @out: the output
 * @task: the task
 * @call: one of its syscalls; without a histogram it has no line
 */
void hd_render_hist_syscall(struct hd_out *out, const struct hd_task_row *task,
			    const struct hd_syscall_row *call)
{
	struct hd_hist_row row = {
		.kind = HOSTDIAG_KIND_SYSCALL, .abi = call->abi,
		.nr = call->nr, .stat = &call->stat,
	};

	if (hd_has_hist(row.stat))
		put_hist(out, task, &row);
}
