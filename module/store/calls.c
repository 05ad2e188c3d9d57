// SPDX-License-Identifier: GPL-2.0-only
/* The last calls of each task; see calls.h. */
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/string.h>
#include "compat/mem.h"
#include "core/params.h"
#include "store/calls.h"
#include "store/lost.h"
#include "store/pool.h"

u64 hd_ring_mask __read_mostly;

static struct hd_pool pool;
static char *spares;	/* those of all CPUs */
DEFINE_PER_CPU(struct hd_recorded *, hd_ring_spare);

static size_t ring_bytes(void)
{
	return hd_ring_mask + 1;
}

static size_t spare_bytes(void)
{
	return nr_cpu_ids * ring_bytes() + HD_RING_SPARE;
}

/**
 * hd_rings_init() - make the pool
 *
 * Context: process; sleeps.
 * Return: 0 or -ENOMEM.
 */
int hd_rings_init(void)
{
	int cpu;

	BUILD_BUG_ON(sizeof(struct hd_recorded) != 32);
	BUILD_BUG_ON(HD_CALLS_MOST * sizeof(struct hd_recorded) > HD_CHUNK_BYTES);
	hd_ring_mask = hd_params.recorder_calls * sizeof(struct hd_recorded) - 1;
	spares = hd_fixed_alloc(spare_bytes());
	if (!spares)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		per_cpu(hd_ring_spare, cpu) =
			(void *)(spares + cpu * ring_bytes() + HD_RING_SPARE);
	return hd_pool_init(&pool, HD_POOL_RINGS, ring_bytes(), 0);
}

/**
 * hd_rings_exit() - free the spare rings; the others go with their pool
 *
 * Context: process, after the hooks are gone.
 */
void hd_rings_exit(void)
{
	hd_fixed_free(spares, spare_bytes());
	spares = NULL;
}

/**
 * hd_rings_reserve() - have rings ready for the tasks that there are
 * @tasks: how many
 *
 * Context: process; sleeps.
 */
void hd_rings_reserve(u32 tasks)
{
	hd_pool_reserve(&pool, min(tasks, pool.limit));
}

/**
 * hd_ring_get() - exchange the spare ring for one of its own, if one is left
 * @ring: of the current task
 * @from: first position that may be read; what is before that is lost
 *
 * Context: any but NMI; the owner only.
 */
void hd_ring_get(struct hd_ring *ring, u64 *from)
{
	struct hd_recorded *call = hd_pool_get(&pool);

	hd_lost_many(HD_LOST_DETAIL,
		     (ring->end - *from) / sizeof(struct hd_recorded));
	WRITE_ONCE(*from, ring->end);
	/* pairs with the acquire in hd_ring_copy() */
	if (call)
		hd_store_release(&ring->call, call);
}

/**
 * hd_ring_put() - give a ring back
 * @ring: nobody looks at it any more
 *
 * Context: any but NMI.
 */
void hd_ring_put(const struct hd_ring *ring)
{
	if (!hd_ring_is_spare(ring->call))
		hd_pool_put(&pool, ring->call);
}

/* the first position that is there once @end is the next one to be written */
static u64 first_of(u64 end, u64 from)
{
	u64 bytes = ring_bytes();

	return max(end > bytes ? end - bytes : 0, from);
}

/**
 * hd_ring_copy() - copy the calls of a task, which may be adding more
 * @ring: the task's
 * @from: as of hd_ring_get(); read last
 * @to: where to, the oldest first
 *
 * Context: any; the caller finds out afterwards whether the ring was still the
 * task's.
 * Return: how many: all but the oldest of a ring that is full, whose place may be
 * being written.
 */
u32 hd_ring_copy(const struct hd_ring *ring, const u64 *from,
		 struct hd_recorded to[HD_CALLS_MOST])
{
	/* pairs with the releases in hd_ring_get() and hd_ring_add() */
	const struct hd_recorded *call = hd_load_acquire(&ring->call);
	u64 end = hd_load_acquire(&ring->end), first = first_of(end, 0), at, valid;
	u32 nr = 0, gone;

	if (hd_ring_is_spare(call))
		return 0;
	for (at = first; at < end; at += sizeof(*to))
		data_race(to[nr++] = call[(at & hd_ring_mask) / sizeof(*call)]);
	smp_rmb();	/* what was overwritten meanwhile is told by where the end is now */
	valid = first_of(READ_ONCE(ring->end) + sizeof(*to), READ_ONCE(*from));
	if (valid >= end)
		return 0;
	gone = valid > first ? (valid - first) / sizeof(*to) : 0;
	nr -= gone;
	memmove(to, to + gone, nr * sizeof(*to));
	return nr;
}
