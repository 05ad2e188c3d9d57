// SPDX-License-Identifier: GPL-2.0-only
/*
 * Open files; see open_files.h.
 *
 * Locking and context: a bucket's lock is held by who takes out of its
 * chain; an opener's lock protects what its files come to, and exited_lock
 * nests inside.  Both are taken in process context with preemption off; a
 * reader takes an opener's inside a bucket's, nobody else both.  Where a task
 * is retired, in softirq, the opener's lock is only tried, so that no irqs
 * need be off for it.  Openers are freed after an RCU grace period, since
 * readers follow task->opener; open files are not, since nobody but the holder
 * of the bucket's lock looks at them.
 *
 * Opens and releases happen in process context only, so with preemption off
 * a CPU's spare open files need no lock.
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

/* an open file: opened by opener, at start, as fd */
struct hd_open {
	struct hd_open *next;
	struct file *file;
	struct hd_opener *opener;
	u64 start;
	int fd;
} ____cacheline_aligned;

struct bucket {
	raw_spinlock_t lock;	/* held by who takes out; see push_open() */
	struct hd_open *first;
};

/* open files that a CPU has at hand, so that most opens take no pool's lock */
struct spare {
	struct hd_open *first;
	u32 len;
};

#define SPARES	16

static DEFINE_PER_CPU(struct spare, spares);
static struct bucket *table;
static struct hd_pool open_pool;
static struct hd_pool opener_pool;

static struct bucket *bucket_of(struct file *file)
{
	return &table[hash_32((unsigned long)file, TABLE_BITS)];
}

static void free_opener(struct rcu_head *rcu)
{
	struct hd_opener *opener = container_of(rcu, struct hd_opener, rcu);

	hd_row_free(&opener->closed);
	hd_pool_put(&opener_pool, opener);
}

/* Return: true where nobody needs it any more. */
static bool is_done(const struct hd_opener *opener)
{
	lockdep_assert_held(&opener->lock);
	return opener->dead && opener->released == opener->opened;
}

static void free_if(struct hd_opener *opener, bool done)
{
	if (done)
		call_rcu(&opener->rcu, free_opener);
}

static struct hd_open *get_open(void)
{
	struct spare *spare = this_cpu_ptr(&spares);
	struct hd_open *open = spare->first;

	if (!open)
		return hd_pool_get(&open_pool);
	spare->first = open->next;
	spare->len--;
	return open;
}

static void put_open(struct hd_open *open)
{
	struct spare *spare = this_cpu_ptr(&spares);

	if (spare->len >= SPARES) {
		hd_pool_put(&open_pool, open);
		return;
	}
	open->next = spare->first;
	spare->first = open;
	spare->len++;
}

static struct hd_opener *get_opener(struct hd_task *task)
{
	struct hd_opener *opener = task->opener;

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
	/* pairs with the acquires in hd_open_files_read() and hd_open_files_reset() */
	hd_store_release(&task->opener, opener);
	return opener;
}

/* Takes no lock: only the head changes, from what it was read to be. */
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
 * Takes a file out; NULL where it is not in.  The bucket's lock makes the caller
 * the only one that takes out: what it has read stays in, but another CPU may
 * push before the head meanwhile.
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
	struct bucket *bucket = bucket_of(file);
	struct hd_open *open;

	if (!READ_ONCE(bucket->first))
		return NULL;
	raw_spin_lock(&bucket->lock);
	open = unlink_open(bucket, file);
	raw_spin_unlock(&bucket->lock);
	return open;
}

static noinline struct hd_open *take_stale(struct file *file)
{
	return take_open(file);
}

/* while the task lives, so does its record */
static const char *comm_of(const struct hd_opener *opener)
{
	lockdep_assert_held(&opener->lock);
	return opener->dead ? opener->comm : opener->task->comm;
}

static noinline void held_long(struct hd_opener *opener, struct file *file,
			       u64 ns)
{
	char path[HD_EVENT_PATH] = "", comm[HOSTDIAG_COMM_LEN];
	struct hd_event_task who = { opener->tid, opener->tgid, comm };

	raw_spin_lock(&opener->lock);
	data_race(memcpy(comm, comm_of(opener), sizeof(comm)));
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

/* Return: true where nobody needs the opener any more. */
static noinline bool count_late_close(struct hd_opener *opener, u64 ns)
{
	lockdep_assert_held(&opener->lock);
	hd_exited_close(opener->comm, ns);
	return is_done(opener);
}

/* @file: NULL where it is gone, and its memory another's */
static __always_inline void count_release(struct hd_open *open,
					  struct file *file, u64 now)
{
	struct hd_opener *opener = open->opener;
	u64 ns = hd_clock_since(open->start, now);
	bool done = false;

	if (unlikely(ns >= data_race(hd_thresholds.open_ns)))
		held_long(opener, file, ns);
	raw_spin_lock(&opener->lock);
	opener->released++;
	if (unlikely(opener->dead))
		done = count_late_close(opener, ns);
	else
		count_close(&opener->closed, ns);
	raw_spin_unlock(&opener->lock);
	free_if(opener, done);
	put_open(open);
}

static noinline void count_stale(struct hd_open *open, u64 now)
{
	count_release(open, NULL, now);
}

static __always_inline void track_open(struct hd_opener *opener,
				       struct hd_open *open, struct file *file,
				       int fd, u64 now)
{
	struct bucket *bucket = bucket_of(file);
	struct hd_open *stale = NULL;

	open->file = file;
	open->opener = opener;
	open->start = now;
	open->fd = fd;
	WRITE_ONCE(opener->opened, opener->opened + 1);

	/* a release that went unseen: the memory is another file's now */
	if (unlikely(READ_ONCE(bucket->first)))
		stale = take_stale(file);
	push_open(bucket, open);
	if (unlikely(stale))
		count_stale(stale, now);
}

/**
 * hd_open_files_missed() - a task that has no record has opened a path
 * @fd: what the call returned
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

/* another thread has closed it before the call that opened it was over */
static noinline void count_gone(struct hd_task *task)
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
 * @task: its record
 * @fd: what the call returned
 * @now: clock, when it did
 *
 * Between the return of the descriptor and this, another thread may have
 * closed it: then the release came before the file was in the table, and it
 * is taken out again at once.
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
	/* asked first: a thread that closes the file may have ended by the second look */
	is_shared = hd_open_files_shared();
	file = hd_current_file(fd);
	if (unlikely(!file)) {
		count_gone(task);
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
 * hd_open_files_released() - the last reference of an open file is gone
 * @file: need not be in the table; its memory is still its own
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
 * hd_open_files_identify() - a task has got another number, by exec
 * @task: its record, with that number
 *
 * Context: the task's own.
 */
void hd_open_files_identify(struct hd_task *task)
{
	struct hd_opener *opener = task->opener;

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
	data_race(memcpy(to->comm, comm_of(opener), sizeof(to->comm)));
	raw_spin_unlock(&opener->lock);
	to->comm[sizeof(to->comm) - 1] = '\0';
}

/**
 * hd_open_files_copy() - copy the open files of a bucket
 * @bucket: of the table
 * @before: only those opened before that, by the clock in use; set to when the
 *	oldest of those copied was opened
 * @to: where to
 * @max: at most so many
 *
 * One call copies all of a usual bucket; the next one goes on with those that are
 * older, so that none is copied twice.
 *
 * Context: process.
 * Return: how many.
 */
u32 hd_open_files_copy(u32 bucket, u64 *before, struct hd_open_file *to, u32 max)
{
	const struct hd_open *open;
	u64 oldest = *before;
	u32 len = 0;

	hd_probe_enter();
	raw_spin_lock(&table[bucket].lock);
	for (open = READ_ONCE(table[bucket].first); open && len < max;
	     open = open->next) {
		if (open->start >= *before)
			continue;
		copy_open(open, &to[len++]);
		oldest = min(oldest, open->start);
	}
	raw_spin_unlock(&table[bucket].lock);
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
	done = is_done(opener);
	raw_spin_unlock(&opener->lock);
	free_if(opener, done);
	hd_pool_put(&open_pool, open);
}

static struct hd_open *take_first(struct bucket *bucket)
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
 * hd_open_files_forget() - forget what is open
 *
 * When the hooks that see releases are detached, what is in the table can
 * no longer be told from what has been closed.
 *
 * Context: process, while no hook of open files runs; readers may.  Sleeps.
 */
void hd_open_files_forget(void)
{
	struct hd_open *open;
	u32 i;

	for (i = 0; i < 1u << TABLE_BITS; i++) {
		while ((open = take_first(&table[i])))
			forget_open(open);
		cond_resched();
	}
}

/**
 * hd_open_files_retire() - a task has ended: its counts move to the dead
 * @task: its record, no longer found
 * @comm: its last, zero-padded
 *
 * Context: any but NMI.
 * Return: false where its files are being looked at: try again later.
 */
bool hd_open_files_retire(struct hd_task *task, const char *comm)
{
	struct hd_opener *opener = task->opener;
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
	done = is_done(opener);
	raw_spin_unlock(&opener->lock);
	free_if(opener, done);
	return true;
}

/**
 * hd_open_files_read() - copy what a task's open files come to
 * @task: its record
 * @to: its fields of open files are filled
 *
 * Context: under rcu_read_lock().
 */
void hd_open_files_read(struct hd_task *task, struct hd_task_row *to)
{
	struct hd_opener *opener = hd_load_acquire(&task->opener);
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
 * hd_open_files_reset() - zero what the open files of live tasks come to; not
 *	what is open
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
			 hd_load_acquire(&task->opener) : NULL;
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
	/* a task, what it opened, and the histogram that this may get */
	BUILD_BUG_ON(sizeof(struct hd_task) + sizeof(struct hd_opener) +
		     sizeof(struct hd_hist) > 2048 &&
		     !IS_ENABLED(CONFIG_DEBUG_SPINLOCK));
	table = hd_fixed_alloc(sizeof(*table) << TABLE_BITS);
	if (!table)
		return -ENOMEM;
	for (i = 0; i < 1u << TABLE_BITS; i++)
		raw_spin_lock_init(&table[i].lock);
	for_each_possible_cpu(cpu)
		memset(per_cpu_ptr(&spares, cpu), 0, sizeof(struct spare));
	/* dead openers have places, too, while a file of theirs is open */
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
	hd_fixed_free(table, sizeof(*table) << TABLE_BITS);
	table = NULL;
}
