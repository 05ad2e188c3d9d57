// SPDX-License-Identifier: GPL-2.0-only
/* Rows task x syscall; see rows.h. */
#include <linux/bug.h>
#include <linux/cache.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include "core/clock.h"
#include "compat/mem.h"
#include "compat/probe.h"
#include "store/rows.h"
#include "store/lost.h"

/* ends every slot; no call has its key, which a fuzzer is not likely to try */
struct hd_row hd_row_none = { .key = 0xf1a9c0de };

static struct hd_pool row_pool;
static struct hd_pool hist_pool;
static struct hd_pool wait_pool;
static struct hd_pool error_pool;

#define HISTS_PER_TASK	8u

/* cache lines that a call writes are not shared with another task */
#define HIST_BYTES	ALIGN(sizeof(struct hd_hist), SMP_CACHE_BYTES)
#define ERROR_BYTES	ALIGN(sizeof(struct hd_error), SMP_CACHE_BYTES)

/* more than any program needs; they bound the work when a task exits */
#define MAX_ROWS	256u
#define MAX_ERRORS	64u

/**
 * hd_rows_pools_init() - make the pools
 *
 * Return: 0 or -ENOMEM.
 */
int hd_rows_pools_init(void)
{
	int err;

	BUILD_BUG_ON(sizeof(struct hd_row) != 64);
	BUILD_BUG_ON(HD_HIST_BUCKETS > 256);	/* a sample is a u8 */
	BUILD_BUG_ON(HD_ROW_SAMPLES > HOSTDIAG_FEW);
	err = hd_pool_init(&row_pool, HD_POOL_ROWS, sizeof(struct hd_row), 0);
	if (err)
		return err;
	err = hd_pool_init(&hist_pool, HD_POOL_ROW_HISTS, HIST_BYTES, 0);
	if (err)
		return err;
	err = hd_pool_init(&wait_pool, HD_POOL_ROW_WAITS,
			   sizeof(struct hd_wait), 0);
	if (err)
		return err;
	return hd_pool_init(&error_pool, HD_POOL_ERRORS, ERROR_BYTES, 0);
}

/* hd_rows_clear_cache() - invalidate the lookup cache; the owner only */
void hd_rows_clear_cache(struct hd_rows *rows)
{
	u32 i;

	for (i = 0; i < HD_ROW_CACHE; i++)
		rows->cache[i] = &hd_row_none;
}

/* hd_rows_init() - begin without rows; the task's record is not published yet */
void hd_rows_init(struct hd_rows *rows)
{
	u32 i;

	hd_rows_clear_cache(rows);
	for (i = 0; i < HD_ROW_SLOTS; i++)
		RCU_INIT_POINTER(rows->slots[i], &hd_row_none);
	memset(&rows->rest, 0, sizeof(rows->rest));
	rows->rest.flags = HD_ROW_REST;
	rows->nr_rows = 0;
	rows->nr_errors = 0;
	RCU_INIT_POINTER(rows->errors, NULL);
	memset(&rows->wait, 0, sizeof(rows->wait));
}

/**
 * hd_rows_pools_reserve() - have histograms ready for busy tasks
 * @tasks: number of live tasks; right after load most of their rows become busy at
 *	once
 *
 * Context: process; sleeps.
 */
void hd_rows_pools_reserve(u32 tasks)
{
	hd_pool_reserve(&hist_pool, min(tasks * HISTS_PER_TASK,
					hist_pool.limit));
}

static struct hd_row *make_row(struct hd_rows *rows, u32 key)
{
	struct hd_row __rcu **slot = &rows->slots[key % HD_ROW_SLOTS];
	struct hd_row *row;

	if (rows->nr_rows >= MAX_ROWS)
		return NULL;
	row = hd_pool_get(&row_pool);
	if (!row)
		return NULL;
	rows->nr_rows++;
	memset(row, 0, sizeof(*row));
	row->key = key;
	if (hd_key_opens(key))
		row->flags = HD_ROW_OPENS;
	else if (hd_key_acts(key))
		row->flags = HD_ROW_ACTS;
	if (hd_key_abi(key) == HOSTDIAG_ABI_I386)
		row->flags |= HD_ROW_I386;
	row->next = hd_rcu_own(*slot);
	rcu_assign_pointer(*slot, row);
	return row;
}

/**
 * hd_row_find_slow() - find a row that is not in the lookup cache, or make it
 * @rows: of the current task
 * @key: of the syscall
 *
 * Context: as hd_row_find().
 * Return: the row; rows->rest where none is left.
 */
struct hd_row *hd_row_find_slow(struct hd_rows *rows, u32 key)
{
	struct hd_row *row = hd_rcu_own(rows->slots[key % HD_ROW_SLOTS]);

	for (; row != &hd_row_none; row = row->next)
		if (row->key == key)
			break;
	if (row == &hd_row_none)
		row = make_row(rows, key);
	if (!row) {
		hd_lost(HD_LOST_DETAIL);
		WRITE_ONCE(rows->rest.key, key);
		return &rows->rest;
	}
	/* each of those takes the slow way, where it is told of */
	if (!(row->flags & HD_ROW_ACTS))
		rows->cache[key % HD_ROW_CACHE] = row;
	return row;
}

static void get_hist(struct hd_row *row)
{
	struct hd_hist *hist = hd_pool_get(&hist_pool);
	u32 i;

	if (!hist) {
		WRITE_ONCE(row->flags, row->flags | HD_ROW_NO_HIST);
		return;
	}
	memset(hist, 0, sizeof(*hist));
	for (i = 0; i < row->calls; i++)
		hd_hist_count(hist, row->samples[i]);
	row->hist = hist;
	/* pairs with the acquire in hd_row_add() */
	hd_store_release(&row->flags, row->flags | HD_ROW_HIST);
}

/**
 * hd_row_count() - count a call in the samples or the histogram of a row
 * @row: of the current task
 * @index: of its bucket
 *
 * Context: any but NMI and the scheduler's hooks; the owner only.
 */
void hd_row_count(struct hd_row *row, u32 index)
{
	if (!(row->flags & HD_ROW_HISTS) && row->calls >= HD_ROW_SAMPLES)
		get_hist(row);
	if (row->flags & HD_ROW_HIST) {
		hd_hist_count(row->hist, index);
		return;
	}
	if (row->flags & HD_ROW_NO_HIST)
		hd_lost(HD_LOST_DETAIL);
	else
		WRITE_ONCE(row->samples[row->calls], index);
	/* pairs with the acquires in add_samples() and hd_row_few() */
	hd_store_release(&row->calls, row->calls + 1);
}

/* Return: NULL where the pool was empty. */
static struct hd_wait *get_wait(struct hd_row *row)
{
	struct hd_wait *wait;

	if (row->flags & HD_ROW_NO_WAIT)
		return NULL;
	wait = hd_pool_get(&wait_pool);
	if (!wait) {
		WRITE_ONCE(row->flags, row->flags | HD_ROW_NO_WAIT);
		return NULL;
	}
	memset(wait, 0, sizeof(*wait));
	rcu_assign_pointer(row->wait, wait);
	return wait;
}

static void add_wait(struct hd_wait *to, const struct hd_wait *from)
{
	data_race(to->runq_ns += from->runq_ns);
	data_race(to->d_ns += from->d_ns);
	data_race(to->sleep_ns += from->sleep_ns);
}

/**
 * hd_row_waited() - add the time that a call has spent off the CPU
 * @rows: of the current task
 * @row: row of the call, before the call is counted
 * @wait: waits of the call
 *
 * A reader copies the calls first and the waits after them.  So it has the waits of
 * every call that it has, and mistakes no wait for time on the CPU.
 *
 * Context: as hd_row_count().
 */
void hd_row_waited(struct hd_rows *rows, struct hd_row *row,
		   const struct hd_wait *wait)
{
	struct hd_wait *row_wait;

	add_wait(&rows->wait, wait);
	/* pairs with the smp_rmb() in hd_wait_read(), which follows the reads of rows */
	smp_wmb();
	row_wait = hd_rcu_own(row->wait);
	if (!row_wait)
		row_wait = get_wait(row);
	if (row_wait)
		add_wait(row_wait, wait);
	else
		hd_lost(HD_LOST_DETAIL);
	smp_wmb();	/* pairs with the smp_rmb() in hd_row_read() and hd_row_few() */
}

static struct hd_error *find_error(struct hd_rows *rows, u32 key, u32 error)
{
	struct hd_error *at;

	for (at = hd_rcu_own(rows->errors); at; at = at->next)
		if (at->key == key && at->error == error)
			return at;
	if (rows->nr_errors >= MAX_ERRORS)
		return NULL;
	at = hd_pool_get(&error_pool);
	if (!at)
		return NULL;
	rows->nr_errors++;
	at->key = key;
	at->error = error;
	at->count = 0;
	memset(&at->recent, 0, sizeof(at->recent));
	at->next = hd_rcu_own(rows->errors);
	rcu_assign_pointer(rows->errors, at);
	return at;
}

/**
 * hd_row_failed() - count the error of a call
 * @rows: of the current task
 * @row: of the call
 * @error: errno
 * @now: clock
 *
 * Context: as hd_row_count().
 */
void hd_row_failed(struct hd_rows *rows, struct hd_row *row, u32 error,
		   u64 now)
{
	struct hd_error *at = find_error(rows, row->key, error);

	data_race(row->errors++);
	if (!at) {
		hd_lost(HD_LOST_DETAIL);
		return;
	}
	WRITE_ONCE(at->last, now);
	data_race(at->count++);
	hd_recent_count(&at->recent, hd_clock_slice(now));
}

/**
 * hd_row_free() - free the histogram and the waits of a row, not the row
 * @row: no reader can reach it any more
 *
 * Context: any but NMI.
 */
void hd_row_free(struct hd_row *row)
{
	struct hd_wait *wait;

	if (row->flags & HD_ROW_HIST)
		hd_pool_put(&hist_pool, row->hist);
	wait = hd_rcu_own(row->wait);
	if (wait)
		hd_pool_put(&wait_pool, wait);
}

/**
 * hd_rows_free() - free the rows of a task that has ended
 * @rows: no reader can reach them any more
 *
 * Context: any but NMI.
 */
void hd_rows_free(struct hd_rows *rows)
{
	struct hd_error *error, *next_error;
	struct hd_row *row, *next;
	u32 i;

	for (error = hd_rcu_own(rows->errors); error; error = next_error) {
		next_error = error->next;
		hd_pool_put(&error_pool, error);
	}
	hd_row_free(&rows->rest);
	for (i = 0; i < HD_ROW_SLOTS; i++) {
		for (row = hd_rcu_own(rows->slots[i]); row != &hd_row_none;
		     row = next) {
			next = row->next;
			hd_row_free(row);
			hd_pool_put(&row_pool, row);
		}
	}
}

/**
 * hd_row_zero() - zero the counts of a row
 * @row: of the current task, or one that the caller has locked
 *
 * The histogram is zeroed and not freed, since a reader may be copying it.
 *
 * Context: the owner only.
 */
void hd_row_zero(struct hd_row *row)
{
	struct hd_wait *wait = hd_rcu_own(row->wait);

	WRITE_ONCE(row->errors, 0);
	WRITE_ONCE(row->sum_ns, 0);
	WRITE_ONCE(row->max_ns, 0);
	if (wait)
		data_race(memset(wait, 0, sizeof(*wait)));
	WRITE_ONCE(row->flags, row->flags & ~HD_ROW_NO_WAIT);
	if (row->flags & HD_ROW_HIST) {
		data_race(memset(row->hist, 0, sizeof(*row->hist)));
		return;
	}
	WRITE_ONCE(row->calls, 0);
	WRITE_ONCE(row->flags, row->flags & ~HD_ROW_NO_HIST);
}

/**
 * hd_rows_convert() - convert the times of errors to another clock
 * @rows: of a task that counts nothing meanwhile
 * @change: from the old clock to the new one
 *
 * The counts of the last slices begin anew, since slices are the old clock's.
 *
 * Context: under rcu_read_lock().
 */
void hd_rows_convert(struct hd_rows *rows, const struct hd_clock_change *change)
{
	struct hd_error *at;

	for (at = rcu_dereference(rows->errors); at; at = at->next) {
		WRITE_ONCE(at->last, hd_clock_convert(change, at->last));
		data_race(memset(&at->recent, 0, sizeof(at->recent)));
	}
}

/**
 * hd_rows_zero() - zero the counts of the current task's rows
 * @rows: of the current task
 *
 * Context: the owner only.
 */
void hd_rows_zero(struct hd_rows *rows)
{
	struct hd_error *error;
	struct hd_row *row;
	u32 i;

	data_race(memset(&rows->wait, 0, sizeof(rows->wait)));
	for (error = hd_rcu_own(rows->errors); error; error = error->next) {
		WRITE_ONCE(error->count, 0);
		data_race(memset(&error->recent, 0, sizeof(error->recent)));
	}
	hd_row_zero(&rows->rest);
	for (i = 0; i < HD_ROW_SLOTS; i++)
		for (row = hd_rcu_own(rows->slots[i]); row != &hd_row_none;
		     row = row->next)
			hd_row_zero(row);
}
