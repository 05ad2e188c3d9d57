/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows to text, through a print callback.  Pure: the module's /proc files,
 * the reader and the unit tests share it.  The columns are those of the
 * contract; one line a row, single spaces between the columns:
 *
 *   # hostdiag tasks v1 now_ns=81034503 since_ns=1034503 lost=0
 *   # tid tgid comm calls errors sys_ns ...
 *   812 812 nginx 120431 17 93844023 ...
 */
#ifndef HD_RENDER_H
#define HD_RENDER_H

#include "hist.h"
#include "names.h"

/**
 * struct hd_out - where text goes
 * @print: as vprintf
 * @priv: its own
 */
struct hd_out {
	__printf(2, 0)
	void (*print)(struct hd_out *out, const char *fmt, va_list args);
	void *priv;
};

__printf(2, 3)
void hd_out_printf(struct hd_out *out, const char *fmt, ...);

/**
 * struct hd_view - what the first line of a file says
 * @now_ns: monotonic time of the reading
 * @since_ns: start of counting
 * @lost: events not counted
 * @flags: HOSTDIAG_F_*, the groups that are attached
 */
struct hd_view {
	u64 now_ns;
	u64 since_ns;
	u64 lost;
	u32 flags;
};

/**
 * struct hd_task_row - a task, or the dead of one comm
 * @tid: as the reader's pid namespace has it
 * @tgid: the same
 * @comm: raw bytes, NUL-terminated
 * @tasks: 1, or how many have ended
 * @errors: syscalls that failed
 * @iowait_ns: part of the D sleep
 * @opens: open file descriptions made
 * @open_now: of these, not yet released
 * @stat: by enum hostdiag_kind
 */
struct hd_task_row {
	u32 tid;
	u32 tgid;
	char comm[HOSTDIAG_COMM_LEN];
	u64 tasks;
	u64 errors;
	u64 iowait_ns;
	u64 opens;
	u64 open_now;
	struct hd_stat stat[HOSTDIAG_KINDS];
};

/**
 * struct hd_syscall_row - a task x syscall
 * @abi: enum hostdiag_abi
 * @nr: number, or HOSTDIAG_NR_BAD
 * @errors: calls that failed
 * @stat: latency
 */
struct hd_syscall_row {
	u32 abi;
	u32 nr;
	u64 errors;
	struct hd_stat stat;
};

#define HD_ESCAPED_LEN	(4 * HOSTDIAG_COMM_LEN + 1)

const char *hd_escape(const char *raw, size_t len, char *buf, size_t size);

void hd_render_head(struct hd_out *out, const char *file,
		    const struct hd_view *view);

void hd_render_tasks_columns(struct hd_out *out);
void hd_render_tasks(struct hd_out *out, const struct hd_task_row *task);

void hd_render_exited_columns(struct hd_out *out);
void hd_render_exited(struct hd_out *out, const struct hd_task_row *dead);

void hd_render_syscalls_columns(struct hd_out *out);
void hd_render_syscalls(struct hd_out *out, const struct hd_task_row *task,
			const struct hd_syscall_row *row);

void hd_render_hist_columns(struct hd_out *out);
/* the lines of the kinds that have events, key "all" */
void hd_render_hist_task(struct hd_out *out, const struct hd_task_row *task);
/* one line, nothing where no histogram was kept */
void hd_render_hist_syscall(struct hd_out *out, const struct hd_task_row *task,
			    const struct hd_syscall_row *row);

#endif /* HD_RENDER_H */
