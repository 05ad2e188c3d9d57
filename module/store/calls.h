/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The last calls of each task: a ring beside its record, which the task alone
 * writes at the end of each call, and which moves to its death when it ends.
 *
 *   record ──> ring ──> hd_recorded ...    from the pool "rings"
 *                └──(none was left)──> a spare one of the CPU, which nobody reads
 *
 * A ring is given at the first call of a task that does not take the hot path.
 * Where the pool is empty, the calls go to the spare ring, are counted as lost,
 * and the task asks again at its next call off the hot path.
 *
 * How a ring is read while its task runs: hd_ring.end only rises, and rises when
 * a call is whole.  So what is before it at first, and has not been overwritten
 * when it is looked at again, is not torn.
 */
#ifndef HD_CALLS_H
#define HD_CALLS_H

#include <linux/percpu.h>
#include "compat/mem.h"
#include "store/rows.h"

#define HD_CALLS_MOST	32u

/**
 * struct hd_recorded - a call that has returned
 * @returned: clock at its end
 * @ns: how long it took
 * @result: what it returned
 * @arg: the first argument, or its lower half: of use where it is a descriptor
 * @key: ABI and number, see hd_row_key()
 * @arg_key: both
 */
struct hd_recorded {
	u64 returned;
	u64 ns;
	s64 result;
	union {
		struct {
			u32 arg;
			u32 key;
		};
		u64 arg_key;
	};
};

/**
 * struct hd_ring - the last calls of a task
 * @call: hd_params.recorder_calls of them; or the spare ring
 * @end: bytes of calls that were ever put there
 */
struct hd_ring {
	struct hd_recorded *call;
	u64 end;
};

/*
 * An address of a spare ring has this bit, which no other ring's has: a pool's
 * objects are aligned to their size.
 */
#define HD_RING_SPARE	8ul

/* where in a ring a position is: its bytes, less 1 */
extern u64 hd_ring_mask;
/* the spare ring of each CPU, which its tasks without one share */
DECLARE_PER_CPU(struct hd_recorded *, hd_ring_spare);

int hd_rings_init(void);
void hd_rings_exit(void);
void hd_rings_reserve(u32 tasks);
void hd_ring_get(struct hd_ring *ring, u64 *from);
void hd_ring_put(const struct hd_ring *ring);
u32 hd_ring_copy(const struct hd_ring *ring, const u64 *from,
		 struct hd_recorded to[HD_CALLS_MOST]);

/**
 * hd_ring_init() - a ring of a task that has made no call
 * @ring: it gets the spare one
 *
 * Context: any but NMI.
 */
static inline void hd_ring_init(struct hd_ring *ring)
{
	ring->call = this_cpu_read(hd_ring_spare);
	ring->end = 0;
}

/* hd_ring_is_spare() - hd_ring.call: are the calls kept nowhere? */
static __always_inline bool hd_ring_is_spare(const struct hd_recorded *call)
{
	return (unsigned long)call & HD_RING_SPARE;
}

/**
 * hd_ring_add() - keep a call
 * @ring: of the current task
 * @flags_key: of its row
 * @returned: clock at its end
 * @ns: how long it took
 * @result: what it returned
 * @arg: its first argument
 *
 * Context: the owner only.
 */
static __always_inline void hd_ring_add(struct hd_ring *ring, u64 flags_key,
					u64 returned, u64 ns, long result,
					u32 arg)
{
	u64 at = data_race(ring->end) & hd_ring_mask;
	struct hd_recorded *call = (void *)ring->call + at;

	data_race(call->returned = returned);
	data_race(call->ns = ns);
	data_race(call->result = result);
	/* a copy of both, for the key, is less than what the key alone takes */
	data_race(call->arg_key = flags_key);
	data_race(call->arg = arg);
	/* pairs with the acquire in hd_ring_copy() */
	hd_add_release(&ring->end, sizeof(*call));
}

#endif /* HD_CALLS_H */
