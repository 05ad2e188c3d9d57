// SPDX-License-Identifier: GPL-2.0-only
/*
 * The counts of exited tasks, by comm; see exited.h.
 *
 * Locking and context: exited_lock protects everything here.  It is taken
 * with irqs off, in the task-free event (softirq), at closes (any context) and by
 * readers, also inside an opener's lock; no lock is taken inside it.
 */
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/hash.h>
#include <linux/lockdep.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "core/clock.h"
#include "compat/mem.h"
#include "store/exited.h"
#include "store/pool.h"
#include "store/rows_read.h"
#include "store/task.h"

#define HASH_BITS	8
#define NONE		0xffff

struct exited {
	struct hd_task_row row[HD_EXITED_ROWS];
	u64 weight[HD_EXITED_COMMS];	/* of rows in use; apart, since it is scanned */
	u16 head[1 << HASH_BITS];
	u16 next[HD_EXITED_COMMS];
	u16 used;
	u32 seen[HD_EXITED_ROWS];	/* hd_census.mark of each census that has read it */
	struct hd_task_row sum;	/* of the task that is being added */
	u64 deaths;		/* number of the next death */
	struct hd_death_row death[HD_DEATHS];
	struct hd_ring ring[HD_DEATHS];		/* the last calls of each */
	u64 ring_from[HD_DEATHS];		/* as hd_task.ring_from */
};

static struct exited *exited;
static DEFINE_RAW_SPINLOCK(exited_lock);	/* protects *exited; innermost */
/* the censuses in progress, by the number of their mark; protected by exited_lock */
static struct hd_census *censuses[HD_CENSUSES];
static unsigned long marks_used;	/* a bit for each mark; atomic, without the lock */

static u32 mark_of(u32 nr)
{
	return HD_SEEN_ENDED << (nr + 1);
}

static u32 nr_of(u32 mark)
{
	return __ffs(mark / HD_SEEN_ENDED) - 1;
}

static u32 hash_comm(const char *comm)
{
	u64 word[2];

	memcpy(word, comm, sizeof(word));
	return hash_64(word[0] ^ (word[1] * 31), HASH_BITS);
}

static u16 find_comm(const char *comm)
{
	u16 i;

	lockdep_assert_held(&exited_lock);
	for (i = exited->head[hash_comm(comm)]; i != NONE; i = exited->next[i])
		if (!memcmp(exited->row[i].comm, comm, HOSTDIAG_COMM_LEN))
			break;
	return i;
}

static void unlink_comm(u16 gone)
{
	u16 *at = &exited->head[hash_comm(exited->row[gone].comm)];

	lockdep_assert_held(&exited_lock);
	while (*at != gone)
		at = &exited->next[*at];
	*at = exited->next[gone];
}

static void add_wait(struct hd_wait_sums *to, const struct hd_wait_sums *from)
{
	to->runq_ns += from->runq_ns;
	to->d_ns += from->d_ns;
	to->sleep_ns += from->sleep_ns;
}

static void clear_row(struct hd_task_row *row)
{
	u32 kind;

	memset(row, 0, sizeof(*row));
	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		row->stat[kind].valid = true;
	row->wait.valid = true;
}

/* A census that has read the row must not count it again in the row of the rest. */
static void move_to_rest(u16 index)
{
	struct hd_task_row *from = &exited->row[index];
	struct hd_census *census;
	u32 i;

	lockdep_assert_held(&exited_lock);
	for (i = 0; i < HD_CENSUSES; i++) {
		census = censuses[i];
		if (!census)
			continue;
		hd_task_add(&census->dead[HD_EXITED_REST],
			    exited->seen[index] & census->mark ?
			    from : &census->dead[index]);
		clear_row(&census->dead[index]);
	}
	exited->seen[index] = 0;
	hd_task_add(&exited->row[HD_EXITED_REST], from);
}

static u16 make_room(void)
{
	u16 i, lightest = 0;

	lockdep_assert_held(&exited_lock);
	if (exited->used < HD_EXITED_COMMS)
		return exited->used++;
	for (i = 1; i < HD_EXITED_COMMS; i++)
		if (exited->weight[i] < exited->weight[lightest])
			lightest = i;
	move_to_rest(lightest);
	unlink_comm(lightest);
	return lightest;
}

static u16 find_or_make(const char *comm)
{
	u16 i = find_comm(comm), *head;

	if (i != NONE)
		return i;
	i = make_room();
	clear_row(&exited->row[i]);
	memcpy(exited->row[i].comm, comm, HOSTDIAG_COMM_LEN);
	exited->weight[i] = 0;
	head = &exited->head[hash_comm(comm)];
	exited->next[i] = *head;
	*head = i;
	return i;
}

static void add_dsleep(struct hd_stat *stat, const struct hd_task *task)
{
	hd_stat_add(stat, &task->dsleep);
	stat->sum_ns += task->d_sum_ns;
	if (task->d_max_ns > stat->max_ns)
		stat->max_ns = task->d_max_ns;
}

/*
 * Fills all but the calls.  The ring of the last calls goes to the death, and the
 * record gets that of the death which this one overwrites, to give it back.
 */
static struct hd_death_row *new_death(const char *comm, struct hd_task *task)
{
	u32 at = exited->deaths % HD_DEATHS;
	struct hd_death_row *death = &exited->death[at];

	lockdep_assert_held(&exited_lock);
	swap(exited->ring[at], task->ring);
	exited->ring_from[at] = task->ring_from;
	WRITE_ONCE(exited->deaths, exited->deaths + 1);
	death->when_ns = hd_clock_when(task->call_start, hd_clock_read(),
				       hd_kernel_clock());
	death->life_ns = (s64)task->life_ns < 0 ? 0 : task->life_ns;
	death->d_ns = task->d_sum_ns;
	death->tid = task->tid;
	death->tgid = task->tgid;
	death->ppid = task->ppid;
	death->exit_code = task->exit_code;
	death->oom = task->is_oom;
	memcpy(death->comm, comm, sizeof(death->comm));
	return death;
}

/* Adds exited->sum to its row, and to the rows that the censuses of @seen leave out. */
static noinline void add_seen(u16 index, u32 seen)
{
	u32 i;

	lockdep_assert_held(&exited_lock);
	hd_task_add(&exited->row[index], &exited->sum);
	for (i = 0; i < HD_CENSUSES; i++)
		if (censuses[i] && censuses[i]->mark & seen)
			hd_task_add(&censuses[i]->dead[index], &exited->sum);
}

/* the values for an exited task of the counters that are OWN, see counts.h */
#define DEAD_tasks	1
#define DEAD_errors	errors
#define DEAD_opens	(opens->closed ? opens->opens : 0)
#define DEAD_open_now	(opens->closed ? opens->open_now : 0)

#define ADD_DEAD(name, how, writer) \
	HD_IF_CALLS_##writer(row->name += task->name;) \
	HD_IF_DSLEEP_##writer(row->name += task->name;) \
	HD_IF_OWN_##writer(row->name += DEAD_##name;)

/**
 * hd_exited_add() - count a task as exited, and no longer as live
 * @comm: last comm of the task, HOSTDIAG_COMM_LEN bytes, zero-padded
 * @task: record of the task, which has no other writer any more; its id becomes 0
 * @opens: counts of its open files
 *
 * Context: any but NMI.
 */
void hd_exited_add(const char *comm, struct hd_task *task,
		   const struct hd_opens *opens)
{
	struct hd_death_row *death;
	struct hd_wait_sums wait;
	struct hd_task_row *row;
	struct hd_stat *stat;
	unsigned long flags;
	u64 errors = 0;
	u32 seen;
	u16 i;

	hd_wait_read(&task->rows, &wait);
	raw_spin_lock_irqsave(&exited_lock, flags);
	i = find_or_make(comm);
	row = &exited->row[i];
	/* full barrier: pairs with hd_census_count() */
	seen = xchg(&task->seen, HD_SEEN_ENDED);
	if (unlikely(seen)) {
		row = &exited->sum;
		clear_row(row);
	}
	stat = &row->stat[HOSTDIAG_KIND_SYSCALL];
	death = new_death(comm, task);
	death->calls = stat->count;
	hd_rows_sum(&task->rows, stat, &errors);
	HD_COUNT_LIST(ADD_DEAD)
	death->calls = stat->count - death->calls;
	death->errors = errors;
	add_wait(&row->wait, &wait);
	if (task->d_slept)
		add_dsleep(&row->stat[HOSTDIAG_KIND_DSLEEP], task);
	if (opens->closed)
		hd_row_add(opens->closed, &row->stat[HOSTDIAG_KIND_OPEN]);
	if (unlikely(seen))
		add_seen(i, seen);
	row = &exited->row[i];
	exited->weight[i] = row->tasks + row->stat[HOSTDIAG_KIND_SYSCALL].count;
	WRITE_ONCE(task->id, 0);
	raw_spin_unlock_irqrestore(&exited_lock, flags);
}

/* The row that counts a file of an exited task as open: it may have moved to the rest. */
static struct hd_task_row *row_with_open(const char *comm)
{
	u16 i = find_comm(comm);

	if (i == NONE || !exited->row[i].open_now)
		i = HD_EXITED_REST;
	return &exited->row[i];
}

/**
 * hd_exited_close() - count the close of a file that an exited task had opened
 * @comm: comm under which the task was added
 * @ns: time from open to close
 *
 * Context: any but NMI.
 */
void hd_exited_close(const char *comm, u64 ns)
{
	struct hd_task_row *row;
	struct hd_stat *stat;
	unsigned long flags;

	raw_spin_lock_irqsave(&exited_lock, flags);
	row = row_with_open(comm);
	stat = &row->stat[HOSTDIAG_KIND_OPEN];
	row->open_now--;
	stat->count++;
	++*hd_stat_bucket(stat, hd_hist_index(ns));
	stat->sum_ns += ns;
	if (ns > stat->max_ns)
		stat->max_ns = ns;
	raw_spin_unlock_irqrestore(&exited_lock, flags);
}

/**
 * hd_exited_forget() - forget an open file of an exited task
 * @comm: comm under which the task was added
 *
 * Context: any but NMI.
 */
void hd_exited_forget(const char *comm)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&exited_lock, flags);
	row_with_open(comm)->open_now--;
	raw_spin_unlock_irqrestore(&exited_lock, flags);
}

static void subtract_stat(struct hd_stat *from, const struct hd_stat *part)
{
	u32 i;

	from->count -= part->count;
	from->sum_ns -= min(part->sum_ns, from->sum_ns);
	/* the buckets of the part are among those of the whole */
	for (i = part->low; i < part->end; i++)
		if (part->bucket[i])
			from->bucket[i] -= part->bucket[i];
}

/* A file that was open while the task was live may have been closed since. */
static void subtract_row(struct hd_task_row *from, const struct hd_task_row *part)
{
	u32 kind;

	from->tasks -= part->tasks;
	from->errors -= part->errors;
	from->iowait_ns -= part->iowait_ns;
	from->opens -= part->opens;
	from->open_now -= min(part->open_now, from->open_now);
	from->wait.runq_ns -= part->wait.runq_ns;
	from->wait.d_ns -= part->wait.d_ns;
	from->wait.sleep_ns -= part->wait.sleep_ns;
	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		subtract_stat(&from->stat[kind], &part->stat[kind]);
}

/**
 * hd_exited_read() - copy a row
 * @index: index of the row, below HD_EXITED_ROWS
 * @census: the tasks that it has counted as live are left out; NULL: none is
 * @row: filled
 *
 * Context: any but NMI.
 * Return: false where there is no such row.
 */
bool hd_exited_read(u32 index, const struct hd_census *census,
		    struct hd_task_row *row)
{
	unsigned long flags;
	bool there;

	raw_spin_lock_irqsave(&exited_lock, flags);
	there = index < exited->used ||
		index == HD_EXITED_REST;
	if (there)
		*row = exited->row[index];
	if (there && census && census->mark) {
		exited->seen[index] |= census->mark;
		subtract_row(row, &census->dead[index]);
	}
	raw_spin_unlock_irqrestore(&exited_lock, flags);
	return there;
}

/**
 * hd_census_begin() - begin to add up live and exited tasks
 * @census: filled; the caller must call hd_census_end()
 *
 * Where HD_CENSUSES are in progress already, or there is no memory, the census gets no
 * mark, and may count a task twice that exits meanwhile.
 *
 * Context: process; sleeps.
 */
void hd_census_begin(struct hd_census *census)
{
	unsigned long flags;
	u32 nr;

	census->mark = 0;
	census->dead = hd_kvzalloc(HD_EXITED_ROWS * sizeof(*census->dead));
	if (!census->dead)
		return;
	for (nr = 0; nr < HD_CENSUSES; nr++)
		if (!test_and_set_bit(nr, &marks_used))
			break;
	if (nr == HD_CENSUSES)
		return;
	census->mark = mark_of(nr);
	raw_spin_lock_irqsave(&exited_lock, flags);
	censuses[nr] = census;
	raw_spin_unlock_irqrestore(&exited_lock, flags);
}

/**
 * hd_census_count() - count a live task
 * @census: as of hd_census_begin()
 * @task: its record, which has been read
 * @id: what hd_task_read() returned then
 *
 * Context: any but NMI.
 * Return: false where the task has exited meanwhile and is counted as exited: the
 * caller drops the counts that it has read.
 */
bool hd_census_count(const struct hd_census *census, struct hd_task *task, u64 id)
{
	bool counted = false;
	u32 seen;

	rcu_read_lock();
	/* within the RCU read side a record is not given to another task */
	while (hd_load_acquire(&task->id) == id) {
		seen = READ_ONCE(task->seen);
		if (seen & HD_SEEN_ENDED)
			break;
		/* full barrier: pairs with the xchg in hd_exited_add() */
		counted = cmpxchg(&task->seen, seen, seen | census->mark) == seen;
		if (counted)
			break;
	}
	rcu_read_unlock();
	return counted;
}

/* Clears the mark of a census that has ended in a record. */
static void unmark_task(struct hd_task *task, u32 mark)
{
	u32 seen = READ_ONCE(task->seen), was;

	for (; seen & mark; seen = was) {
		was = cmpxchg(&task->seen, seen, seen & ~mark);
		if (was == seen)
			break;
	}
}

/* When another census gets the mark, no record and no row may bear it. */
static void take_mark_off(u32 mark)
{
	unsigned long flags;
	u32 i;

	for (i = 0; i < hd_tasks_end(); i++) {
		unmark_task(hd_task_at(i), mark);
		cond_resched();
	}
	for (i = 0; i < HD_EXITED_ROWS; i++) {
		raw_spin_lock_irqsave(&exited_lock, flags);
		exited->seen[i] &= ~mark;
		raw_spin_unlock_irqrestore(&exited_lock, flags);
	}
}

/**
 * hd_census_end() - end a census, after the sums have been read
 * @census: the census of hd_census_begin(), or zeroed
 *
 * Context: process; sleeps.
 */
void hd_census_end(struct hd_census *census)
{
	unsigned long flags;
	u32 nr;

	if (census->mark) {
		nr = nr_of(census->mark);
		raw_spin_lock_irqsave(&exited_lock, flags);
		censuses[nr] = NULL;
		raw_spin_unlock_irqrestore(&exited_lock, flags);
		take_mark_off(census->mark);
		/* pairs with test_and_set_bit(): the next census finds the mark nowhere */
		clear_bit_unlock(nr, &marks_used);
	}
	hd_kvfree(census->dead);
	census->mark = 0;
	census->dead = NULL;
}

/* hd_deaths_end() - the number that the next death will have */
u64 hd_deaths_end(void)
{
	return READ_ONCE(exited->deaths);
}

/**
 * hd_death_read() - copy a death
 * @nth: number of the death
 * @row: filled
 *
 * Context: any but NMI.
 * Return: false where the death is not kept any more.
 */
bool hd_death_read(u64 nth, struct hd_death_row *row)
{
	unsigned long flags;
	bool there;

	raw_spin_lock_irqsave(&exited_lock, flags);
	there = nth < exited->deaths && nth + HD_DEATHS >= exited->deaths;
	if (there)
		*row = exited->death[nth % HD_DEATHS];
	raw_spin_unlock_irqrestore(&exited_lock, flags);
	return there && row->when_ns;
}

/* Zeroes the counts, except for the files that are open. */
static void zero_row(struct hd_task_row *row)
{
	char comm[HOSTDIAG_COMM_LEN];
	u64 open_now = row->open_now;

	memcpy(comm, row->comm, sizeof(comm));
	clear_row(row);
	memcpy(row->comm, comm, sizeof(comm));
	row->open_now = open_now;
}

/**
 * hd_death_calls() - copy the last calls of a task that has ended
 * @nth: number of its death
 * @to: the calls, the oldest first
 *
 * Context: any but NMI.
 * Return: the number of calls.
 */
u32 hd_death_calls(u64 nth, struct hd_recorded to[HD_CALLS_MOST])
{
	u32 at = nth % HD_DEATHS, nr = 0;
	unsigned long flags;

	raw_spin_lock_irqsave(&exited_lock, flags);
	if (nth < exited->deaths && nth + HD_DEATHS >= exited->deaths)
		nr = hd_ring_copy(&exited->ring[at], &exited->ring_from[at], to);
	raw_spin_unlock_irqrestore(&exited_lock, flags);
	return nr;
}

/**
 * hd_deaths_forget_recorded() - forget the last calls of exited tasks, whose times are
 *	those of another clock
 *
 * Context: any but NMI.
 */
void hd_deaths_forget_recorded(void)
{
	unsigned long flags;
	u32 i;

	raw_spin_lock_irqsave(&exited_lock, flags);
	for (i = 0; i < HD_DEATHS; i++)
		exited->ring_from[i] = exited->ring[i].end;
	raw_spin_unlock_irqrestore(&exited_lock, flags);
}

/**
 * hd_exited_reset() - zero all counts, except for the files that are open
 *
 * Context: any but NMI.
 */
void hd_exited_reset(void)
{
	unsigned long flags;
	u32 i, c;

	raw_spin_lock_irqsave(&exited_lock, flags);
	for (i = 0; i < HD_DEATHS; i++)
		exited->death[i].when_ns = 0;
	raw_spin_unlock_irqrestore(&exited_lock, flags);
	for (i = 0; i < HD_EXITED_ROWS; i++) {
		raw_spin_lock_irqsave(&exited_lock, flags);
		for (c = 0; c < HD_CENSUSES; c++)
			if (censuses[c])
				zero_row(&censuses[c]->dead[i]);
		zero_row(&exited->row[i]);
		if (i < HD_EXITED_COMMS)
			exited->weight[i] = 0;
		raw_spin_unlock_irqrestore(&exited_lock, flags);
	}
}

/**
 * hd_exited_init() - make the table
 *
 * Return: 0 or -ENOMEM.
 */
int hd_exited_init(void)
{
	u32 i;

	exited = hd_fixed_alloc(sizeof(*exited));
	if (!exited)
		return -ENOMEM;
	memset(exited->head, 0xff, sizeof(exited->head));
	clear_row(&exited->row[HD_EXITED_REST]);
	for (i = 0; i < HD_DEATHS; i++)
		hd_ring_init(&exited->ring[i]);
	return 0;
}

void hd_exited_exit(void)
{
	hd_fixed_free(exited, sizeof(*exited));
	exited = NULL;
}
