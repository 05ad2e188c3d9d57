/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows to text.  The module's /proc files, the reader and the unit tests share
 * this.  columns.h has the columns; one line a row, single spaces between them:
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
#include "pure/ledger.h"
#include "pure/line.h"
#include "pure/names.h"
#include "pure/recent.h"

/**
 * struct hd_view - the head of a file
 * @now_ns: monotonic time of the reading
 * @since_ns: start of counting
 * @lost: events that were not counted
 * @flags: HOSTDIAG_F_*, the groups that are attached, or shed
 * @stuck_ns: age from which a call is stuck; 0: not known
 * @shed_ns: time for which groups were shed
 * @slow_from_ns: with HOSTDIAG_F_TRIMMED: slow events that ended before this are
 *	left out; 0: not known
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
 * struct hd_wait_sums - the time of calls off the CPU
 * @valid: the times are known
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
 * struct hd_task_row - a task, or the exited tasks of one comm
 * @tid: in the reader's pid namespace
 * @tgid: in the reader's pid namespace
 * @comm: raw bytes, NUL-terminated
 * @counts: see counts.h
 * @HD_COUNT_NAMES: the same, each by its own name
 * @stat: histograms, by enum hostdiag_kind
 * @wait: of its syscalls
 * @id: unique among all tasks until unload; 0: not known
 * @ids_len: bytes in @ids; 0: they have not been made
 * @ids: begin of all its lines, see hd_render_ids()
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
 * @wait: the part of it off the CPU
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
 * @last_ns: time of the last one
 * @recent: the recent ones
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
 * @age_ns: age of the call; of the D sleep where there is no call
 * @d_age_ns: age of the D sleep; 0: not in D
 * @abi: enum hostdiag_abi
 * @nr: number, HOSTDIAG_NR_BAD or HOSTDIAG_NR_NONE
 * @class: enum hostdiag_class
 * @state: letter, as in /proc/PID/stat
 * @fd: descriptor that the call was given; -1: none, or not known
 * @args: arguments of the call; all 0 while the task runs
 * @is_before: the call or D sleep began before hostdiag could see it, so the ages
 *	are estimates
 * @place: where the task sleeps, as in hd_place_row; "": not known
 * @path: the file of @fd; "": not known
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
 * struct hd_place_row - a task x place where it slept in D
 * @count: number of sleeps
 * @total_ns: sum of all sleeps
 * @max_ns: the longest sleep
 * @iowait_ns: part of @total_ns that was iowait
 * @place: kernel functions, innermost first
 * @device: device that the task waited for; "": not known
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
 * @age_ns: time since it was opened
 * @tid: thread that opened it, in the reader's pid namespace
 * @tgid: process that opened it, in the reader's pid namespace
 * @comm: raw bytes, NUL-terminated
 * @fd: descriptor that the open returned
 * @holder: a process that has it open, in that namespace; 0: not known
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
 * @seq: number of the event
 * @when_ns: its end
 * @dur_ns: its duration
 * @result: return value of a syscall
 * @kind: enum hostdiag_slow_kind
 * @tid: thread, in the reader's pid namespace
 * @tgid: process, in the reader's pid namespace
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
 * @life_ns: time from its fork to its end
 * @calls: number of syscalls
 * @errors: number of these that failed
 * @d_ns: time in D sleep
 * @tid: in the initial pid namespace
 * @tgid: in the initial pid namespace
 * @ppid: parent process, in the initial pid namespace
 * @exit_code: as wait() returns it
 * @oom: 1: killed by the OOM killer; 0: not, or not known
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
 * struct hd_call_row - one of the last calls of a task
 * @began_ns: when it was called
 * @dur_ns: how long it took; HD_ABSENT: it is in progress
 * @result: what it returned; HD_NO_RESULT: it has not, or that may not be seen
 * @ended_ns: when the task ended; 0: it lives
 * @exit_code: as wait() gives it; HD_ABSENT: it lives
 * @abi: enum hostdiag_abi
 * @nr: number, or HOSTDIAG_NR_BAD
 * @fd: argument of the call; -1: it has none, or it is not known
 */
struct hd_call_row {
	u64 began_ns;
	u64 dur_ns;
	u64 result;
	u64 ended_ns;
	u64 exit_code;
	u32 abi;
	u32 nr;
	s32 fd;
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
 * hd_has_hist() - does a histogram have events, and buckets of them?
 * @stat: the histogram
 */
static inline bool hd_has_hist(const struct hd_stat *stat)
{
	return stat->valid && stat->count;
}

void hd_render_head(struct hd_out *out, const char *file,
		    const struct hd_view *view);

void hd_render_ids(struct hd_task_row *task);

/* each prints a line of the file of that name */
void hd_render_blocked(struct hd_out *out, const struct hd_blocked_row *row);
void hd_render_ledger(struct hd_out *out, const struct hd_ledger_row *row);
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
void hd_render_calls(struct hd_out *out, const struct hd_task_row *task,
		     const struct hd_call_row *row);
void hd_render_hist_task(struct hd_out *out, const struct hd_task_row *task);
void hd_render_hist_syscall(struct hd_out *out, const struct hd_task_row *task,
			    const struct hd_syscall_row *row);

#endif /* HD_RENDER_H */
