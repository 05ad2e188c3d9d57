/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The record of a task.
 *
 *   per-CPU cache ──> record <── hash of task_struct *
 *
 * The key is the task's address.  It names one task from its fork to its
 * sched_process_free, and the record lives as long; a pid alone may be reused.
 * The memory of records is type-stable (see pool.h): the hot path may follow a
 * cached pointer and check afterwards that record->task is the task that it
 * wants, so stale entries of the lookup cache need no flushing.
 *
 * Who writes what:
 *  - the calls (call_*, rows): the task itself, in its syscalls;
 *  - the sleeps (d_*, call_d_ns): the CPU that switches the task out or in; the
 *    scheduler orders the two, so there is one writer at a time;
 *  - the open files: whoever holds the opener's lock;
 *  - identity (tid, tgid, comm): fork, exec and rename events of the task.
 * So writing needs neither locks nor atomics, except for the opener.
 *
 * A reset cannot zero another task's counts without racing with it.  So it
 * marks the record as pending and clears record->task.  This sends the next
 * event of either writer to the slow path, where the writer zeroes its own
 * fields.  The hot path pays nothing for it.
 */
#ifndef HD_TASK_H
#define HD_TASK_H

#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include "core/clock.h"
#include "compat/mem.h"
#include "compat/sched.h"
#include "store/calls.h"
#include "store/rows.h"
#include "pure/hist.h"
#include "store/places.h"

struct hd_opener;

#define HD_CACHE_BITS	6

/* bits of hd_task.pending: what its writer has to zero before it counts on */
#define HD_PENDING_CALLS	0
#define HD_PENDING_DSLEEP	1
/* never cleared: the task has exited, and its record stays off the hot path */
#define HD_PENDING_ENDED	2

/**
 * struct hd_task - the record
 * @ring: its last calls; the first word belongs to the pool while the record is free
 * @task: the task, for the hot path; NULL sends the task to the slow path
 * @call_start: clock at the entry of the call in progress
 * @call_row: row of that call; hd_row_none: there is none
 * @call_mark: use of CPUs at its entry
 * @root: hd_path_root() of a task that ends, in which no call is entered any more
 * @hash: in the table
 * @rcu: frees the record, once it is retired
 * @call_d_ns: D sleep in it so far
 * @sleeps: hd_task_sleeps() at the end of the last call that was not brief
 * @rows: calls by syscall
 * @d_start: clock at the start of the D sleep in progress; 0: none
 * @d_runq_ns: hd_task_runq_ns() at its start
 * @d_sum_ns: time of all D sleeps
 * @d_max_ns: the longest D sleep
 * @HD_TASK_COUNTS: the counters of counts.h that are kept here
 * @d_iowait: the D sleep in progress is iowait
 * @d_moved: the task was moved to another CPU during it
 * @d_slept: @dsleep is valid; most tasks exit without a D sleep
 * @d_place: where the call in progress has slept for long; NULL: nowhere
 * @ppid: its parent, once it has exited; @call_start is the time of its end
 *	then, as far as that is known
 * @exit_code: once it has exited, as wait() gives it
 * @is_oom: once it has exited, it was killed for want of memory
 * @seen: hd_census.mark of each census that has counted it, or HD_SEEN_ENDED
 * @d_short_ns: D sleep since a place was kept
 * @life_ns: once it has exited, from its fork
 * @places: where it has slept for long
 * @dsleep: histogram of its D sleeps
 * @opener: of its open files; NULL: it has opened none
 * @key: the task, for the hash
 * @id: number of this record's life; 0: it is free, or its counts are among
 *	the dead
 * @pending: HD_PENDING_*
 * @ring_from: what is before it in @ring is not to be read
 * @tid: in the initial pid namespace
 * @tgid: the same
 * @comm: zero-padded; may be torn when it is read during a rename
 */
struct hd_task {
	struct hd_ring ring;
	struct task_struct *task;
	u64 call_start;
	struct hd_row *call_row;
	union {
		struct hd_mark call_mark;
		const struct vfsmount *root;
		struct rcu_head rcu;
	};
	/* end of the first cache line: with a row and a place in ring, all that a call touches */
	struct hlist_node hash;
	u64 call_d_ns;
	unsigned long sleeps;
	u64 d_start;
	u64 d_runq_ns;
	struct hd_opener __rcu *opener;
	struct hd_place *d_place;
	u32 ppid;
	u32 exit_code;
	u32 seen;
	bool d_iowait;
	bool d_moved;
	bool d_slept;
	bool is_oom;
	union {
		u64 d_short_ns;
		u64 life_ns;
	};
	struct hd_places places;
	struct hd_rows rows;
	u64 d_sum_ns;
	u64 d_max_ns;

	HD_TASK_COUNTS

	struct task_struct *key;
	u64 id;
	unsigned long pending;
	u64 ring_from;
	u32 tid;
	u32 tgid;
	char comm[HOSTDIAG_COMM_LEN];
	struct hd_hist dsleep;
} ____cacheline_aligned;

extern struct hd_task hd_task_none;
DECLARE_PER_CPU(struct hd_task *[1 << HD_CACHE_BITS], hd_task_cache);

int hd_tasks_init(u32 max_tasks);
int hd_tasks_adopt(void);
void hd_tasks_exit(void);
struct hd_task *hd_task_slow(struct task_struct *p, u32 pending);
bool hd_task_make(struct task_struct *p);
void hd_task_end(struct task_struct *p);
const struct vfsmount *hd_task_root(void);
struct hd_task *hd_task_remove(struct task_struct *p);
void hd_task_zero_pending(struct hd_task *task);
void hd_task_free(struct rcu_head *rcu);
void hd_task_identify(struct task_struct *p, const char *comm);
struct hd_task *hd_task_execs(struct task_struct *p);
void hd_tasks_forget_calls(void);
void hd_tasks_forget_recorded(void);
void hd_tasks_forget_sleeps(void);
void hd_tasks_convert(const struct hd_clock_change *change);
void hd_tasks_reset(void);
u32 hd_tasks_end(void);
struct hd_task *hd_task_at(u32 index);

static __always_inline u32 hd_cache_slot(struct task_struct *p)
{
	return hd_address_bits(p, HD_CACHE_BITS);
}

/**
 * hd_task_cached() - the record of a task, or of another one
 * @p: the task
 *
 * Preemption need not be off: the record from another CPU's cache is as good,
 * and the caller checks with hd_task_is() whether it is the task's.
 *
 * Context: any but NMI.
 */
static __always_inline struct hd_task *hd_task_cached(struct task_struct *p)
{
	return this_cpu_read(hd_task_cache[hd_cache_slot(p)]);
}

/**
 * hd_task_uncache() - take a record out of this CPU's cache
 * @p: the task
 *
 * Context: any but NMI.
 */
static inline void hd_task_uncache(struct task_struct *p)
{
	this_cpu_write(hd_task_cache[hd_cache_slot(p)], &hd_task_none);
}

static __always_inline bool hd_task_is(struct hd_task *task,
				       struct task_struct *p)
{
	return READ_ONCE(task->task) == p;
}

/**
 * hd_task_is_pending() - has a reset left counts to their writer to zero?
 * @task: the record
 * @pending: bit HD_PENDING_* of the counts
 *
 * Context: any; the counts are read after it.
 */
static inline bool hd_task_is_pending(const struct hd_task *task, u32 pending)
{
	if (test_bit(pending, &task->pending))
		return true;
	smp_rmb();	/* pairs with the barriers in settle_pending(): the bit, then counts */
	return false;
}

/**
 * hd_task_call() - the call that a task is inside of
 * @task: its record
 * @start: set to the clock at its entry
 *
 * Context: any; the owner may be writing.
 * Return: the row of the call, or hd_row_none.
 */
static inline struct hd_row *hd_task_call(const struct hd_task *task, u64 *start)
{
	struct hd_row *row;

	/* the hook writes the start, then the row: a new row comes with a new start */
	do {
		*start = READ_ONCE(task->call_start);
		smp_rmb();	/* the row is read between the two looks at the start */
		/* pairs with the release in enter_call() */
		row = hd_load_acquire(&task->call_row);
	} while (READ_ONCE(task->call_start) != *start);
	return row;
}

/**
 * hd_task_find() - the record of a task
 * @p: the task: current, or one whose fields the caller is to write
 * @pending: bit HD_PENDING_* of the fields that the caller writes
 *
 * Context: any but NMI.
 * Return: the record, or NULL.
 */
static __always_inline struct hd_task *hd_task_find(struct task_struct *p,
						    u32 pending)
{
	struct hd_task *task = hd_task_cached(p);

	return likely(hd_task_is(task, p)) ? task : hd_task_slow(p, pending);
}

#endif /* HD_TASK_H */
