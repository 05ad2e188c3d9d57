/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pools: objects of one size that are allocated before they are needed, so that a
 * hook never allocates.  Memory comes in chunks, from one budget that bounds the whole
 * module, and is freed at unload only.  So the memory is type-stable: a stale pointer
 * to an object leads to an object of the same type.
 *
 *   hook: get ──> free list ──(below low water)──> irq_work ──> work: add a chunk
 *
 * hd_pool_get() counts each time that a pool is empty.
 */
#ifndef HD_POOL_H
#define HD_POOL_H

#include <linux/spinlock.h>
#include <linux/types.h>

#define HD_CHUNK_BYTES	65536u

/*
 * All pools, and the part of max_memory_mb that each may take:
 *
 *	X(name, NAME, share, ready)
 *
 * @name: name in debugfs
 * @share: 64ths of the memory that its objects may take; 0: hd_pool_init() is
 *	given their number, and they take HD_SHARE_TASKS together with the tables
 *	of fixed size
 * @ready: free objects that are kept; with less memory than HD_READY_MB, a
 *	part of them
 *
 * A pool is added here and made by hd_pool_init().  Shares that do not come to
 * the whole do not compile.
 */
#define HD_POOL_LIST(X) \
	X(tasks, TASKS, 0, 256) \
	X(rings, RINGS, 10, 256) \
	X(rows, ROWS, 20, 4096) \
	X(row_hists, ROW_HISTS, 12, 256) \
	X(row_waits, ROW_WAITS, 2, 1024) \
	X(errors, ERRORS, 2, 512) \
	X(openers, OPENERS, 0, 128) \
	X(open_files, OPEN_FILES, 4, 1024) \
	X(places, PLACES, 2, 256)

#define HD_SHARES	64
#define HD_SHARE_TASKS	12
#define HD_READY_MB	16

#define HD_POOL_ID(name, NAME, share, ready)	HD_POOL_##NAME,
enum hd_pool_id {
	HD_POOL_LIST(HD_POOL_ID)
	HD_POOLS,
};

/* the first word of an object while it is free */
struct hd_pool_node {
	struct hd_pool_node *next;
};

/**
 * struct hd_pool - a pool
 * @id: its entry of HD_POOL_LIST
 * @name: name in debugfs
 * @size: bytes of an object; a chunk holds HD_CHUNK_BYTES / @size objects
 * @low_water: number of free objects to keep ready
 * @limit: most objects that may be given out; the budget is another bound
 * @lock: protects the free list and the numbers of objects; irqs off; innermost
 * @free: the free list
 * @total: objects that were allocated, @limit at the most
 * @used: objects that are given out
 * @high: highest value of @used since load
 * @full: there is no room for another chunk, and will be none
 * @again: jiffies; the kernel is not asked for a chunk before then
 * @max_chunks: number of chunks that @limit objects need; length of @chunks
 * @chunks: the chunks.  The array is not __rcu: a chunk is freed at unload only
 * @nr_chunks: number of chunks; the release in add_chunk() publishes the last one
 */
struct hd_pool {
	enum hd_pool_id id;
	const char *name;
	u32 size;
	u32 low_water;
	u32 limit;
	raw_spinlock_t lock;
	struct hd_pool_node *free;
	u32 total;
	u32 used;
	u32 high;
	bool full;
	unsigned long again;
	u32 max_chunks;
	void **chunks;
	u32 nr_chunks;
};

/* the bound of all memory, and the bytes of it that tables of fixed size take */
struct hd_budget {
	u64 limit;
	u64 fixed;
};

extern struct hd_budget hd_budget;

int hd_pools_init(u64 budget);
void hd_pools_stop(void);
void hd_pools_exit(void);
void *hd_fixed_alloc(size_t bytes);
void hd_fixed_free(void *mem, size_t bytes);
u64 hd_pools_bytes(void);

int hd_pool_init(struct hd_pool *pool, enum hd_pool_id id, u32 size, u32 limit);
int hd_pool_reserve(struct hd_pool *pool, u32 free);
void *hd_pool_get(struct hd_pool *pool);
void hd_pool_put(struct hd_pool *pool, void *object);
void *hd_pool_at(struct hd_pool *pool, u32 index);
u32 hd_pool_end(struct hd_pool *pool);
u64 hd_pool_denied(const struct hd_pool *pool);

/* for debugfs, after all pools were made */
const struct hd_pool *hd_pool_of(enum hd_pool_id id);

#endif /* HD_POOL_H */
