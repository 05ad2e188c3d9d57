// SPDX-License-Identifier: GPL-2.0-only
/* Rows to text; the formats are those of the contract, see render.h. */
#include "render.h"

#define TASK_COLUMNS	"tid tgid comm"
#define STAT_COLUMNS \
	" calls errors sys_ns sys_p50_ns sys_p99_ns sys_max_ns" \
	" dsleeps d_ns d_p50_ns d_p99_ns d_max_ns iowait_ns" \
	" opens closes open_now open_ns open_p50_ns open_p99_ns open_max_ns"

/**
 * hd_out_printf() - print to an output
 * @out: where to
 * @fmt: as printf, and of that only what the kernel's printf knows too
 */
void hd_out_printf(struct hd_out *out, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	out->print(out, fmt, args);
	va_end(args);
}

/* what /proc/mounts escapes is escaped here too, so '#' is */
static bool is_plain(unsigned char c)
{
	return c > ' ' && c < 0x7f && c != '\\' && c != '#';
}

/**
 * hd_escape() - make one printable word of any bytes
 * @raw: the bytes, up to a NUL or @len
 * @len: how many there are at most
 * @buf: where the word is made; cut short at @size, never within an escape
 * @size: of @buf, at least 2; HD_ESCAPED_LEN is enough for a comm
 *
 * Return: @buf; "-" for no bytes at all.
 */
const char *hd_escape(const char *raw, size_t len, char *buf, size_t size)
{
	size_t i, used = 0;
	unsigned char c;

	for (i = 0; i < len && raw[i]; i++) {
		c = raw[i];
		if (is_plain(c)) {
			if (used + 1 >= size)
				break;
			buf[used++] = c;
		} else {
			if (used + 4 >= size)
				break;
			buf[used++] = '\\';
			buf[used++] = '0' + (c >> 6);
			buf[used++] = '0' + (c >> 3 & 7);
			buf[used++] = '0' + (c & 7);
		}
	}
	if (!i)
		buf[used++] = '-';
	buf[used] = '\0';
	return buf;
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

static void put_task(struct hd_out *out, const struct hd_task_row *task)
{
	char comm[HD_ESCAPED_LEN];

	hd_out_printf(out, "%u %u %s", task->tid, task->tgid,
		      hd_escape(task->comm, sizeof(task->comm), comm,
				sizeof(comm)));
}

static void put_percentile(struct hd_out *out, const struct hd_stat *stat,
			   u32 permille)
{
	if (stat->kept && stat->count)
		hd_out_printf(out, " %llu", hd_stat_percentile(stat, permille));
	else
		hd_out_printf(out, " -");
}

/* sum, p50, p99, max */
static void put_times(struct hd_out *out, const struct hd_stat *stat)
{
	hd_out_printf(out, " %llu", stat->sum_ns);
	put_percentile(out, stat, 500);
	put_percentile(out, stat, 990);
	hd_out_printf(out, " %llu", stat->max_ns);
}

static void put_stats(struct hd_out *out, const struct hd_task_row *task)
{
	const struct hd_stat *stat;

	stat = &task->stat[HOSTDIAG_KIND_SYSCALL];
	hd_out_printf(out, " %llu %llu", stat->count, task->errors);
	put_times(out, stat);

	stat = &task->stat[HOSTDIAG_KIND_DSLEEP];
	hd_out_printf(out, " %llu", stat->count);
	put_times(out, stat);
	hd_out_printf(out, " %llu", task->iowait_ns);

	stat = &task->stat[HOSTDIAG_KIND_OPEN];
	hd_out_printf(out, " %llu %llu %llu", task->opens, stat->count,
		      task->open_now);
	put_times(out, stat);
	hd_out_printf(out, "\n");
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
	char comm[HD_ESCAPED_LEN];

	hd_out_printf(out, "%s %llu",
		      hd_escape(dead->comm, sizeof(dead->comm), comm,
				sizeof(comm)), dead->tasks);
	put_stats(out, dead);
}

/**
 * hd_render_syscalls_columns() - the second line of "syscalls"
 * @out: where to
 */
void hd_render_syscalls_columns(struct hd_out *out)
{
	hd_out_printf(out, "# " TASK_COLUMNS
		      " syscall calls errors total_ns p50_ns p99_ns max_ns\n");
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

	put_task(out, task);
	hd_out_printf(out, " %s %llu %llu",
		      hd_syscall_name(row->abi, row->nr, name),
		      row->stat.count, row->errors);
	put_times(out, &row->stat);
	hd_out_printf(out, "\n");
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
	u32 i;

	if (!stat->kept || !stat->count)
		return;
	put_task(out, task);
	hd_out_printf(out, " %s %s %llu %llu %llu", kind, key, stat->count,
		      stat->sum_ns, stat->max_ns);
	for (i = 0; i < HD_HIST_BUCKETS; i++) {
		if (!stat->bucket[i])
			continue;
		hd_out_printf(out, "%c%llu:%llu", separator, hd_hist_lower(i),
			      stat->bucket[i]);
		separator = ',';
	}
	hd_out_printf(out, "\n");
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
