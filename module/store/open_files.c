// SPDX-License-Identifier: GPL-2.0-only
/*
 * Open files; see open_files.h.
 *
 * Locking and context: a bucket's lock is held by the caller that takes a file out
 * of its chain, or walks it.  An opener's lock protects the counts of its files;
 * exited_lock nests inside it.  Both are taken in process context with preemption
 * off.  A reader takes an opener's lock inside a bucket's; no other code holds both.
 * Where a task is retired, in softirq, the opener's lock is only tried, so irqs need
 * not be off where it is held.  Openers are freed after an RCU grace period, since
 * readers follow task->opener.  Open files are freed at once, since only the holder
 * of the bucket's lock looks at them.
 *
 * Opens and releases happen in process context only, so with preemption off a CPU's
 * spare open files need no lock.
 */
#include <linux/cache.h>
#include <linux/hash.h>
#include <linux/lockdep.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/string.h>
#include "core/clock.h"
#include "compat/fdtable.h"
#include "compat/mem.h"
#include "compat/probe.h"
#include "core/params.h"
#include "store/exited.h"
#include "store/open_files.h"
#include "store/lost.h"
#include "store/slow.h"
#include "store/path.h"
#include "store/rows_read.h"
#include "store/task.h"

#define TABLE_BITS	12	/* HD_OPEN_BUCKETS */

/* an open file: @opener opened it as @fd, when the clock read @start */
struct hd_open {
	struct hd_open *next;
	struct file *file;
	struct hd_opener *opener;
	u64 start;
	int fd;
} ____cacheline_aligned;

/*
 * @lock: held by the caller that takes a file out, or walks the chain
 * @first: the chain; push_open() adds to it without the lock.  It is not __rcu,
 *	since without the lock it is only tested for being empty.
 */
struct bucket {
	raw_spinlock_t lock;
	struct hd_open *first;
};

/* free open files that a CPU keeps, so that most opens do not take the pool's lock */
struct spare_opens {
	struct hd_open *first;
	u32 nr_opens;
};

#define MOST_SPARES	16

static DEFINE_PER_CPU(struct spare_opens, spare_opens);
static struct bucket *open_buckets;
static struct hd_pool open_pool;
static struct hd_pool opener_pool;

static struct bucket *file_bucket(struct file *file)
{
	return &open_buckets[hash_32((unsigned long)file, TABLE_BITS)];
}

static void free_opener(struct rcu_head *rcu)
{
	struct hd_opener *opener = container_of(rcu, struct hd_opener, rcu);

	hd_row_free(&opener->closed);
	hd_pool_put(&opener_pool, opener);
}

/* Return: true where the opener can be freed: its task has exited, all files are closed. */
static bool opener_is_done(const struct hd_opener *opener)
{
	lockdep_assert_held(&opener->lock);
	return opener->dead && opener->released == opener->opened;
}

static void free_opener_if(struct hd_opener *opener, bool done)
{
	if (done)
		call_rcu(&opener->rcu, free_opener);
}

static struct hd_open *get_open(void)
{
	struct spare_opens *spare = this_cpu_ptr(&spare_opens);
	struct hd_open *open = spare->first;

	if (!open)
		return hd_pool_get(&open_pool);
	spare->first = open->next;
	spare->nr_opens--;
	return open;
}

static void put_open(struct hd_open *open)
{
	struct spare_opens *spare = this_cpu_ptr(&spare_opens);

	if (spare->nr_opens >= MOST_SPARES) {
		hd_pool_put(&open_pool, open);
		return;
	}
	open->next = spare->first;
	spare->first = open;
	spare->nr_opens++;
}

static struct hd_opener *get_opener(struct hd_task *task)
{
	struct hd_opener *opener = hd_rcu_own(task->opener);

	if (opener)
		return opener;
	opener = hd_pool_get(&opener_pool);
	if (!opener)
		return NULL;
	memset(opener, 0, sizeof(*opener));
	raw_spin_lock_init(&opener->lock);
	opener->task = task;
	opener->tid = task->tid;
	opener->tgid = task->tgid;
	rcu_assign_pointer(task->opener, opener);
	return opener;
}

/*
 * lock-free push: cmpxchg on the list head.  Its full barrier publishes the file
 * to the holder of the lock, who reads the head.
 */
static void push_open(struct bucket *bucket, struct hd_open *open)
{
	struct hd_open *first = READ_ONCE(bucket->first), *seen;

	do {
		seen = first;
		open->next = seen;
		first = cmpxchg(&bucket->first, seen, open);
	} while (unlikely(first != seen));
}

/*
 * Takes a file out of the chain; NULL where it is not in it.  The lock keeps all
 * other removers out, so the chain from any head that was read stays as it is.
 * Another CPU may push a new head meanwhile: hence the cmpxchg, and the search for
 * the predecessor where that fails.
 */
static __always_inline struct hd_open *unlink_open(struct bucket *bucket,
						   struct file *file)
{
	struct hd_open **at, *open;

	lockdep_assert_held(&bucket->lock);
	for (open = READ_ONCE(bucket->first); open; open = open->next)
		if (open->file == file)
			break;
	if (!open || cmpxchg(&bucket->first, open, open->next) == open)
		return open;
	for (at = &bucket->first; *at != open; at = &(*at)->next)
		;
	*at = open->next;
	return open;
}

static __always_inline struct hd_open *take_open(struct file *file)
{
	struct bucket *bucket = file_bucket(file);
	struct hd_open *open;

	if (!READ_ONCE(bucket->first))
		return NULL;
	raw_spin_lock(&bucket->lock);
	open = unlink_open(bucket, file);
	raw_spin_unlock(&bucket->lock);
	return open;
}

static noinline struct hd_open *take_stale_open(struct file *file)
{
	return take_open(file);
}

/* The record is valid until the task has exited: opener->dead is set under the lock. */
static const char *opener_comm(const struct hd_opener *opener)
{
	lockdep_assert_held(&opener->lock);
	return opener->dead ? opener->comm : opener->task->comm;
}

static noinline void keep_long_open(struct hd_opener *opener, struct file *file,
				    u64 ns)
{
	char path[HD_EVENT_PATH] = "", comm[HOSTDIAG_COMM_LEN];
	struct hd_event_task who = { opener->tid, opener->tgid, comm };

	raw_spin_lock(&opener->lock);
	data_race(memcpy(comm, opener_comm(opener), sizeof(comm)));
	raw_spin_unlock(&opener->lock);
	if (file)
		hd_path_in_hook(file, hd_task_root(), path, sizeof(path));
	hd_path_show(path);
	hd_slow_open(&who, ns, path);
}

static __always_inline void count_close(struct hd_row *row, u64 ns)
{
	u32 index = hd_hist_index(ns);

	if (likely(row->flags & HD_ROW_HIST))
		hd_hist_count(row->hist, index);
	else
		hd_row_count(row, index);
	hd_row_time(row, ns);
}

/* Return: true where the opener can be freed. */
static noinline bool count_late_close(struct hd_opener *opener, u64 ns)
{
	lockdep_assert_held(&opener->lock);
	hd_exited_close(opener->comm, ns);
	return opener_is_done(opener);
}

/* @file: NULL where the file has gone, and its memory belongs to another file */
static __always_inline void count_release(struct hd_open *open,
					  struct file *file, u64 now)
{
	struct hd_opener *opener = open->opener;
	u64 ns = hd_clock_since(open->start, now);
	bool done = false;

	if (unlikely(ns >= data_race(hd_thresholds.open_ns)))
		keep_long_open(opener, file, ns);
	raw_spin_lock(&opener->lock);
	opener->released++;
	if (unlikely(opener->dead))
		done = count_late_close(opener, ns);
	else
		count_close(&opener->closed, ns);
	raw_spin_unlock(&opener->lock);
	free_opener_if(opener, done);
	put_open(open);
}

static noinline void count_stale_open(struct hd_open *open, u64 now)
{
	count_release(open, NULL, now);
}

static __always_inline void track_open(struct hd_opener *opener,
				       struct hd_open *open, struct file *file,
				       int fd, u64 now)
{
	struct bucket *bucket = file_bucket(file);
	struct hd_open *stale = NULL;

	open->file = file;
	open->opener = opener;
	open->start = now;
	open->fd = fd;
	WRITE_ONCE(opener->opened, opener->opened + 1);

	/* the release of an earlier file at this address was not seen */
	if (unlikely(READ_ONCE(bucket->first)))
		stale = take_stale_open(file);
	push_open(bucket, open);
	if (unlikely(stale))
		count_stale_open(stale, now);
}

/**
 * hd_open_files_missed() - count as lost an open by a task without a record
 * @fd: return value of the call
 *
 * Context: process, in the sys_exit event.
 */
void hd_open_files_missed(int fd)
{
	struct file *file;

	hd_probe_enter();
	file = hd_current_file(fd);
	if (!file || !(file->f_mode & FMODE_PATH))
		hd_lost(HD_LOST_OPEN);
	hd_probe_exit();
}

/* Another thread has closed the file before the call that opened it has ended. */
static noinline void count_closed_open(struct hd_task *task)
{
	struct hd_opener *opener = get_opener(task);

	if (!opener) {
		hd_lost(HD_LOST_OPEN);
		return;
	}
	raw_spin_lock(&opener->lock);
	WRITE_ONCE(opener->opened, opener->opened + 1);
	opener->released++;
	count_close(&opener->closed, 0);
	raw_spin_unlock(&opener->lock);
}

/**
 * hd_open_files_opened() - the current task has opened a path
 * @task: record of the current task
 * @fd: return value of the call
 * @now: clock at the end of the call
 *
 * Another thread may close the descriptor before this is called.  Then the release
 * comes before the file is in the table, and the file is taken out again at once.
 *
 * Context: process, in the sys_exit event.
 */
void hd_open_files_opened(struct hd_task *task, int fd, u64 now)
{
	struct hd_opener *opener;
	struct hd_open *open;
	struct file *file;
	bool is_shared;

	hd_probe_enter();
	/* read before the file: a thread that closes it may have ended by the second look */
	is_shared = hd_open_files_shared();
	file = hd_current_file(fd);
	if (unlikely(!file)) {
		count_closed_open(task);
		goto out;
	}
	if (unlikely(file->f_mode & FMODE_PATH))
		goto out;
	opener = get_opener(task);
	open = opener ? get_open() : NULL;
	if (!open) {
		hd_lost(HD_LOST_OPEN);
		goto out;
	}
	track_open(opener, open, file, fd, now);
	if (is_shared && hd_current_file(fd) != file)
		hd_open_files_released(file);
out:
	hd_probe_exit();
}

/**
 * hd_open_files_released() - the last reference of an open file was dropped
 * @file: the file, which need not be in the table; its memory is not reused yet
 *
 * Context: process, with preemption off.
 */
void hd_open_files_released(struct file *file)
{
	struct hd_open *open = take_open(file);

	if (open)
		count_release(open, file, hd_clock_read());
}

/**
 * hd_open_files_identify() - a task has got another pid, by exec
 * @task: its record, with the new pid
 *
 * Context: the task itself.
 */
void hd_open_files_identify(struct hd_task *task)
{
	struct hd_opener *opener = hd_rcu_own(task->opener);

	if (!opener)
		return;
	WRITE_ONCE(opener->tid, task->tid);
	WRITE_ONCE(opener->tgid, task->tgid);
}

static void copy_open(const struct hd_open *open, struct hd_open_file *to)
{
	struct hd_opener *opener = open->opener;

	to->age_ns = hd_clock_since(open->start, hd_clock_read());
	to->file = open->file;
	to->fd = open->fd;
	to->tid = READ_ONCE(opener->tid);
	to->tgid = READ_ONCE(opener->tgid);
	raw_spin_lock(&opener->lock);
	to->key = opener->dead ? NULL : opener->task->key;
	data_race(memcpy(to->comm, opener_comm(opener), sizeof(to->comm)));
	raw_spin_unlock(&opener->lock);
	to->comm[sizeof(to->comm) - 1] = '\0';
}

/**
 * hd_open_files_copy() - copy the open files of a bucket
 * @bucket: index in the table, below HD_OPEN_BUCKETS
 * @before: copy only files that were opened before this reading of the clock in use;
 *	set to the reading at which the oldest file that was copied was opened
 * @to: filled
 * @max: number of files that @to has room for
 *
 * One call copies all files of an ordinary bucket.  The next call goes on with older
 * files, so no file is copied twice.
 *
 * Context: process.
 * Return: number of files that were copied.
 */
u32 hd_open_files_copy(u32 bucket, u64 *before, struct hd_open_file *to, u32 max)
{
	const struct hd_open *open;
	u64 oldest = *before;
	u32 len = 0;

	hd_probe_enter();
	raw_spin_lock(&open_buckets[bucket].lock);
	for (open = READ_ONCE(open_buckets[bucket].first); open && len < max;
	     open = open->next) {
		if (open->start >= *before)
			continue;
		copy_open(open, &to[len++]);
		oldest = min(oldest, open->start);
	}
	raw_spin_unlock(&open_buckets[bucket].lock);
	hd_probe_exit();
	*before = oldest;
	return len;
}

static void forget_open(struct hd_open *open)
{
	struct hd_opener *opener = open->opener;
	bool done;

	raw_spin_lock(&opener->lock);
	opener->released++;
	if (opener->dead)
		hd_exited_forget(opener->comm);
	done = opener_is_done(opener);
	raw_spin_unlock(&opener->lock);
	free_opener_if(opener, done);
	hd_pool_put(&open_pool, open);
}

static struct hd_open *take_first_open(struct bucket *bucket)
{
	struct hd_open *open;

	raw_spin_lock(&bucket->lock);
	open = bucket->first;
	if (open)
		WRITE_ONCE(bucket->first, open->next);
	raw_spin_unlock(&bucket->lock);
	return open;
}

/**
 * hd_open_files_forget() - forget all open files
 *
 * When the hooks that see releases are detached, files in the table may have been
 * closed unseen.
 *
 * Context: process, while no hook of open files runs; readers may.  Sleeps.
 */
void hd_open_files_forget(void)
{
	struct hd_open *open;
	u32 i;

	for (i = 0; i < 1u << TABLE_BITS; i++) {
		while ((open = take_first_open(&open_buckets[i])))
			forget_open(open);
		cond_resched();
	}
}

/**
 * hd_open_files_retire() - move the counts of an exited task to the row of its comm
 * @task: record of the task, which was taken out of the table
 * @comm: last comm of the task, zero-padded
 *
 * Context: any but NMI.
 * Return: false where the opener's lock is taken: the caller tries again later.
 */
bool hd_open_files_retire(struct hd_task *task, const char *comm)
{
	struct hd_opener *opener = hd_rcu_own(task->opener);
	struct hd_opens opens = { 0 };
	bool done;

	if (!opener) {
		hd_exited_add(comm, task, &opens);
		return true;
	}
	if (!raw_spin_trylock(&opener->lock))
		return false;
	opens.opens = opener->opened - opener->before;
	opens.open_now = opener->opened - opener->released;
	opens.closed = &opener->closed;
	hd_exited_add(comm, task, &opens);
	memcpy(opener->comm, comm, sizeof(opener->comm));
	opener->dead = true;
	done = opener_is_done(opener);
	raw_spin_unlock(&opener->lock);
	free_opener_if(opener, done);
	return true;
}

/**
 * hd_open_files_read() - copy the counts of a task's open files
 * @task: record of the task
 * @to: its fields of open files are filled
 *
 * Context: under rcu_read_lock().
 */
void hd_open_files_read(struct hd_task *task, struct hd_task_row *to)
{
	struct hd_opener *opener = rcu_dereference(task->opener);
	struct hd_stat *stat = &to->stat[HOSTDIAG_KIND_OPEN];
	u64 opened;

	hd_assert_rcu();
	to->opens = 0;
	to->open_now = 0;
	hd_stat_clear(stat);
	if (!opener)
		return;
	raw_spin_lock(&opener->lock);
	opened = READ_ONCE(opener->opened);
	to->opens = opened - opener->before;
	to->open_now = opened - opener->released;
	hd_row_add(&opener->closed, stat);
	raw_spin_unlock(&opener->lock);
}

static void reset_opener(struct hd_opener *opener)
{
	hd_assert_rcu();
	raw_spin_lock(&opener->lock);
	opener->before = READ_ONCE(opener->opened);
	hd_row_zero(&opener->closed);
	raw_spin_unlock(&opener->lock);
}

/**
 * hd_open_files_reset() - zero the counts of open files of live tasks, except for the
 *	number of files that are open
 *
 * Context: process; sleeps.
 */
void hd_open_files_reset(void)
{
	struct hd_opener *opener;
	struct hd_task *task;
	u32 i;

	for (i = 0; i < hd_tasks_end(); i++) {
		task = hd_task_at(i);
		rcu_read_lock();
		opener = hd_load_acquire(&task->id) ?
			 rcu_dereference(task->opener) : NULL;
		if (opener)
			reset_opener(opener);
		rcu_read_unlock();
		cond_resched();
	}
}

/**
 * hd_open_files_init() - make the table
 * @max_tasks: most records of tasks
 *
 * Return: 0 or -ENOMEM.
 */
int hd_open_files_init(u32 max_tasks)
{
	int cpu, err;
	u32 i;

	BUILD_BUG_ON(HD_OPEN_BUCKETS != 1 << TABLE_BITS);
	/* a task, its opener, and the histogram that the opener may get */
	BUILD_BUG_ON(sizeof(struct hd_task) + sizeof(struct hd_opener) +
		     sizeof(struct hd_hist) > 2112 &&
		     !IS_ENABLED(CONFIG_DEBUG_SPINLOCK));
	open_buckets = hd_fixed_alloc(sizeof(*open_buckets) << TABLE_BITS);
	if (!open_buckets)
		return -ENOMEM;
	for (i = 0; i < 1u << TABLE_BITS; i++)
		raw_spin_lock_init(&open_buckets[i].lock);
	for_each_possible_cpu(cpu)
		memset(per_cpu_ptr(&spare_opens, cpu), 0, sizeof(struct spare_opens));
	/* the opener of an exited task stays while a file of it is open */
	err = hd_pool_init(&opener_pool, HD_POOL_OPENERS,
			   sizeof(struct hd_opener), 2 * max_tasks);
	if (err)
		return err;
	return hd_pool_init(&open_pool, HD_POOL_OPEN_FILES,
			    sizeof(struct hd_open), 0);
}

/**
 * hd_open_files_exit() - free the table
 *
 * Context: process, after the hooks are gone and hd_open_files_forget().
 */
void hd_open_files_exit(void)
{
	hd_fixed_free(open_buckets, sizeof(*open_buckets) << TABLE_BITS);
	open_buckets = NULL;
}
