// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pools of objects for hooks; see pool.h.
 *
 * Locking and context: pool->lock is taken with irqs off, in any context but
 * NMI, and nothing is taken inside it.  grow_mutex serialises the growing of
 * pools and the charging of the budget, in process context.
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

/* what HD_POOL_LIST says of a pool */
struct share {
	const char *name;
	u32 share;
	u32 ready;
};

#define SHARE(name, NAME, share, ready) \
	[HD_POOL_##NAME] = { #name, share, ready },
static const struct share shares[HD_POOLS] = { HD_POOL_LIST(SHARE) };

static struct hd_pool *pools[HD_POOLS];	/* NULL: not made yet */
/* times that none was left: whoever finds a pool empty shares no line with others */
static DEFINE_PER_CPU(u64 [HD_POOLS], denied);
static DEFINE_MUTEX(grow_mutex);	/* protects budget, chunks, pools[] */
static struct irq_work refill_irq;
static struct work_struct refill_work;
static bool stopping;

static u64 chunk_bytes(void)
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
	return hd_budget.fixed + chunk_bytes();
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
 * hd_pool_reserve() - see to it that objects are free
 * @pool: the pool
 * @free: how many
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

static void kick_refill(struct irq_work *irq)
{
	if (!READ_ONCE(stopping))
		schedule_work(&refill_work);
}

/**
 * hd_pools_init() - set the budget
 * @budget: bytes that everything together may take
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
	init_irq_work(&refill_irq, kick_refill);
	INIT_WORK(&refill_work, refill_pools);
	return 0;
}

/**
 * hd_pools_stop() - no pool grows after this
 *
 * Context: process, once no hook runs any more; sleeps.
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
 * Context: process, after hd_pools_stop(), and once nothing points to an
 * object any more.
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
 * hd_fixed_alloc() - a table of fixed size
 * @bytes: of it
 *
 * Context: process; sleeps.
 * Return: zeroed memory, or NULL where the budget or the host has no more.
 */
void *hd_fixed_alloc(size_t bytes)
{
	void *mem = NULL;

	mutex_lock(&grow_mutex);
	/* kmalloc makes large ones a power of two: 1.03 MiB would take 2 */
	if (hd_pools_bytes() + bytes <= hd_budget.limit)
		mem = bytes > HD_CHUNK_BYTES ? vzalloc(bytes) : hd_kvzalloc(bytes);
	if (mem)
		hd_budget.fixed += bytes;
	mutex_unlock(&grow_mutex);
	return mem;
}

/**
 * hd_fixed_free() - give a table back
 * @mem: from hd_fixed_alloc(), or NULL
 * @bytes: of it
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
 * hd_pool_init() - make a pool, with its low water ready
 * @pool: where
 * @id: which of HD_POOL_LIST
 * @size: bytes of an object
 * @limit: most objects that may be given out, where the pool has no share of
 *	the memory; else 0
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
		per_cpu(denied, cpu)[id] = 0;
	pools[id] = pool;
	return hd_pool_reserve(pool, pool->low_water);
}

/* the kernel had no memory for it just now: not for each object again */
static noinline void ask_for_chunk(struct hd_pool *pool)
{
	if (!READ_ONCE(pool->full) &&
	    time_after_eq(jiffies, READ_ONCE(pool->again)))
		irq_work_queue(&refill_irq);
}

/* nothing is left, which may be so for days, at each call of many tasks */
static noinline void *deny_object(struct hd_pool *pool)
{
	this_cpu_inc(denied[pool->id]);
	ask_for_chunk(pool);
	return NULL;
}

/**
 * hd_pool_get() - take an object
 * @pool: the pool
 *
 * Of an empty pool it only reads, so that CPUs do not wait for each other.
 *
 * Context: any but NMI; in the scheduler's hooks too, since nothing that
 * wakes anybody is done here: an irq_work asks for more.
 * Return: an object, as it was left, its first word overwritten; or NULL.
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
 * @pool: where it came from
 * @object: nobody looks for it any more
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

/* hd_pool_denied() - how often none was left */
u64 hd_pool_denied(const struct hd_pool *pool)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu(denied, cpu)[pool->id]);
	return sum;
}
