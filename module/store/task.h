/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The record of a task.
 *
 *   per-CPU cache ──> record <── hash of task_struct *
 *
 * The key is the address of the task_struct.  It names one task from its fork to its
 * sched_process_free, and the record lives as long; a pid may be reused before.  The
 * memory of records is type-stable (see pool.h): the hot path may follow a pointer of
 * the lookup cache, and check afterwards that record->task is the task that it wants.
 * So a stale entry of the cache need not be flushed, and the cache is not __rcu.
 *
 * Who writes what:
 *  - the calls (call_*, rows): the task itself, in its syscalls;
 *  - the sleeps (d_*, call_d_ns): the CPU that switches the task out or in; the
 *    scheduler orders the two, so there is one writer at a time;
 *  - the open files: the holder of the opener's lock;
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

/* bits of hd_task.pending: the fields that their writer has to zero before it counts */
#define HD_PENDING_CALLS	0
#define HD_PENDING_DSLEEP	1
/* never cleared: the task has exited, and its record stays off the hot path */
#define HD_PENDING_ENDED	2

/**
 * struct hd_task - the record
 * @ring: the last calls; its first word belongs to the pool while the record is free
 * @task: the task, for the hot path; NULL sends the task to the slow path
 * @call_start: clock at the entry of the call in progress; of an exited task, at its
 *	end, as far as that is known
 * @call_row: row of that call; hd_row_none: there is none.  It is not __rcu: the
 *	row was published in @rows, and a release orders @call_start before it
 * @call_cpu_use: use of CPUs at the entry of the call
 * @root: hd_path_root() of a task that ends, and so enters no call any more
 * @hash: link in the table
 * @rcu: frees the record after it is retired
 * @call_d_ns: time of D sleeps in the call so far
 * @sleeps: hd_task_sleeps() at the end of the last call that was not brief
 * @rows: calls by syscall
 * @d_start: clock at the start of the D sleep in progress; 0: none
 * @d_runq_ns: hd_task_runq_ns() at the start of the D sleep
 * @d_sum_ns: time of all D sleeps
 * @d_max_ns: the longest D sleep
 * @HD_TASK_COUNTS: the counters of counts.h that are kept here
 * @d_iowait: the D sleep in progress is iowait
 * @d_moved: the task was moved to another CPU during the D sleep
 * @d_slept: @dsleep is valid; most tasks exit without a D sleep
 * @d_place: last place of a long D sleep in the call in progress; NULL: none
 * @ppid: of an exited task, the pid of its parent
 * @exit_code: of an exited task, as wait() returns it
 * @is_oom: of an exited task: the OOM killer has killed it
 * @seen: hd_census.mark of each census that has counted it, or HD_SEEN_ENDED
 * @d_short_ns: time of D sleeps since one was counted at its place
 * @life_ns: of an exited task, the time since its fork
 * @places: the places of long D sleeps
 * @dsleep: histogram of the D sleeps
 * @opener: counts of the open files; NULL: the task has opened none
 * @key: the task, for the hash
 * @id: a number that no other life of this record has; 0: the record is free, or its
 *	counts are those of an exited task
 * @pending: HD_PENDING_*
 * @ring_from: what is before it in @ring is not to be read
 * @tid: in the initial pid namespace
 * @tgid: in the initial pid namespace
 * @comm: zero-padded; may be torn when it is read during a rename
 */
struct hd_task {
	struct hd_ring ring;
	struct task_struct *task;
	u64 call_start;
	struct hd_row *call_row;
	union {
		struct hd_cpu_use call_cpu_use;
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
 * hd_task_cached() - look up the record of a task; it may be that of another task
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
 * hd_task_uncache() - invalidate the entry of a task in this CPU's lookup cache
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
 * hd_task_call() - the call in progress of a task
 * @task: record of the task
 * @start: set to the clock at the entry of the call
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
 * hd_task_find() - find the record of a task
 * @p: the task: current, or a task whose fields the caller writes
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
