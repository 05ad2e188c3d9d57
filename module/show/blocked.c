// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tasks that wait in the kernel, in D sleep for anything or in interruptible sleep
 * for a lock: the lock, its holder, and the task at the end of the chain of holders.
 *
 * The links of a chain are read one after the other.  The chain is reported only
 * if all its tasks have slept from the first look to the last, so that all its
 * links existed at one moment: while locks change hands, links of different moments
 * would form circles that never existed.
 */
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/string.h>
#include "compat/mem.h"
#include "compat/sched.h"
#include "compat/waiter.h"
#include "core/clock.h"
#include "show/blocked.h"
#include "show/locks.h"
#include "show/reader.h"
#include "store/pool.h"
#include "store/task.h"

#define CHAIN_MOST	32u
#define YIELD_EVERY	64	/* tasks */

/* a task of a chain, with a reference, and its count of switches */
struct link {
	struct task_struct *task;
	unsigned long switches;
};

struct chain {
	u32 len;
	bool is_circle;
	struct link link[CHAIN_MOST];
};

static bool is_blocked(struct task_struct *p, unsigned long state)
{
	return state & TASK_UNINTERRUPTIBLE && !(state & TASK_NOLOAD) &&
	       !(state & TASK_DEAD) && !hd_task_frozen_in_d(p);
}

static bool holder_is_known(const struct hd_lock_wait *wait)
{
	return wait->holder && wait->hold == HD_HOLD_HELD;
}

static bool is_in(const struct chain *chain, const struct task_struct *p)
{
	u32 i;

	for (i = 0; i < chain->len; i++)
		if (chain->link[i].task == p)
			return true;
	return false;
}

/* the chain takes the reference over */
static void add_link(struct chain *chain, struct task_struct *p,
		     unsigned long switches)
{
	chain->link[chain->len].task = p;
	chain->link[chain->len++].switches = switches;
}

/* Return: the task at the end of the chain, with a reference; NULL: it is too long. */
static struct task_struct *follow_chain(struct hd_locks *locks, struct chain *chain,
					const struct hd_lock_wait *first)
{
	struct task_struct *at = first->holder;
	struct hd_lock_wait wait;

	get_task_struct(at);
	while (!is_in(chain, at)) {
		if (chain->len == CHAIN_MOST) {
			put_task_struct(at);
			return NULL;
		}
		if (!hd_locks_look(locks, at, &wait))
			return at;
		if (!holder_is_known(&wait)) {
			hd_lock_wait_put(&wait);
			return at;
		}
		add_link(chain, at, wait.switches);
		at = wait.holder;
	}
	chain->is_circle = true;
	return at;
}

static bool stood_still(const struct chain *chain)
{
	u32 i;

	for (i = 0; i < chain->len; i++)
		if (!hd_waiter_sleeps_on(chain->link[i].task,
					 chain->link[i].switches))
			return false;
	return true;
}

/* Return: false where the task is not visible in that namespace. */
static bool tell_who(struct task_struct *p, struct pid_namespace *ns,
		     struct hd_blocked_who *who)
{
	rcu_read_lock();
	who->tid = task_pid_nr_ns(p, ns);
	who->tgid = task_tgid_nr_ns(p, ns);
	memcpy(who->comm, p->comm, sizeof(who->comm));
	rcu_read_unlock();
	who->comm[sizeof(who->comm) - 1] = '\0';
	if (!who->tid)
		memset(who, 0, sizeof(*who));
	return who->tid;
}

/* name the lowest tid, so that all tasks of a circle are given the same root */
static void tell_circle(const struct chain *chain, struct task_struct *first,
			struct pid_namespace *ns, struct hd_blocked_who *root)
{
	struct hd_blocked_who who;
	u32 i = 0;

	while (chain->link[i].task != first)
		i++;
	for (; i < chain->len; i++)
		if (tell_who(chain->link[i].task, ns, &who) &&
		    (!root->tid || who.tid < root->tid))
			*root = who;
}

static void tell_root(struct hd_reader *reader, struct hd_locks *locks,
		      struct task_struct *p, const struct hd_lock_wait *wait,
		      struct hd_blocked_row *row)
{
	struct chain chain = { .len = 0 };
	struct task_struct *end;

	get_task_struct(p);
	add_link(&chain, p, wait->switches);
	end = follow_chain(locks, &chain, wait);
	if (end && stood_still(&chain)) {
		row->is_circle = chain.is_circle;
		row->links = chain.len;
		if (chain.is_circle)
			tell_circle(&chain, end, reader->ns, &row->root);
		else
			tell_who(end, reader->ns, &row->root);
	}
	if (end)
		put_task_struct(end);
	while (chain.len)
		put_task_struct(chain.link[--chain.len].task);
}

static void tell_place(struct hd_reader *reader, struct task_struct *p,
		       struct hd_blocked_row *row)
{
	struct hd_sleeper sleeper;

	if (hd_sleeper_look(p, 0, &reader->stacks, &sleeper))
		hd_place_name_of(&reader->names, sleeper.addrs, sleeper.depth,
				 row->place);
}

static u64 age_of(const struct hd_task *task, struct task_struct *p)
{
	u64 since = READ_ONCE(task->d_start);

	if (since)
		return hd_clock_since(since, hd_clock_read());
	return hd_task_off_cpu_ns(p) ?: HD_AGE_UNKNOWN;
}

/* Return: false where the task does not wait, or waits only for work. */
static bool tell_task(struct hd_reader *reader, struct hd_locks *locks,
		      struct task_struct *p, struct hd_blocked_row *row)
{
	bool in_d = is_blocked(p, hd_task_state(p));
	struct hd_lock_wait wait;

	if (!hd_locks_look(locks, p, &wait) && !in_d)
		return false;
	row->state = in_d ? 'D' : 'S';
	row->wait = wait.kind;
	row->age_ns = age_of(reader->task, p);
	memcpy(row->object, wait.object, sizeof(row->object));
	if (wait.holder ? tell_who(wait.holder, reader->ns, &row->holder) :
			  wait.hold == HD_HOLD_NOBODY)
		row->hold = wait.hold;
	if (holder_is_known(&wait) && row->holder.tid)
		tell_root(reader, locks, p, &wait, row);
	tell_place(reader, p, row);
	hd_lock_wait_put(&wait);
	return true;
}

/**
 * hd_blocked_look() - report how the task at the reader's position waits
 * @reader: hd_reader_task() was true
 * @locks: from hd_locks_new()
 * @row: filled
 *
 * Context: process; sleeps, but takes no lock that a reported task may hold.
 * Return: false where the task does not wait in the kernel.
 */
bool hd_blocked_look(struct hd_reader *reader, struct hd_locks *locks,
		     struct hd_blocked_row *row)
{
	struct task_struct *p = hd_reader_get_task(reader);
	bool waits;

	if (!p)
		return false;
	memset(row, 0, sizeof(*row));
	row->self.tid = reader->row.tid;
	row->self.tgid = reader->row.tgid;
	memcpy(row->self.comm, reader->row.comm, sizeof(row->self.comm));
	waits = p != current && !fatal_signal_pending(current) &&
		tell_task(reader, locks, p, row);
	put_task_struct(p);
	return waits;
}

/**
 * struct hd_blocked_search - what one keeps who looks at all that wait
 * @locks: of hd_locks_new(), or in the same piece of memory
 * @tree: what was found
 * @row: of the task that is looked at
 */
struct hd_blocked_search {
	struct hd_locks *locks;
	struct hd_blocked_tree tree;
	struct hd_blocked_row row;
};

/* with only: of that task alone */
static void look_at_all(struct hd_reader *reader,
			struct hd_blocked_search *search, u32 only)
{
	struct hd_blocked_row *row = &search->row;
	u32 i;

	for (i = 0; i < hd_tasks_end(); i++) {
		if (i % YIELD_EVERY == 0)
			cond_resched();
		if (!hd_reader_task(reader, i) ||
		    (only && reader->row.tid != only) ||
		    !hd_blocked_look(reader, search->locks, row))
			continue;
		if (only)
			hd_blocked_add_other(&search->tree, row);
		else
			hd_blocked_add_behind(&search->tree, row);
	}
}

/**
 * hd_blocked_worst() - who keeps the most others waiting in the kernel?
 * @reader: it is at no task then
 * @worst: filled; nobody: nobody does, or there is no memory
 *
 * Context: process; sleeps.
 */
void hd_blocked_worst(struct hd_reader *reader, struct hd_blocked_root *worst)
{
	struct hd_blocked_search *search = hd_kvzalloc(sizeof(*search));
	enum hd_sums sums = reader->sums;

	memset(worst, 0, sizeof(*worst));
	if (!search)
		return;
	search->locks = hd_locks_new();
	if (search->locks) {
		reader->sums = HD_SUMS_NONE;
		look_at_all(reader, search, 0);
		hd_blocked_sort(&search->tree);
		if (search->tree.len) {
			look_at_all(reader, search,
				    search->tree.root[0].who.tid);
			*worst = search->tree.root[0];
		}
		reader->sums = sums;
	}
	hd_locks_free(search->locks);
	hd_kvfree(search);
}

#define SEARCH_BYTES	ALIGN(sizeof(struct hd_blocked_search), sizeof(u64))

/**
 * hd_blocked_search_new() - memory for hd_blocked_search(), beforehand
 *
 * Context: process; sleeps.
 * Return: to be freed by hd_blocked_search_free(); NULL: there is no memory.
 */
struct hd_blocked_search *hd_blocked_search_new(void)
{
	struct hd_blocked_search *search;

	search = hd_fixed_alloc(SEARCH_BYTES + hd_locks_bytes());
	if (search)
		search->locks = (void *)search + SEARCH_BYTES;
	return search;
}

/**
 * hd_blocked_search_free() - free it
 * @search: of hd_blocked_search_new(), or NULL
 *
 * Context: process; sleeps.
 */
void hd_blocked_search_free(struct hd_blocked_search *search)
{
	hd_fixed_free(search, SEARCH_BYTES + hd_locks_bytes());
}

static void add_others(struct hd_reader *reader, struct hd_blocked_search *search)
{
	u32 i;

	for (i = 0; i < hd_tasks_end(); i++) {
		if (i % YIELD_EVERY == 0)
			cond_resched();
		if (hd_reader_task(reader, i) &&
		    hd_blocked_look(reader, search->locks, &search->row))
			hd_blocked_add_other(&search->tree, &search->row);
	}
}

/**
 * hd_blocked_search() - all that waits in the kernel, by its roots
 * @search: of hd_blocked_search_new()
 * @reader: it is at no task then; needs no sums
 *
 * Context: process; takes no memory, and no lock that a task may hold which is
 * reported about.
 * Return: the tree, sorted; the caller's until the next search.
 */
const struct hd_blocked_tree *hd_blocked_search(struct hd_blocked_search *search,
						struct hd_reader *reader)
{
	hd_locks_begin(search->locks);
	memset(&search->tree, 0, sizeof(search->tree));
	look_at_all(reader, search, 0);
	add_others(reader, search);
	hd_blocked_sort(&search->tree);
	return &search->tree;
}
