/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows to text, through callbacks.  Pure: the module's /proc files,
 * the reader and the unit tests share it.  The columns are those of the
 * contract; one line a row, single spaces between the columns:
 *
 *   # hostdiag tasks v1 now_ns=81034503 since_ns=1034503 lost=0
 *   # tid tgid comm calls errors sys_ns ...
 *   812 812 nginx 120431 17 93844023 ...
 */
#ifndef HD_RENDER_H
#define HD_RENDER_H

#include "pure/blocked.h"
#include "pure/columns.h"
#include "pure/counts.h"
#include "pure/hist.h"
#include "pure/line.h"
#include "pure/names.h"
#include "pure/recent.h"

/**
 * struct hd_view - what the first line of a file says
 * @now_ns: monotonic time of the reading
 * @since_ns: start of counting
 * @lost: events not counted
 * @flags: HOSTDIAG_F_*, the groups that are attached, or shed
 * @stuck_ns: how long a call may take; 0: not known
 * @shed_ns: how long groups were shed
 * @slow_from_ns: with HOSTDIAG_F_TRIMMED: slow events that ended before are left
 *	out; 0: not known
 */
struct hd_view {
	u64 now_ns;
	u64 since_ns;
	u64 lost;
	u32 flags;
	u64 stuck_ns;
	u64 shed_ns;
	u64 slow_from_ns;
};

/**
 * struct hd_wait_sums - where the time of calls went; the rest is on-CPU
 * @valid: false: not known
 * @runq_ns: ready to run, waiting for a CPU
 * @d_ns: in D sleep
 * @sleep_ns: in any other sleep
 */
struct hd_wait_sums {
	bool valid;
	u64 runq_ns;
	u64 d_ns;
	u64 sleep_ns;
};

#define HD_IDS_LEN	(2 * sizeof("4294967295 ") + HD_ESCAPED_LEN)

/**
 * struct hd_task_row - a task, or the dead of one comm
 * @tid: as the reader's pid namespace has it
 * @tgid: the same
 * @comm: raw bytes, NUL-terminated
 * @counts: see counts.h
 * @HD_COUNT_NAMES: the same, each by its own name
 * @stat: by enum hostdiag_kind
 * @wait: of its syscalls
 * @id: that of no other task; 0: not known
 * @ids_len: bytes in @ids; 0: they have not been made
 * @ids: how all its lines begin, see hd_render_ids()
 */
struct hd_task_row {
	u32 tid;
	u32 tgid;
	char comm[HOSTDIAG_COMM_LEN];
	union {
		struct hd_counts counts;

		HD_COUNT_NAMES;
	};
	struct hd_stat stat[HOSTDIAG_KINDS];
	struct hd_wait_sums wait;
	u64 id;
	u32 ids_len;
	char ids[HD_IDS_LEN];
};

/**
 * struct hd_syscall_row - a task x syscall
 * @abi: enum hostdiag_abi
 * @nr: number, or HOSTDIAG_NR_BAD
 * @errors: calls that failed
 * @stat: latency
 * @wait: where it went
 */
struct hd_syscall_row {
	u32 abi;
	u32 nr;
	u64 errors;
	struct hd_stat stat;
	struct hd_wait_sums wait;
};

/**
 * struct hd_error_row - a task x syscall x errno
 * @abi: enum hostdiag_abi
 * @nr: number, or HOSTDIAG_NR_BAD
 * @error: 1 .. 4095
 * @count: calls that failed with it
 * @last_ns: when the last one did
 * @recent: how often of late
 */
struct hd_error_row {
	u32 abi;
	u32 nr;
	u32 error;
	u64 count;
	u64 last_ns;
	struct hd_recent_row recent;
};

#define HD_PATH_LEN	512	/* raw bytes, NUL-terminated; longer ones lose their beginning */
#define HD_DEVICE_LEN	32	/* "ext4:sda1" */

/**
 * struct hd_stuck_row - a task that is inside a call, or in D sleep, now
 * @age_ns: of the call; of the D sleep where there is no call
 * @d_age_ns: of the D sleep; 0: not in D
 * @abi: enum hostdiag_abi
 * @nr: number, HOSTDIAG_NR_BAD or HOSTDIAG_NR_NONE
 * @class: enum hostdiag_class
 * @state: letter, as in /proc/PID/stat
 * @fd: argument of the call; -1: it has none, or it is not known
 * @args: of the call; all 0 while it runs
 * @is_before: it began before hostdiag could see that: the ages are estimates
 * @place: where it sleeps, as in hd_place_row; "": not known
 * @path: what @fd refers to; "": not known
 */
struct hd_stuck_row {
	u64 age_ns;
	u64 d_age_ns;
	u32 abi;
	u32 nr;
	u32 class;
	char state;
	s32 fd;
	u64 args[6];
	bool is_before;
	char place[HD_PLACE_LEN];
	char path[HD_PATH_LEN];
};

/**
 * struct hd_place_row - a task x place it slept in D
 * @count: sleeps
 * @total_ns: of all
 * @max_ns: the longest
 * @iowait_ns: part that was iowait
 * @place: kernel functions, innermost first
 * @device: what it waited for; "": not known
 */
struct hd_place_row {
	u64 count;
	u64 total_ns;
	u64 max_ns;
	u64 iowait_ns;
	char place[HD_PLACE_LEN];
	char device[HD_DEVICE_LEN];
};

/**
 * struct hd_open_row - an open file description that is still open
 * @age_ns: since it was opened
 * @tid: who opened it, as the reader's pid namespace has it
 * @tgid: the same
 * @comm: raw bytes, NUL-terminated
 * @fd: as it was opened
 * @holder: a process that has it open, as that namespace has it; 0: not known
 * @path: raw bytes, NUL-terminated; "": not known
 */
struct hd_open_row {
	u64 age_ns;
	u32 tid;
	u32 tgid;
	char comm[HOSTDIAG_COMM_LEN];
	s32 fd;
	u32 holder;
	char path[HD_PATH_LEN];
};

/**
 * struct hd_slow_row - an event over its threshold
 * @seq: rises by 1
 * @when_ns: its end
 * @dur_ns: how long it took
 * @result: of a syscall
 * @kind: enum hostdiag_slow_kind
 * @tid: whose, as the reader's pid namespace has it
 * @tgid: the same
 * @comm: raw bytes, NUL-terminated
 * @abi: of a syscall
 * @nr: of a syscall; else HOSTDIAG_NR_NONE
 * @place: of a D sleep; else ""
 * @path: raw bytes, NUL-terminated; "": not known
 */
struct hd_slow_row {
	u64 seq;
	u64 when_ns;
	u64 dur_ns;
	s64 result;
	u32 kind;
	u32 tid;
	u32 tgid;
	char comm[HOSTDIAG_COMM_LEN];
	u32 abi;
	u32 nr;
	char place[HD_PLACE_LEN];
	char path[HD_PATH_LEN];
};

/**
 * struct hd_death_row - a task that has ended
 * @when_ns: its end
 * @life_ns: from its fork
 * @calls: syscalls
 * @errors: of these, failed
 * @d_ns: D sleep
 * @tid: in the first pid namespace
 * @tgid: the same
 * @ppid: of its parent, the same
 * @exit_code: as wait() gives it
 * @oom: 1: it was killed for want of memory; 0: not, or not known
 * @comm: raw bytes, NUL-terminated
 */
struct hd_death_row {
	u64 when_ns;
	u64 life_ns;
	u64 calls;
	u64 errors;
	u64 d_ns;
	u32 tid;
	u32 tgid;
	u32 ppid;
	u32 exit_code;
	u32 oom;
	char comm[HOSTDIAG_COMM_LEN];
};

/**
 * struct hd_hist_row - a histogram of a task
 * @kind: enum hostdiag_kind
 * @abi: of the syscall
 * @nr: of the syscall; HOSTDIAG_NR_NONE: of all events of that kind
 * @stat: the histogram
 */
struct hd_hist_row {
	u32 kind;
	u32 abi;
	u32 nr;
	const struct hd_stat *stat;
};

void hd_task_add(struct hd_task_row *to, const struct hd_task_row *from);
u64 hd_wait_cpu(const struct hd_stat *stat, const struct hd_wait_sums *wait);
const char *hd_hist_kind_name(u32 kind);
const char *hd_slow_name(u32 kind);

/**
 * hd_has_hist() - are there events, and a histogram of them?
 * @stat: the histogram
 */
static inline bool hd_has_hist(const struct hd_stat *stat)
{
	return stat->valid && stat->count;
}

void hd_render_head(struct hd_out *out, const char *file,
		    const struct hd_view *view);

void hd_render_ids(struct hd_task_row *task);

/* a line of the file of that name; of what belongs to no task, without it */
void hd_render_blocked(struct hd_out *out, const struct hd_blocked_row *row);
void hd_render_tasks(struct hd_out *out, const struct hd_task_row *task);
void hd_render_exited(struct hd_out *out, const struct hd_task_row *task);
void hd_render_syscalls(struct hd_out *out, const struct hd_task_row *task,
			const struct hd_syscall_row *row);
void hd_render_errors(struct hd_out *out, const struct hd_task_row *task,
		      const struct hd_error_row *row);
void hd_render_stuck(struct hd_out *out, const struct hd_task_row *task,
		     const struct hd_stuck_row *row);
void hd_render_dsleep(struct hd_out *out, const struct hd_task_row *task,
		      const struct hd_place_row *row);
void hd_render_open(struct hd_out *out, const struct hd_open_row *row);
void hd_render_slow(struct hd_out *out, const struct hd_slow_row *row);
void hd_render_deaths(struct hd_out *out, const struct hd_death_row *row);
/* the lines of the kinds that have events, key "all" */
void hd_render_hist_task(struct hd_out *out, const struct hd_task_row *task);
/* one line, nothing where no histogram was kept */
void hd_render_hist_syscall(struct hd_out *out, const struct hd_task_row *task,
			    const struct hd_syscall_row *row);

#endif /* HD_RENDER_H */
