// SPDX-License-Identifier: GPL-2.0-only
/*
 * Records of tasks: find, make, remove, walk; see task.h.
 *
 * Locking and context: table_lock protects the hash chains against each
 * other's writers, with irqs off; pool locks nest inside.  Finders and
 * readers hold rcu_read_lock() instead; a retired record goes back to its
 * pool after a grace period.
 */
#include <linux/lockdep.h>
#include <linux/rculist.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "core/clock.h"
#include "compat/mem.h"
#include "compat/probe.h"
#include "compat/sched.h"
#include "compat/syscall.h"
#include "compat/tracepoint.h"
#include "store/lost.h"
#include "store/path.h"
#include "store/task.h"

#define TABLE_BITS	13

/* an empty slot of the lookup cache points to this record, which has no task */
struct hd_task hd_task_none = { .call_row = &hd_row_none };
DEFINE_PER_CPU(struct hd_task *[1 << HD_CACHE_BITS], hd_task_cache);

static struct hlist_head *table;
static DEFINE_RAW_SPINLOCK(table_lock);	/* serialises writers of table and of last_id */
static u64 last_id;
static struct hd_pool pool;

static struct hlist_head *hash_chain(struct task_struct *p)
{
	return &table[hash_ptr(p, TABLE_BITS)];
}

static struct hd_task *find_record(struct task_struct *p)
{
	struct hlist_node *node;

	hd_assert_rcu_or(lockdep_is_held(&table_lock));
	for (node = rcu_dereference_raw(hlist_first_rcu(hash_chain(p))); node;
	     node = rcu_dereference_raw(hlist_next_rcu(node))) {
		struct hd_task *task = hlist_entry(node, struct hd_task, hash);

		if (task->key == p)
			return task;
	}
	return NULL;
}

/* zero-padded: the row of an exited task is found by all bytes of its comm */
static void set_comm(struct hd_task *task, const char *comm)
{
	char c;
	u32 i;

	for (i = 0; i < HOSTDIAG_COMM_LEN - 1; i++) {
		/* if a rename changes it meanwhile, the event of the rename sets it again */
		c = READ_ONCE(comm[i]);
		if (!c)
			break;
		WRITE_ONCE(task->comm[i], c);
	}
	/* a concurrent reader may see a mix of the old and the new name */
	data_race(memset(task->comm + i, 0, HOSTDIAG_COMM_LEN - i));
}

#define ZERO_OF_CALLS(name, how, writer) \
	HD_IF_CALLS_##writer(WRITE_ONCE(task->name, 0);)

static void zero_calls(struct hd_task *task)
{
	hd_rows_zero(&task->rows);
	WRITE_ONCE(task->ring_from, task->ring.end);
	HD_COUNT_LIST(ZERO_OF_CALLS)
}

#define ZERO_OF_DSLEEP(name, how, writer) \
	HD_IF_DSLEEP_##writer(WRITE_ONCE(task->name, 0);)

static void zero_dsleep(struct hd_task *task)
{
	WRITE_ONCE(task->d_sum_ns, 0);
	WRITE_ONCE(task->d_max_ns, 0);
	task->d_short_ns = 0;
	HD_COUNT_LIST(ZERO_OF_DSLEEP)
	if (task->d_slept)
		data_race(memset(&task->dsleep, 0, sizeof(task->dsleep)));
	hd_places_zero(&task->places);
}

static bool has_calls(const struct hd_task *task)
{
	return task->rows.nr_rows || task->rows.rest.calls;
}

/*
 * A reset is pending: the caller zeroes the fields of which it is the writer.
 * When nothing is left to be zeroed, the record goes back to the hot path.
 */
static void settle_pending(struct hd_task *task, u32 pending)
{
	if (pending == HD_PENDING_CALLS &&
	    test_bit(HD_PENDING_CALLS, &task->pending)) {
		zero_calls(task);
		/* pairs with the smp_rmb() in hd_task_is_pending(): the zeroes before the bit */
		smp_mb();
		clear_bit(HD_PENDING_CALLS, &task->pending);
	}
	/* a kernel thread makes no calls: it has none to zero, and no hook to do it in */
	if (pending == HD_PENDING_DSLEEP && !has_calls(task))
		clear_bit(HD_PENDING_CALLS, &task->pending);
	/*
	 * The caller is the running task, or the CPU that switches it: no other
	 * CPU is switching it, so nobody else writes these fields now.
	 */
	if (test_bit(HD_PENDING_DSLEEP, &task->pending)) {
		zero_dsleep(task);
		smp_mb();	/* pairs with the same smp_rmb() */
		clear_bit(HD_PENDING_DSLEEP, &task->pending);
	}
	if (READ_ONCE(task->pending))
		return;
	WRITE_ONCE(task->task, task->key);
	/*
	 * Pairs with hd_tasks_reset() and hd_task_remove(), which set the bit and
	 * then clear ->task: either they see our store, or we see their bit.
	 */
	smp_mb();
	if (READ_ONCE(task->pending))
		WRITE_ONCE(task->task, NULL);
}

/**
 * hd_task_slow() - find the record of a task that is not in the cache
 * @p: the task
 * @pending: as hd_task_find()
 *
 * Context: any but NMI; takes no lock.
 * Return: the record, or NULL.
 */
struct hd_task *hd_task_slow(struct task_struct *p, u32 pending)
{
	struct hd_task *task;

	hd_probe_enter();
	task = find_record(p);
	if (task) {
		if (READ_ONCE(task->task) != p)
			settle_pending(task, pending);
		__this_cpu_write(hd_task_cache[hd_cache_slot(p)], task);
	}
	hd_probe_exit();
	return task;
}

/* a record from the pool has the contents of its last task, this one those of none */
static void prepare_record(struct hd_task *task, struct task_struct *p)
{
	/* type-stable: a stale lookup cache may lead a CPU here, which then sees ->task differ */
	data_race(memcpy(task, &hd_task_none, offsetof(struct hd_task, dsleep)));
	hd_ring_init(&task->ring);
	task->key = p;
	task->tid = p->pid;
	task->tgid = p->tgid;
	set_comm(task, p->comm);
}

/* Return: false where the task has a record already. */
static bool insert_record(struct hd_task *task, struct task_struct *p)
{
	unsigned long flags;
	bool fresh;

	raw_spin_lock_irqsave(&table_lock, flags);
	fresh = !find_record(p);
	if (fresh) {
		WRITE_ONCE(task->task, p);
		hlist_add_head_rcu(&task->hash, hash_chain(p));
		/*
		 * last: pairs with the acquires of ->id by readers, as in
		 * hd_task_read(), and by resets
		 */
		hd_store_release(&task->id, ++last_id);
	}
	raw_spin_unlock_irqrestore(&table_lock, flags);
	return fresh;
}

/**
 * hd_task_make() - make the record of a task, if it has none
 * @p: the task, which must not be freed meanwhile
 *
 * Context: any but NMI, including the scheduler's hooks.
 * Return: false where the pool is empty.
 */
bool hd_task_make(struct task_struct *p)
{
	struct hd_task *task = hd_pool_get(&pool);

	if (!task)
		return false;
	prepare_record(task, p);
	if (!insert_record(task, p))
		hd_pool_put(&pool, task);
	return true;
}

/**
 * hd_task_free() - free a record whose counts have moved to those of its comm
 * @rcu: hd_task.rcu, after an RCU grace period
 */
void hd_task_free(struct rcu_head *rcu)
{
	struct hd_task *task = container_of(rcu, struct hd_task, rcu);

	hd_rows_free(&task->rows);
	hd_ring_put(&task->ring);
	hd_places_free(&task->places);
	hd_pool_put(&pool, task);
}

/**
 * hd_task_zero_pending() - zero the counts that a reset has left to their writers
 * @task: the record of an exited task, of which the caller is the only writer
 */
void hd_task_zero_pending(struct hd_task *task)
{
	if (test_bit(HD_PENDING_CALLS, &task->pending))
		zero_calls(task);
	if (test_bit(HD_PENDING_DSLEEP, &task->pending))
		zero_dsleep(task);
}

/**
 * hd_task_remove() - take the record of an exited task out of the table
 * @p: a task that will never run again
 *
 * Readers may look at the record until an RCU grace period is over.
 *
 * Context: any but NMI.
 * Return: the record, of which the caller is the only writer, or NULL.
 */
struct hd_task *hd_task_remove(struct task_struct *p)
{
	struct hd_task *task;
	unsigned long flags;

	raw_spin_lock_irqsave(&table_lock, flags);
	task = find_record(p);
	if (task) {
		hlist_del_rcu(&task->hash);
		set_bit(HD_PENDING_ENDED, &task->pending);
		smp_mb();	/* pairs with the barrier in settle_pending(), see there */
		WRITE_ONCE(task->task, NULL);
	}
	raw_spin_unlock_irqrestore(&table_lock, flags);
	return task;
}

/**
 * hd_task_end() - end the call in progress of a task that exits
 * @p: current; its exit or exit_group never returns
 *
 * Context: process.
 */
void hd_task_end(struct task_struct *p)
{
	struct hd_task *task = hd_task_find(p, HD_PENDING_CALLS);

	if (!task)
		return;
	WRITE_ONCE(task->call_row, &hd_row_none);
	WRITE_ONCE(task->call_start, hd_clock_read());
	task->root = hd_path_root();
	rcu_read_lock();
	task->ppid = rcu_dereference(p->real_parent)->tgid;
	rcu_read_unlock();
}

/**
 * hd_task_root() - hd_path_root() of the current task, also while it ends
 *
 * Context: process, with preemption off.
 * Return: the mount, as a key; NULL: not known.
 */
const struct vfsmount *hd_task_root(void)
{
	struct hd_task *task;

	if (current->fs)
		return NULL;
	task = hd_task_find(current, HD_PENDING_CALLS);
	/* hd_task_end() has set it: it ran before the task gave up its directories */
	return task && task->ppid ? task->root : NULL;
}

static struct hd_task *identify_record(struct task_struct *p, const char *comm)
{
	struct hd_task *task = find_record(p);

	if (task) {
		WRITE_ONCE(task->tid, p->pid);
		WRITE_ONCE(task->tgid, p->tgid);
		set_comm(task, comm);
	}
	return task;
}

/**
 * hd_task_identify() - note the new comm of a task
 * @p: the task
 * @comm: NUL-terminated
 *
 * Context: any but NMI.
 */
void hd_task_identify(struct task_struct *p, const char *comm)
{
	hd_probe_enter();
	identify_record(p, comm);
	hd_probe_exit();
}

/**
 * hd_task_execs() - note the new program of a task, and its new pid if it was not the
 *	thread-group leader
 * @p: current
 *
 * Context: any but NMI.
 * Return: the record, or NULL.
 */
struct hd_task *hd_task_execs(struct task_struct *p)
{
	struct hd_task *task;

	hd_probe_enter();
	task = identify_record(p, p->comm);
	if (HD_ABI_BY_EXEC && task)
		hd_rows_clear_cache(&task->rows);
	hd_probe_exit();
	return task;
}

/**
 * hd_tasks_adopt() - make the records of all tasks
 *
 * The hooks of forks and frees are attached already, so no task is missed, and no
 * record is left behind.  A task for which the memory does not suffice has no record.
 *
 * Context: process; sleeps.
 * Return: 0 or -ENOMEM.
 */
int hd_tasks_adopt(void)
{
	struct task_struct *g, *p;
	u32 missing;
	int err;

	do {
		missing = 0;
		rcu_read_lock();
		for_each_process_thread(g, p) {
			if (find_record(p))
				continue;
			hd_task_make(p);
			if (!find_record(p))
				missing++;
		}
		rcu_read_unlock();
		err = missing ? hd_pool_reserve(&pool, missing + pool.low_water) : 0;
	} while (missing && !err);
	hd_rows_pools_reserve(data_race(pool.used));
	hd_rings_reserve(data_race(pool.used));
	return err == -ENOSPC ? 0 : err;
}

/**
 * hd_tasks_forget_calls() - forget the calls in progress
 *
 * The hooks that would end them are detached.  The D sleep within such a call must
 * not count for a later call.  A switch may be using the call even now, so the
 * D sleep is cleared when all CPUs have seen that there is no call.
 *
 * Context: process, while no syscall hook runs; sleeps.
 */
void hd_tasks_forget_calls(void)
{
	u32 i;

	for (i = 0; i < hd_tasks_end(); i++) {
		WRITE_ONCE(hd_task_at(i)->call_row, &hd_row_none);
		cond_resched();
	}
	hd_tracepoint_synchronize();
	for (i = 0; i < hd_tasks_end(); i++) {
		WRITE_ONCE(hd_task_at(i)->call_d_ns, 0);
		WRITE_ONCE(hd_task_at(i)->d_place, NULL);
		cond_resched();
	}
}

/**
 * hd_tasks_forget_recorded() - forget the last calls: those that follow are not
 *	seen, or timed by another clock
 *
 * Context: process, while no syscall hook runs that records.
 */
void hd_tasks_forget_recorded(void)
{
	u32 i;

	for (i = 0; i < hd_tasks_end(); i++) {
		struct hd_task *task = hd_task_at(i);

		rcu_read_lock();
		if (hd_load_acquire(&task->id))
			WRITE_ONCE(task->ring_from, READ_ONCE(task->ring.end));
		rcu_read_unlock();
		cond_resched();
	}
}

/**
 * hd_tasks_forget_sleeps() - forget the D sleeps in progress
 *
 * The hooks that would end them are detached.
 *
 * Context: process, while no D-sleep hook runs; sleeps.
 */
void hd_tasks_forget_sleeps(void)
{
	u32 i;

	for (i = 0; i < hd_tasks_end(); i++) {
		WRITE_ONCE(hd_task_at(i)->d_start, 0);
		cond_resched();
	}
}

/**
 * hd_tasks_convert() - convert the times in the records to another clock
 * @change: from the old clock to the new one
 *
 * Context: process, while no hooks run except for those of HD_GROUP_ALWAYS.
 */
void hd_tasks_convert(const struct hd_clock_change *change)
{
	u32 i;

	for (i = 0; i < hd_tasks_end(); i++) {
		struct hd_task *task = hd_task_at(i);
		u64 ended = READ_ONCE(task->call_start);

		rcu_read_lock();
		if (hd_load_acquire(&task->id)) {
			if (ended)
				WRITE_ONCE(task->call_start,
					   hd_clock_convert(change, ended));
			hd_rows_convert(&task->rows, change);
		}
		rcu_read_unlock();
		cond_resched();
	}
}

/**
 * hd_tasks_reset() - zero the counts of all live tasks, except for their files
 *
 * Calls and sleeps in progress go on, and count when they end.
 *
 * Context: process.
 */
void hd_tasks_reset(void)
{
	u32 i;

	for (i = 0; i < hd_tasks_end(); i++) {
		struct hd_task *task = hd_task_at(i);

		rcu_read_lock();
		if (hd_load_acquire(&task->id)) {
			set_bit(HD_PENDING_CALLS, &task->pending);
			set_bit(HD_PENDING_DSLEEP, &task->pending);
			smp_mb();	/* pairs with the barrier in settle_pending(), see there */
			WRITE_ONCE(task->task, NULL);
		}
		rcu_read_unlock();
		cond_resched();
	}
}

/* hd_tasks_end() - one past the last index of a record */
u32 hd_tasks_end(void)
{
	return hd_pool_end(&pool);
}

/**
 * hd_task_at() - a record by its index
 * @index: below hd_tasks_end()
 *
 * Context: any; the record is that of a task under rcu_read_lock() while hd_task.id is
 * not 0.
 */
struct hd_task *hd_task_at(u32 index)
{
	return hd_pool_at(&pool, index);
}

/**
 * hd_tasks_init() - make the table
 * @max_tasks: most records
 *
 * Return: 0 or -ENOMEM.
 */
int hd_tasks_init(u32 max_tasks)
{
	int cpu, i;

	hd_rows_init(&hd_task_none.rows);
	/* a call touches this cache line, a slot, its row, and a bucket of the row */
	BUILD_BUG_ON(offsetof(struct hd_task, hash) > 64);

	table = hd_fixed_alloc(sizeof(*table) << TABLE_BITS);
	if (!table)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		for (i = 0; i < 1 << HD_CACHE_BITS; i++)
			per_cpu(hd_task_cache, cpu)[i] = &hd_task_none;
	return hd_pool_init(&pool, HD_POOL_TASKS, sizeof(struct hd_task),
			    max_tasks);
}

/**
 * hd_tasks_exit() - free the table; the records go with their pool
 *
 * Context: process, after the hooks are gone; waits for callbacks.
 */
void hd_tasks_exit(void)
{
	rcu_barrier();
	rcu_barrier();	/* for the callbacks that fold_record_again() has queued */
	hd_fixed_free(table, sizeof(*table) << TABLE_BITS);
	table = NULL;
}
