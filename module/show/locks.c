// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lock that a sleeping task waits for, and its holder.  A reader finds both
 * from the end of the task's stack; no hook takes part.
 *
 * A task that waits for a mutex, rwsem or semaphore has a node on its stack that
 * is linked into the lock's list of waiters, with the address of the task beside
 * it.  A task that waits for a percpu_rwsem, which does not record its holder, has
 * such a node in its entry of a queue.  A holder is reported only if all of this is
 * proven:
 *
 *  - the node is linked both ways, and lies below a return address into the
 *    slow path of one kind of lock, and of no other;
 *  - its ring closes, and consists of waiters, each of which is a live task with
 *    the node on its own stack, and of the list head within the lock;
 *  - the address of that lock is a word of the sleeper's stack;
 *  - the owner that the lock records is a live task;
 *  - nothing changed meanwhile: the sleeper has not been switched in, its node is
 *    linked as before, and the owner is the same.
 *
 * If any of this fails, the holder is not known.  No lock is taken, and all memory
 * is read without faulting.
 */
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include "compat/lock.h"
#include "compat/mem.h"
#include "compat/probe.h"
#include "compat/queue.h"
#include "compat/sched.h"
#include "compat/waiter.h"
#include "show/lockname.h"
#include "show/locks.h"

#define RING_MOST	2048u		/* nodes; a longer ring is given up */
#define STEPS_MOST	(64u * RING_MOST)	/* nodes that one reader walks in all */
#define MEMBERS		4096u
#define MEMBER_TRIES	8u
#define SYMBOLS		512u
#define LOOKS		3u		/* attempts, while a ring changes */
#define TASK_AT		sizeof(struct list_head)	/* from a node */
#define RT_WAITER_MOST	256u		/* bytes of an rt_mutex_waiter */

/* a return address, and the kind of lock that its function waits for */
struct symbol {
	unsigned long addr;
	enum hd_awaited kind;
};

/*
 * A waiter in the ring of a lock.  While @switches shows that its task sleeps on,
 * the task is in that ring, so a ring is walked once for all its waiters.
 */
struct member {
	unsigned long node;
	struct task_struct *task;
	unsigned long switches;
	unsigned long lock;
	pid_t pid;
	enum hd_awaited kind;
};

/**
 * struct hd_locks - the state of a reader that looks at many tasks
 * @steps: nodes that the reader may still walk
 * @waiter: the stack of the task at hand
 * @len: nodes in @ring
 * @heads: nodes in @ring that are no waiters
 * @head: the last of these
 * @task_at: bytes from a node in @ring to the address of its task
 * @ring: the ring that was walked last
 * @member: waiters of rings that were walked, by hash of the node
 * @symbol: return addresses that were looked up, by hash
 * @names: names of locks
 * @text: buffer for the name of a symbol
 */
struct hd_locks {
	u32 steps;
	struct hd_waiter waiter;
	u32 len;
	u32 heads;
	unsigned long head;
	long task_at;
	struct member ring[RING_MOST];
	struct member member[MEMBERS];
	struct symbol symbol[SYMBOLS];
	struct hd_lock_names names;
	char text[KSYM_SYMBOL_LEN];
};

/* the result of one look at a sleeper */
struct claim {
	enum hd_awaited kind;
	unsigned long lock;
	unsigned long node;	/* 0: there is none */
	unsigned long beside;	/* address of the word that points to the task */
	struct hd_owner owner;
	bool has_owner;
};

/**
 * hd_locks_new() - allocate the state for looking at many tasks
 *
 * Context: process; sleeps.
 * Return: the state, to be freed by hd_locks_free(); NULL: there is no memory.
 */
struct hd_locks *hd_locks_new(void)
{
	struct hd_locks *locks = hd_kvzalloc(sizeof(*locks));

	if (locks)
		locks->steps = STEPS_MOST;
	return locks;
}

/* hd_locks_bytes() - the size of it, for who has the memory beforehand */
size_t hd_locks_bytes(void)
{
	return sizeof(struct hd_locks);
}

/**
 * hd_locks_begin() - the same as hd_locks_new(), in memory that is there
 * @locks: hd_locks_bytes() of any content
 *
 * Context: any.
 */
void hd_locks_begin(struct hd_locks *locks)
{
	u32 i;

	/* what a search fills before it reads it is left as it is */
	for (i = 0; i < MEMBERS; i++)
		locks->member[i].node = 0;
	for (i = 0; i < SYMBOLS; i++)
		locks->symbol[i].addr = 0;
	memset(&locks->names, 0, sizeof(locks->names));
	locks->steps = STEPS_MOST;
}

/**
 * hd_locks_free() - free what hd_locks_new() returned
 * @locks: from hd_locks_new(), or NULL
 *
 * Context: process.
 */
void hd_locks_free(struct hd_locks *locks)
{
	hd_kvfree(locks);
}

/* Return: the live task at that address, or NULL. */
static struct task_struct *task_at(unsigned long addr)
{
	struct task_struct *p;
	struct pid *pid;
	pid_t number;

	hd_assert_rcu();
	if (!addr || addr % sizeof(long) ||
	    !hd_bytes_at(addr + offsetof(struct task_struct, pid), &number,
			 sizeof(number)) || number <= 0)
		return NULL;
	pid = find_pid_ns(number, &init_pid_ns);
	p = pid ? pid_task(pid, PIDTYPE_PID) : NULL;
	return (unsigned long)p == addr ? p : NULL;
}

static enum hd_awaited kind_of(struct hd_locks *locks, unsigned long addr)
{
	struct symbol *symbol = &locks->symbol[addr / 4 % SYMBOLS];

	if (symbol->addr != addr) {
		/* a call that ends a function returns into the next one: look one back */
		snprintf(locks->text, sizeof(locks->text), "%ps",
			 (void *)(addr - 1));
		symbol->addr = addr;
		symbol->kind = hd_waiter_kind(locks->text);
	}
	return symbol->kind;
}

/* Return: the kind of lock that the function waits for into which that word returns. */
static enum hd_awaited kind_at(struct hd_locks *locks, u32 word)
{
	unsigned long addr = hd_waiter_text(locks->waiter.words[word]);

	return addr ? kind_of(locks, addr) : HD_AWAITS_UNKNOWN;
}

/* The task itself notes a wait for such a lock; see find_rt(). */
static bool is_of_rt(enum hd_awaited kind)
{
	return kind == HD_AWAITS_RT_MUTEX || kind == HD_AWAITS_RWBASE;
}

/*
 * The only kind of slow path among the return addresses below that word.  Those
 * of rt_mutexes are stale here: schedule() itself takes such locks on PREEMPT_RT.
 */
static enum hd_awaited kind_below(struct hd_locks *locks, u32 word)
{
	enum hd_awaited kind, only = HD_AWAITS_UNKNOWN;
	u32 i;

	for (i = 0; i < word; i++) {
		kind = kind_at(locks, i);
		if (kind == HD_AWAITS_UNKNOWN || kind == only ||
		    is_of_rt(kind))
			continue;
		if (only != HD_AWAITS_UNKNOWN)
			return HD_AWAITS_UNKNOWN;
		only = kind;
	}
	return only;
}

static bool is_linked(unsigned long node, unsigned long *next)
{
	unsigned long prev, back, forth;

	return hd_word_at(node, next) &&
	       hd_word_at(node + sizeof(long), &prev) &&
	       hd_word_at(*next + sizeof(long), &back) && back == node &&
	       hd_word_at(prev, &forth) && forth == node;
}

/* add a node to the ring: a waiter, or the head */
static void note_node(struct hd_locks *locks, unsigned long node)
{
	struct member *member = &locks->ring[locks->len++];
	struct task_struct *p = NULL;
	unsigned long word;

	if (hd_word_at(node + locks->task_at, &word))
		p = task_at(word);
	if (p && !hd_waiter_on_stack_of(p, node))
		p = NULL;
	member->node = node;
	member->task = p;
	member->pid = p ? p->pid : 0;
	member->switches = p ? hd_waiter_switches(p) : 0;
	if (p)
		return;
	locks->heads++;
	locks->head = node;
}

/* Return: false where the ring does not close, or is too long. */
static bool walk_ring(struct hd_locks *locks, unsigned long node)
{
	unsigned long at = node, next;

	locks->len = 0;
	locks->heads = 0;
	do {
		if (locks->len == RING_MOST || !locks->steps ||
		    !is_linked(at, &next))
			return false;
		locks->steps--;
		note_node(locks, at);
		at = next;
	} while (at != node);
	return true;
}

static bool is_in_ring(const struct hd_locks *locks, unsigned long node)
{
	u32 i;

	for (i = 0; i < locks->len; i++)
		if (locks->ring[i].node == node)
			return true;
	return false;
}

/* a lock on a waiter's own stack is a stale word that happens to match */
static bool is_on_their_stacks(const struct hd_locks *locks, unsigned long lock)
{
	u32 i;

	for (i = 0; i < locks->len; i++)
		if (locks->ring[i].task &&
		    hd_waiter_on_stack_of(locks->ring[i].task, lock))
			return true;
	return false;
}

/* is the word the address of the lock whose waiters are in the ring? */
static bool is_lock(const struct hd_locks *locks, enum hd_awaited kind,
		    unsigned long word)
{
	struct hd_ring ring = hd_ring_of(kind);
	unsigned long first;

	if (!ring.known || word < PAGE_OFFSET || word % sizeof(long))
		return false;
	if (!ring.is_first) {
		if (locks->heads != 1 || word + ring.at != locks->head)
			return false;
	} else if (locks->heads || !hd_word_at(word + ring.at, &first) ||
		   !is_in_ring(locks, first)) {
		return false;
	}
	return !is_on_their_stacks(locks, word) &&
	       hd_lock_has_waiters(kind, word);
}

/* Return: the lock; 0: no word of the sleeper is one, or two different words are. */
static unsigned long find_lock(const struct hd_locks *locks, enum hd_awaited kind,
			       struct task_struct *p)
{
	const struct hd_waiter *waiter = &locks->waiter;
	unsigned long lock = 0, word = hd_task_blocker(p);
	u32 i, words = waiter->nr_regs + waiter->nr_words;

	if (word && is_lock(locks, kind, word))
		return word;
	for (i = 0; i < words; i++) {
		word = i < waiter->nr_regs ? waiter->regs[i] :
			waiter->words[i - waiter->nr_regs];
		if (word == lock || !is_lock(locks, kind, word))
			continue;
		if (lock)
			return 0;
		lock = word;
	}
	return lock;
}

static u32 hash_of(unsigned long node)
{
	return hash_long(node, 31);
}

static void remember_claim(struct hd_locks *locks, const struct claim *claim)
{
	struct member *at;
	u32 i, j, hash;

	for (i = 0; i < locks->len; i++) {
		if (!locks->ring[i].task)
			continue;
		hash = hash_of(locks->ring[i].node);
		for (j = 0; j < MEMBER_TRIES; j++) {
			at = &locks->member[(hash + j) % MEMBERS];
			if (!at->node || at->node == locks->ring[i].node)
				break;
		}
		*at = locks->ring[i];
		at->lock = claim->lock;
		at->kind = claim->kind;
	}
}

/* was the node seen when the ring was walked for another waiter? */
static bool recall_claim(const struct hd_locks *locks, struct task_struct *p,
			 struct claim *claim)
{
	const struct member *at;
	u32 j, hash = hash_of(claim->node);

	for (j = 0; j < MEMBER_TRIES; j++) {
		at = &locks->member[(hash + j) % MEMBERS];
		if (at->node == claim->node && at->task == p &&
		    at->pid == p->pid &&
		    at->switches == locks->waiter.switches) {
			claim->kind = at->kind;
			claim->lock = at->lock;
			return true;
		}
	}
	return false;
}

/* Find the lock of whose ring the node is, and remember its other waiters. */
static void find_in_ring(struct hd_locks *locks, struct task_struct *p,
			 struct claim *claim)
{
	locks->task_at = claim->beside - claim->node;
	if (!walk_ring(locks, claim->node))
		return;
	claim->lock = find_lock(locks, claim->kind, p);
	if (claim->lock)
		remember_claim(locks, claim);
}

/* Return: false where the words there are no node of the task in a ring. */
static bool find_at(struct hd_locks *locks, struct task_struct *p, u32 word,
		    struct claim *claim)
{
	struct hd_ring ring;
	unsigned long next;

	claim->beside = locks->waiter.end + word * sizeof(long);
	claim->node = claim->beside - TASK_AT;
	if (!is_linked(claim->node, &next))
		return false;
	if (recall_claim(locks, p, claim))
		return true;
	claim->kind = kind_below(locks, word - TASK_AT / sizeof(long));
	ring = hd_ring_of(claim->kind);
	/* only where the head is outside of the ring may a node be linked to itself */
	if (!ring.known || (next == claim->node && !ring.is_first))
		return false;
	find_in_ring(locks, p, claim);
	return true;
}

/* Return: false where the words there are no entry of the task in a queue. */
static bool find_queued(struct hd_locks *locks, struct task_struct *p, u32 word,
			struct claim *claim)
{
	unsigned long func, next;

	claim->beside = locks->waiter.end + word * sizeof(long);
	claim->node = claim->beside + HD_QUEUE_NODE;
	if (!hd_word_at(claim->beside + HD_QUEUE_FUNC, &func) ||
	    !hd_waiter_text(func) || !is_linked(claim->node, &next))
		return false;
	if (recall_claim(locks, p, claim))
		return true;
	claim->kind = kind_of(locks, func + 1);
	if (claim->kind != HD_AWAITS_PERCPU_RWSEM)
		claim->kind = kind_below(locks, word);
	if ((claim->kind != HD_AWAITS_PERCPU_RWSEM &&
	     claim->kind != HD_AWAITS_THAW) || !hd_ring_of(claim->kind).known)
		return false;
	find_in_ring(locks, p, claim);
	return true;
}

static bool may_point(unsigned long word)
{
	return word >= PAGE_OFFSET && word % sizeof(long) == 0;
}

static bool find_node(struct hd_locks *locks, struct task_struct *p,
		      struct claim *claim)
{
	const struct hd_waiter *waiter = &locks->waiter;
	u32 i;

	for (i = TASK_AT / sizeof(long); i < waiter->nr_words; i++)
		if (waiter->words[i] == (unsigned long)p &&
		    ((may_point(waiter->words[i - 1]) &&
		      may_point(waiter->words[i - 2]) &&
		      find_at(locks, p, i, claim)) ||
		     find_queued(locks, p, i, claim)))
			return true;
	return false;
}

/* is a function of read-write locks among those that the task is in? */
static bool is_in_rwbase(struct hd_locks *locks)
{
	enum hd_awaited kind;
	u32 i;

	for (i = 0; i < locks->waiter.nr_words; i++) {
		kind = kind_at(locks, i);
		if (kind == HD_AWAITS_RWBASE || kind == HD_AWAITS_RWSEM)
			return true;
	}
	return false;
}

/*
 * No public header has struct rt_mutex_waiter: it holds its task, then the lock.
 * The lock may be the rt_mutex in an rwsem.  Where only a stale word on the stack
 * says so, the lock has no count of readers, and no owner is told.
 */
static bool find_rt(struct hd_locks *locks, struct task_struct *p,
		    struct claim *claim)
{
	unsigned long waiter = hd_task_rt_waiter(p), word;
	u32 i;

	if (waiter < locks->waiter.end || waiter >= locks->waiter.high)
		return false;
	for (i = 0; i < RT_WAITER_MOST; i += sizeof(long)) {
		if (!hd_word_at(waiter + i, &word))
			return false;
		if (word != (unsigned long)p)
			continue;
		claim->beside = waiter + i;
		claim->kind = is_in_rwbase(locks) ? HD_AWAITS_RWBASE :
						    HD_AWAITS_RT_MUTEX;
		return hd_word_at(claim->beside + sizeof(long), &claim->lock) &&
		       may_point(claim->lock);
	}
	return false;
}

/*
 * Up to 5.6 a percpu_rwsem contains an rwsem, and the owner field of that stays
 * set when a task leaves it locked and exits, as fsfreeze does: the memory may be
 * that of another task by now.  So no owner of such a lock is reported.
 */
static bool may_be_percpu(struct hd_locks *locks)
{
	u32 i;

	for (i = 0; i < locks->waiter.nr_words; i++)
		if (kind_at(locks, i) == HD_AWAITS_PERCPU_RWSEM)
			return true;
	return false;
}

/* does the task still wait for that lock, and is the owner the same? */
static bool is_still_so(const struct hd_locks *locks, struct task_struct *p,
			const struct claim *claim)
{
	struct hd_owner owner;
	unsigned long word, next;

	if (claim->beside && (!hd_word_at(claim->beside, &word) ||
			      word != (unsigned long)p))
		return false;
	if (claim->node && !is_linked(claim->node, &next))
		return false;
	if (claim->lock && !hd_lock_has_waiters(claim->kind, claim->lock))
		return false;
	if (claim->has_owner &&
	    (!hd_lock_owner(claim->kind, claim->lock, &owner) ||
	     owner.raw != claim->owner.raw))
		return false;
	return hd_waiter_sleeps_on(p, locks->waiter.switches);
}

/* Return: false where the task waits for no lock that is known. */
static bool look_once(struct hd_locks *locks, struct task_struct *p,
		      struct claim *claim, bool *is_sure)
{
	hd_assert_rcu();
	memset(claim, 0, sizeof(*claim));
	*is_sure = true;
	if (!hd_waiter_copy(p, &locks->waiter))
		return false;
	if (!find_rt(locks, p, claim)) {
		memset(claim, 0, sizeof(*claim));
		if (!find_node(locks, p, claim))
			return false;
	}
	if (claim->lock &&
	    (claim->kind != HD_AWAITS_RWSEM || !may_be_percpu(locks)))
		claim->has_owner = hd_lock_owner(claim->kind, claim->lock,
						 &claim->owner);
	*is_sure = claim->lock && is_still_so(locks, p, claim);
	return true;
}

static void name_holder(const struct claim *claim, struct task_struct *p,
			struct hd_lock_wait *wait)
{
	struct task_struct *holder;

	hd_assert_rcu();
	if (!claim->has_owner)
		return;
	if (!claim->owner.task) {
		if (!claim->owner.is_reader)
			wait->hold = HD_HOLD_NOBODY;
		return;
	}
	holder = task_at(claim->owner.task);
	if (!holder)
		return;
	if (claim->owner.is_reader)
		wait->hold = HD_HOLD_READER;
	else if (claim->owner.is_handed || holder == p)
		wait->hold = HD_HOLD_HANDED;
	else
		wait->hold = HD_HOLD_HELD;
	get_task_struct(holder);
	wait->holder = holder;
}

/**
 * hd_locks_look() - find the lock that a task waits for, and its holder
 * @locks: from hd_locks_new()
 * @p: the task; the caller holds a reference
 * @wait: filled; after true the caller has to call hd_lock_wait_put()
 *
 * Context: process; takes no lock that anybody may hold for long.
 * Return: false where the task waits for no lock.
 */
bool hd_locks_look(struct hd_locks *locks, struct task_struct *p,
		   struct hd_lock_wait *wait)
{
	struct claim claim;
	bool found = false, is_sure = false;
	u32 i;

	memset(wait, 0, sizeof(*wait));
	rcu_read_lock();
	for (i = 0; i < LOOKS && !is_sure; i++)
		found = look_once(locks, p, &claim, &is_sure);
	if (found) {
		wait->kind = claim.kind;
		wait->switches = locks->waiter.switches;
		if (is_sure) {
			wait->lock = claim.lock;
			name_holder(&claim, p, wait);
		}
	}
	rcu_read_unlock();
	if (wait->lock)
		hd_lock_name(&locks->names, wait->lock, p, wait->object);
	return found;
}

/**
 * hd_lock_wait_put() - drop the reference to the holder
 * @wait: filled by hd_locks_look()
 *
 * Context: process.
 */
void hd_lock_wait_put(struct hd_lock_wait *wait)
{
	if (wait->holder)
		put_task_struct(wait->holder);
	wait->holder = NULL;
}
