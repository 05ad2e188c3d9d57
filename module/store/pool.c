// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pools of objects for hooks; see pool.h.
 *
 * Locking and context: pool->lock is taken with irqs off, in any context but NMI, and
 * no lock is taken inside it.  grow_mutex serialises the growing of pools and the
 * charging of the budget, in process context.
 */
#include <linux/cpumask.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/workqueue.h>
#include "compat/mem.h"
#include "store/pool.h"

struct hd_budget hd_budget;

/* the entry of a pool in HD_POOL_LIST */
struct share {
	const char *name;
	u32 share;
	u32 ready;
};

#define SHARE(name, NAME, share, ready) \
	[HD_POOL_##NAME] = { #name, share, ready },
static const struct share shares[HD_POOLS] = { HD_POOL_LIST(SHARE) };

/* written while no hook is attached; NULL: not made yet */
static struct hd_pool *pools[HD_POOLS];
/* how often a pool was empty; per CPU, so that CPUs share no cache line */
static DEFINE_PER_CPU(u64 [HD_POOLS], denied_counts);
static DEFINE_MUTEX(grow_mutex);	/* protects hd_budget.fixed, and chunks of pools */
static struct irq_work refill_irq;
static struct work_struct refill_work;
static bool stopping;

static u64 sum_chunk_bytes(void)
{
	u64 bytes = 0;
	u32 i;

	for (i = 0; i < HD_POOLS; i++)
		if (pools[i])
			bytes += (u64)READ_ONCE(pools[i]->nr_chunks) *
				 HD_CHUNK_BYTES;
	return bytes;
}

/**
 * hd_pools_bytes() - bytes of all pools and tables
 *
 * Context: any.
 */
u64 hd_pools_bytes(void)
{
	return hd_budget.fixed + sum_chunk_bytes();
}

static int add_chunk(struct hd_pool *pool)
{
	u32 n = min(HD_CHUNK_BYTES / pool->size, pool->limit - pool->total), i;
	struct hd_pool_node *node = NULL, *last;
	unsigned long flags;
	char *chunk;

	lockdep_assert_held(&grow_mutex);
	if (pool->nr_chunks == pool->max_chunks ||
	    hd_pools_bytes() + HD_CHUNK_BYTES > hd_budget.limit) {
		WRITE_ONCE(pool->full, true);
		return -ENOSPC;
	}
	chunk = hd_kvzalloc(HD_CHUNK_BYTES);
	if (!chunk) {
		WRITE_ONCE(pool->again, jiffies + HZ);
		return -ENOMEM;
	}
	for (i = 0; i < n; i++) {
		struct hd_pool_node *next = node;

		node = (void *)(chunk + i * pool->size);
		node->next = next;
	}
	last = (void *)chunk;
	pool->chunks[pool->nr_chunks] = chunk;
	/* pairs with the acquire in hd_pool_end() */
	hd_store_release(&pool->nr_chunks, pool->nr_chunks + 1);

	raw_spin_lock_irqsave(&pool->lock, flags);
	last->next = pool->free;
	pool->free = node;
	pool->total += n;
	raw_spin_unlock_irqrestore(&pool->lock, flags);
	return 0;
}

static u32 count_free(struct hd_pool *pool)
{
	unsigned long flags;
	u32 n;

	raw_spin_lock_irqsave(&pool->lock, flags);
	n = pool->total - pool->used;
	raw_spin_unlock_irqrestore(&pool->lock, flags);
	return n;
}

/**
 * hd_pool_reserve() - grow a pool until it has a number of free objects
 * @pool: the pool
 * @free: number of free objects
 *
 * Context: process; sleeps.
 * Return: 0, -ENOSPC at the bound, or -ENOMEM.
 */
int hd_pool_reserve(struct hd_pool *pool, u32 free)
{
	int err = 0;

	mutex_lock(&grow_mutex);
	while (!err && count_free(pool) < free)
		err = add_chunk(pool);
	mutex_unlock(&grow_mutex);
	return err;
}

static void refill_pools(struct work_struct *work)
{
	u32 i;

	for (i = 0; i < HD_POOLS; i++)
		if (pools[i])
			hd_pool_reserve(pools[i], pools[i]->low_water);
}

static void queue_refill(struct irq_work *irq)
{
	if (!READ_ONCE(stopping))
		schedule_work(&refill_work);
}

/**
 * hd_pools_init() - set the budget
 * @budget: bytes that all pools and tables together may take
 *
 * Return: 0.
 */
int hd_pools_init(u64 budget)
{
#define ADD_SHARE(name, NAME, share, ready)	+ (share)
	BUILD_BUG_ON(HD_SHARE_TASKS HD_POOL_LIST(ADD_SHARE) != HD_SHARES);
	hd_budget.limit = budget;
	hd_budget.fixed = 0;
	WRITE_ONCE(stopping, false);
	init_irq_work(&refill_irq, queue_refill);
	INIT_WORK(&refill_work, refill_pools);
	return 0;
}

/**
 * hd_pools_stop() - stop the growing of pools
 *
 * Context: process, after the hooks are detached; sleeps.
 */
void hd_pools_stop(void)
{
	WRITE_ONCE(stopping, true);
	irq_work_sync(&refill_irq);
	cancel_work_sync(&refill_work);
}

/**
 * hd_pools_exit() - free all pools
 *
 * Context: process, after hd_pools_stop(), when nothing points to an object any more.
 */
void hd_pools_exit(void)
{
	u32 i, c;

	for (i = 0; i < HD_POOLS; i++) {
		if (!pools[i])
			continue;
		for (c = 0; c < pools[i]->nr_chunks; c++)
			hd_kvfree(pools[i]->chunks[c]);
		hd_kvfree(pools[i]->chunks);
		pools[i] = NULL;
	}
}

/**
 * hd_fixed_alloc() - allocate a table of fixed size
 * @bytes: size of the table
 *
 * Context: process; sleeps.
 * Return: zeroed memory, or NULL where the budget or the host has none left.
 */
void *hd_fixed_alloc(size_t bytes)
{
	void *mem = NULL;

	mutex_lock(&grow_mutex);
	/* kmalloc rounds a large size up to a power of two: 1.03 MiB would take 2 MiB */
	if (hd_pools_bytes() + bytes <= hd_budget.limit)
		mem = bytes > HD_CHUNK_BYTES ? vzalloc(bytes) : hd_kvzalloc(bytes);
	if (mem)
		hd_budget.fixed += bytes;
	mutex_unlock(&grow_mutex);
	return mem;
}

/**
 * hd_fixed_free() - free a table of fixed size
 * @mem: from hd_fixed_alloc(), or NULL
 * @bytes: size of the table
 */
void hd_fixed_free(void *mem, size_t bytes)
{
	if (!mem)
		return;
	mutex_lock(&grow_mutex);
	hd_budget.fixed -= bytes;
	mutex_unlock(&grow_mutex);
	hd_kvfree(mem);
}

/**
 * hd_pool_init() - make a pool, and fill it up to its low water mark
 * @pool: the pool, which is overwritten
 * @id: its entry of HD_POOL_LIST
 * @size: bytes of an object
 * @limit: most objects that may be given out, where the pool has no share of the
 *	memory; else 0
 *
 * Context: process, after hd_pools_init(); sleeps.
 * Return: 0, or -ENOMEM.
 */
int hd_pool_init(struct hd_pool *pool, enum hd_pool_id id, u32 size, u32 limit)
{
	const struct share *share = &shares[id];
	int cpu;

	if (share->share)
		limit = hd_budget.limit / HD_SHARES * share->share / size;
	memset(pool, 0, sizeof(*pool));
	pool->id = id;
	pool->name = share->name;
	pool->size = size;
	pool->low_water = min3((u64)share->ready, (u64)limit, share->ready *
			       (hd_budget.limit >> 20) / HD_READY_MB);
	pool->limit = limit;
	pool->max_chunks = DIV_ROUND_UP(limit, HD_CHUNK_BYTES / size);
	raw_spin_lock_init(&pool->lock);
	pool->chunks = hd_kvzalloc(pool->max_chunks * sizeof(*pool->chunks));
	if (!pool->chunks)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		per_cpu(denied_counts, cpu)[id] = 0;
	pools[id] = pool;
	return hd_pool_reserve(pool, pool->low_water);
}

/* After a failed allocation the kernel is not asked again for every object. */
static noinline void ask_for_chunk(struct hd_pool *pool)
{
	if (!READ_ONCE(pool->full) &&
	    time_after_eq(jiffies, READ_ONCE(pool->again)))
		irq_work_queue(&refill_irq);
}

/* A pool may stay empty for days, and every call of many tasks may come here. */
static noinline void *deny_object(struct hd_pool *pool)
{
	this_cpu_inc(denied_counts[pool->id]);
	ask_for_chunk(pool);
	return NULL;
}

/**
 * hd_pool_get() - take an object
 * @pool: the pool
 *
 * An empty pool is only read, so that CPUs do not wait for each other.
 *
 * Context: any but NMI, including the scheduler's hooks: an irq_work asks for more
 * objects, so this wakes no task.
 * Return: an object with its last contents, except for the first word; or NULL.
 */
void *hd_pool_get(struct hd_pool *pool)
{
	struct hd_pool_node *node;
	unsigned long flags;
	bool low;

	if (!data_race(pool->free))
		return deny_object(pool);
	raw_spin_lock_irqsave(&pool->lock, flags);
	node = pool->free;
	if (node) {
		pool->free = node->next;
		pool->used++;
		if (pool->used > pool->high)
			pool->high = pool->used;
	}
	low = pool->total - pool->used < pool->low_water / 2 + 1;
	raw_spin_unlock_irqrestore(&pool->lock, flags);
	if (!node)
		return deny_object(pool);
	if (low)
		ask_for_chunk(pool);
	return node;
}

/**
 * hd_pool_put() - give an object back
 * @pool: the pool that it was taken from
 * @object: the object, which nothing points to any more
 *
 * Context: any but NMI.
 */
void hd_pool_put(struct hd_pool *pool, void *object)
{
	struct hd_pool_node *node = object;
	unsigned long flags;

	raw_spin_lock_irqsave(&pool->lock, flags);
	node->next = pool->free;
	pool->free = node;
	pool->used--;
	raw_spin_unlock_irqrestore(&pool->lock, flags);
}

/**
 * hd_pool_end() - one past the highest index of an object
 * @pool: the pool
 *
 * Context: any.
 */
u32 hd_pool_end(struct hd_pool *pool)
{
	/* pairs with the release in add_chunk() */
	return hd_load_acquire(&pool->nr_chunks) *
	       (HD_CHUNK_BYTES / pool->size);
}

/**
 * hd_pool_at() - an object by its index, free or not
 * @pool: the pool
 * @index: below hd_pool_end()
 *
 * Context: any.
 */
void *hd_pool_at(struct hd_pool *pool, u32 index)
{
	u32 per_chunk = HD_CHUNK_BYTES / pool->size;
	char *chunk = pool->chunks[index / per_chunk];

	return chunk + index % per_chunk * pool->size;
}

const struct hd_pool *hd_pool_of(enum hd_pool_id id)
{
	return pools[id];
}

/* hd_pool_denied() - how often the pool was empty when an object was asked for */
u64 hd_pool_denied(const struct hd_pool *pool)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu(denied_counts, cpu)[pool->id]);
	return sum;
}
