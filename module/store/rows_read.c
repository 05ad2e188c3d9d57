// SPDX-License-Identifier: GPL-2.0-only
/* Reading rows; see rows_read.h. */
#include <linux/kernel.h>
#include <linux/string.h>
#include "store/rows_read.h"

/* Return: false where the row has got its histogram meanwhile, or has no room for samples. */
static bool add_samples(const struct hd_row *row, struct hd_stat *stat)
{
	u32 calls = min_t(u64, hd_load_acquire(&row->calls), HD_ROW_SAMPLES);
	const u8 most = HD_HIST_BUCKETS - 1;
	u8 sample[HD_ROW_SAMPLES];
	u32 i;

	data_race(memcpy(sample, row->samples, sizeof(sample)));
	smp_rmb();	/* the samples are read before the flags, which say whether they are all */
	if (READ_ONCE(row->flags) & HD_ROW_HISTS)
		return false;
	for (i = 0; i < calls; i++)
		++*hd_stat_bucket(stat, min(sample[i], most));
	stat->count += calls;
	return true;
}

/* Return: false where a reset has made room for samples meanwhile. */
static bool add_calls(const struct hd_row *row, struct hd_stat *stat)
{
	u64 calls = READ_ONCE(row->calls);

	smp_rmb();	/* pairs with the release in hd_row_count(): calls before flags */
	if (!(READ_ONCE(row->flags) & HD_ROW_NO_HIST))
		return false;
	stat->count += calls;
	stat->valid = false;
	return true;
}

/**
 * hd_row_add() - add a row to a histogram, whose buckets agree with its count
 * @row: its owner may be writing it
 * @stat: the row is added to it
 *
 * Context: any, as long as the row is not freed.
 */
void hd_row_add(const struct hd_row *row, struct hd_stat *stat)
{
	u64 max_ns = READ_ONCE(row->max_ns);
	bool done;
	u32 flags;

	do {
		/* pairs with the release in get_hist() */
		flags = hd_load_acquire(&row->flags);
		if (flags & HD_ROW_HIST) {
			hd_stat_add(stat, row->hist);
			done = true;
		} else if (flags & HD_ROW_NO_HIST) {
			done = add_calls(row, stat);
		} else {
			done = add_samples(row, stat);
		}
	} while (!done);
	stat->sum_ns = hd_add(stat->sum_ns, READ_ONCE(row->sum_ns));
	if (max_ns > stat->max_ns)
		stat->max_ns = max_ns;
}

static void copy_wait(struct hd_wait_sums *to, const struct hd_wait *from)
{
	to->runq_ns = READ_ONCE(from->runq_ns);
	to->d_ns = READ_ONCE(from->d_ns);
	to->sleep_ns = READ_ONCE(from->sleep_ns);
}

/**
 * hd_row_read() - copy a row, with counts that agree with each other
 * @row: of any task
 * @to: filled
 *
 * Context: under rcu_read_lock(); the owner may be writing.
 */
void hd_row_read(const struct hd_row *row, struct hd_syscall_row *to)
{
	u32 key = READ_ONCE(row->key);
	const struct hd_wait *wait;

	to->abi = hd_key_abi(key);
	to->nr = hd_key_nr(key);
	to->errors = READ_ONCE(row->errors);
	hd_stat_clear(&to->stat);
	hd_row_add(row, &to->stat);
	memset(&to->wait, 0, sizeof(to->wait));
	to->wait.valid = !(READ_ONCE(row->flags) & HD_ROW_NO_WAIT);
	smp_rmb();	/* calls before waits, see hd_row_waited() */
	wait = rcu_dereference(row->wait);
	if (wait)
		copy_wait(&to->wait, wait);
}

/**
 * hd_wait_read() - copy the waits of a task's calls
 * @rows: of any task; the caller has read the rows themselves before
 * @to: filled
 *
 * Context: under rcu_read_lock(); the owner may be writing.
 */
void hd_wait_read(const struct hd_rows *rows, struct hd_wait_sums *to)
{
	to->valid = true;
	smp_rmb();	/* calls before waits, see hd_row_waited() */
	copy_wait(to, &rows->wait);
}

/**
 * hd_moment_now() - read the clocks
 * @now: filled
 * @since_ns: start of counting, by the kernel's clock
 *
 * Context: any.
 */
void hd_moment_now(struct hd_moment *now, u64 since_ns)
{
	u64 slice = 1ull << hd_clock.slice_shift;

	now->ns = hd_kernel_clock();
	now->clock = hd_clock_read();
	now->begun_ns = hd_clock_long_ns(now->clock & (slice - 1));
	now->slice_ns = hd_clock_long_ns(slice);
	now->recent_ns = min((HOSTDIAG_SLICES - 1) * now->slice_ns +
			     now->begun_ns, now->ns - since_ns);
}

/**
 * hd_error_read() - copy an error
 * @error: of any task
 * @now: the moment of the reading
 * @to: filled
 *
 * Context: under rcu_read_lock(); the owner may be writing.
 */
void hd_error_read(const struct hd_error *error, const struct hd_moment *now,
		   struct hd_error_row *to)
{
	struct hd_recent_row *recent = &to->recent;
	u32 ago;

	to->abi = hd_key_abi(error->key);
	to->nr = hd_key_nr(error->key);
	to->error = error->error;
	to->count = READ_ONCE(error->count);
	to->last_ns = hd_moment_of(now, READ_ONCE(error->last));
	recent->slice_ns = now->slice_ns;
	recent->recent_ns = now->recent_ns;
	ago = hd_recent_read(&error->recent, hd_clock_slice(now->clock),
			     recent->slice, &recent->peak);
	recent->peak_ns = hd_moment_ago(now, ago, recent->peak);
}

/**
 * hd_rows_sum_rest() - add up the calls of a task for which no row was left
 * @rows: rows of any task
 * @stat: the calls are added to it
 * @errors: the number of calls that failed is added to it
 *
 * Context: as hd_rows_sum().
 */
void hd_rows_sum_rest(const struct hd_rows *rows, struct hd_stat *stat,
		      u64 *errors)
{
	/* @calls may be the histogram's pointer instead, as in struct hd_row */
	if (!READ_ONCE(rows->rest.calls))
		return;
	*errors += READ_ONCE(rows->rest.errors);
	hd_row_add(&rows->rest, stat);
}

/**
 * hd_rows_sum() - add up the rows of a task
 * @rows: rows of any task
 * @stat: the calls are added to it
 * @errors: the number of calls that failed is added to it
 *
 * Context: under rcu_read_lock(), or after the task has exited; the owner may be
 * writing.
 */
void hd_rows_sum(const struct hd_rows *rows, struct hd_stat *stat, u64 *errors)
{
	const struct hd_row *row;
	u32 i;

	hd_rows_sum_rest(rows, stat, errors);
	for (i = 0; i < HD_ROW_SLOTS; i++) {
		/* of an exited task the caller holds no rcu_read_lock() */
		for (row = rcu_dereference_raw(rows->slots[i]);
		     row != &hd_row_none; row = row->next) {
			*errors += READ_ONCE(row->errors);
			hd_row_add(row, stat);
		}
	}
}
