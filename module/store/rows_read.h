/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading rows task x syscall while their owner may be writing them: the counts of a
 * copy agree with each other.
 */
#ifndef HD_ROWS_READ_H
#define HD_ROWS_READ_H

#include "core/clock.h"
#include "compat/mem.h"
#include "store/rows.h"

/**
 * struct hd_moment - the time of a read
 * @ns: by the kernel's clock
 * @clock: by the clock in use
 * @begun_ns: for how long the slice of time that it is in has lasted
 * @slice_ns: length of a slice
 * @recent_ns: time that the slices cover up to @ns
 */
struct hd_moment {
	u64 ns;
	u64 clock;
	u64 begun_ns;
	u64 slice_ns;
	u64 recent_ns;
};

void hd_moment_now(struct hd_moment *now, u64 since_ns);
void hd_row_add(const struct hd_row *row, struct hd_stat *stat);
void hd_row_read(const struct hd_row *row, struct hd_syscall_row *to);
void hd_wait_read(const struct hd_rows *rows, struct hd_wait_sums *to);
void hd_error_read(const struct hd_error *error, const struct hd_moment *now,
		   struct hd_error_row *to);
void hd_rows_sum(const struct hd_rows *rows, struct hd_stat *stat, u64 *errors);
void hd_rows_sum_rest(const struct hd_rows *rows, struct hd_stat *stat,
		      u64 *errors);

/* converts a reading of the clock in use to the kernel's clock */
static inline u64 hd_moment_of(const struct hd_moment *now, u64 clock)
{
	return hd_clock_when(clock, now->clock, now->ns);
}

/* the beginning of the slice that was @slices ago; 0 where @was is false */
static inline u64 hd_moment_ago(const struct hd_moment *now, u32 slices,
				bool was)
{
	u64 ago = slices * now->slice_ns + now->begun_ns;

	return was ? now->ns - min(ago, now->ns) : 0;
}

static inline void hd_wait_copy(struct hostdiag_wait *to,
				const struct hd_wait *from)
{
	to->runq_ns = READ_ONCE(from->runq_ns);
	to->d_ns = READ_ONCE(from->d_ns);
	to->sleep_ns = READ_ONCE(from->sleep_ns);
	to->kept = 1;
	to->reserved = 0;
}

#define HD_FEW_MOST	(sizeof(struct hostdiag_few) + HOSTDIAG_FEW + \
			 sizeof(struct hostdiag_wait))

/**
 * hd_row_few() - copy a row of few calls
 * @row: row of any task
 * @at: the buffer, of HD_FEW_MOST bytes; set to the end of the copy
 *
 * It is inlined and has no loop, since a snapshot has hundreds of thousands of rows.
 *
 * Context: under rcu_read_lock(); the owner may be writing.
 * Return: false where the row has no calls, or too many.
 */
static __always_inline bool hd_row_few(const struct hd_row *row, void **at)
{
	u64 calls = hd_load_acquire(&row->calls), errors = READ_ONCE(row->errors);
	struct hostdiag_few *few = *at;
	u64 *end = (u64 *)(few + 1);
	const struct hd_wait *wait;
	u32 flags;

	/* if @calls is the pointer to the histogram, it is larger, too */
	if (unlikely(calls - 1 >= HD_ROW_SAMPLES))
		return false;
	few->sum_ns = READ_ONCE(row->sum_ns);
	few->max_ns = READ_ONCE(row->max_ns);
	*end++ = READ_ONCE(row->sample_words);
	smp_rmb();	/* calls before waits, see hd_row_waited() */
	flags = READ_ONCE(row->flags);
	wait = rcu_dereference(row->wait);
	few->call = row->key;
	few->calls = calls;
	few->errors = errors;
	few->waits = 0;
	if (unlikely(flags & (HD_ROW_HISTS | HD_ROW_NO_WAIT)))
		return false;
	if (unlikely(wait)) {
		few->waits = 1;
		hd_wait_copy((struct hostdiag_wait *)end, wait);
		end += sizeof(struct hostdiag_wait) / sizeof(*end);
	}
	*at = end;
	return true;
}

#endif /* HD_ROWS_READ_H */
