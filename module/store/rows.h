/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows task x syscall, 64 bytes each.  A row keeps its first calls in place,
 * each as the number of its bucket; when these places are full it gets a
 * histogram of its own.  So a task that made three kinds of calls twice
 * costs 192 bytes more, and a busy row has every bucket.
 *
 *   task: slots[key % 8] ──> row ──> row ──> hd_row_none
 *                            └──> histogram, from the 9th call on
 *         cache[key % 16]: the row that was looked up last
 *         rest: a row in place, for the calls that no row was left for
 *         errors ──> hd_error, task x syscall x errno
 *
 * The waits of a row's calls are kept beside it, from the first call on that has left
 * the CPU.
 *
 * A call is counted once, in its row: a reader makes the sums of a task of its rows.
 *
 * An opener has a row, too: it counts the files that were opened and released.
 *
 * A task's rows are written by that task alone, so they need no lock; they
 * are freed with its record, after an RCU grace period.
 */
#ifndef HD_ROWS_H
#define HD_ROWS_H

#include <linux/rcupdate.h>
#include "compat/mem.h"
#include "core/clock.h"
#include "pure/hist.h"
#include "store/pool.h"
#include "pure/render.h"

#define HD_ROW_SLOTS	8
#define HD_ROW_CACHE	16
#define HD_ROW_SAMPLES	8

/* hd_row.flags */
#define HD_ROW_HIST	1u	/* hist is valid, and holds all calls */
#define HD_ROW_NO_HIST	2u	/* no histogram was left: calls alone counts */
#define HD_ROW_OPENS	4u	/* a call that opens a path */
#define HD_ROW_REST	8u	/* hd_rows.rest */
#define HD_ROW_I386	16u	/* its arguments are in other registers: no hot path */
#define HD_ROW_ACTS	32u	/* a call that may be an act of the ledger */

/* with either the samples are not valid, or not all of the calls */
#define HD_ROW_HISTS	(HD_ROW_HIST | HD_ROW_NO_HIST)

/* a flag above the 16 bits that the hot path tests */
#define HD_ROW_NO_WAIT	0x20000u	/* no struct hd_wait was left */

/* the time of calls that is not time on the CPU; see struct hd_wait_sums */
struct hd_wait {
	u64 runq_ns;
	u64 d_ns;
	u64 sleep_ns;
};

/**
 * struct hd_row - a task x syscall
 * @next: in its slot, up to hd_row_none; constant once the row is published;
 *	overlaid while the row is free
 * @flags: HD_ROW_*
 * @key: ABI and number, see hd_row_key()
 * @flags_key: @flags and @key as one word
 * @calls: number of calls, while there is no histogram.  A reader that has not seen
 *	HD_ROW_HIST may find @hist here.  A pointer is above HD_ROW_SAMPLES as a
 *	number; the reader then uses HD_ROW_SAMPLES, since all samples are valid.
 * @hist: the histogram, once HD_ROW_HIST is set
 * @errors: number of calls that failed
 * @sum_ns: sum of the latencies
 * @max_ns: the longest latency
 * @samples: the buckets of the first calls
 * @sample_words: @samples, to be copied as one word
 * @wait: waits of the calls; NULL: no call has left the CPU
 */
struct hd_row {
	struct hd_row *next;
	union {
		struct {
			u32 flags;
			u32 key;
		};
		u64 flags_key;
	};
	union {
		u64 calls;
		struct hd_hist *hist;
	};
	u64 errors;
	u64 sum_ns;
	u64 max_ns;
	union {
		u8 samples[HD_ROW_SAMPLES];
		u64 sample_words;
	};
	struct hd_wait __rcu *wait;
};

/**
 * struct hd_error - a task x syscall x errno
 * @next: of the task; constant once the error is published; overlaid while it
 *	is free
 * @key: of the syscall
 * @error: errno, 1 .. 4095
 * @count: number of calls that failed with it
 * @last: clock at the last such call
 * @recent: counts of the last slices of time
 */
struct hd_error {
	struct hd_error *next;
	u32 key;
	u32 error;
	u64 count;
	u64 last;
	struct hd_recent recent;
};

/**
 * struct hd_rows - the rows of a task
 * @cache: the lookup cache: by the lowest bits of the key, the row that was looked
 *	up last; only the owner uses it
 * @slots: rows by the lowest bits of the key
 * @rest: a row for all calls for which no row was left; its key is that of the last one
 * @nr_rows: number of rows in all slots
 * @errors: task x syscall x errno, the newest first
 * @nr_errors: number of @errors
 * @wait: waits of all calls
 */
struct hd_rows {
	struct hd_row *cache[HD_ROW_CACHE];
	struct hd_row __rcu *slots[HD_ROW_SLOTS];
	struct hd_row rest;
	u32 nr_rows;
	u32 nr_errors;
	struct hd_error __rcu *errors;
	struct hd_wait wait;
};

extern struct hd_row hd_row_none;

int hd_rows_pools_init(void);
void hd_rows_pools_reserve(u32 tasks);
void hd_rows_init(struct hd_rows *rows);
void hd_rows_clear_cache(struct hd_rows *rows);
struct hd_row *hd_row_find_slow(struct hd_rows *rows, u32 key);
void hd_row_count(struct hd_row *row, u32 index);
void hd_row_waited(struct hd_rows *rows, struct hd_row *row,
		   const struct hd_wait *wait);
void hd_row_failed(struct hd_rows *rows, struct hd_row *row, u32 error,
		   u64 now);
void hd_row_free(struct hd_row *row);
void hd_row_zero(struct hd_row *row);
void hd_rows_free(struct hd_rows *rows);
void hd_rows_zero(struct hd_rows *rows);
void hd_rows_convert(struct hd_rows *rows,
		     const struct hd_clock_change *change);

#define HD_KEY_ABI_SHIFT	28
#define HD_KEY_BAD		HOSTDIAG_CALL_NR_BAD	/* a number in no table */

/* as hostdiag_few.call */
static __always_inline u32 hd_row_key(u32 abi, u32 nr)
{
	return abi << HD_KEY_ABI_SHIFT | nr;
}

static inline u32 hd_key_abi(u32 key)
{
	return key >> HD_KEY_ABI_SHIFT;
}

/* the number, as uapi/hostdiag.h has it */
static inline u32 hd_key_nr(u32 key)
{
	u32 nr = key & HD_KEY_BAD;

	return nr == HD_KEY_BAD ? HOSTDIAG_NR_BAD : nr;
}

static inline bool hd_key_acts(u32 key)
{
	return hd_syscall_act(key >> HD_KEY_ABI_SHIFT, key & HD_KEY_BAD) !=
	       HD_CALL_NO_ACT;
}

static inline bool hd_key_opens(u32 key)
{
	return hd_syscall_opens(key >> HD_KEY_ABI_SHIFT, key & HD_KEY_BAD);
}

/**
 * hd_row_find() - find the row of a syscall, or make it
 * @rows: of the current task
 * @key: of the syscall
 *
 * Context: any but NMI and the scheduler's hooks; the owner only.
 * Return: the row; rows->rest where none is left.
 */
static __always_inline struct hd_row *hd_row_find(struct hd_rows *rows, u32 key)
{
	struct hd_row *row = rows->cache[key % HD_ROW_CACHE];

	if (likely(row->key == key))
		return row;
	return hd_row_find_slow(rows, key);
}

/**
 * hd_row_time() - add a call's latency to a row
 * @row: of the current task
 * @ns: latency
 *
 * Context: the owner only.
 */
static __always_inline void hd_row_time(struct hd_row *row, u64 ns)
{
	data_race(row->sum_ns += ns);
	if (unlikely(ns > row->max_ns))
		WRITE_ONCE(row->max_ns, ns);
}

/**
 * hd_row_opens() - does a call that was just counted open a path?
 * @row: row of the call
 */
static inline bool hd_row_opens(const struct hd_row *row)
{
	if (row->flags & HD_ROW_REST)
		return hd_key_opens(row->key);
	return row->flags & HD_ROW_OPENS;
}

/**
 * hd_row_acts() - may the call of a row be an act of the ledger?
 * @row: of the call
 */
static inline bool hd_row_acts(const struct hd_row *row)
{
	if (row->flags & HD_ROW_REST)
		return hd_key_acts(row->key);
	return row->flags & HD_ROW_ACTS;
}

#endif /* HD_ROWS_H */
