// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ledger; see ledger.h.
 *
 * Locking and context: ledger_lock protects everything here.  It is taken with
 * irqs off in any context but NMI, for some hundred steps at the most (a look at
 * each entry of one kind, or at the numbers of all), and is innermost.
 */
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "compat/sched.h"
#include "compat/time.h"
#include "pure/columns.h"
#include "store/ledger.h"
#include "store/pool.h"

#define ENTRIES		(HD_ACTS * HD_LEDGER_OF_ACT)
#define TRIES		1000u	/* for the lock, of who must not wait */

struct ledger {
	u64 last_nr;
	u64 lost;
	u64 nr[ENTRIES];	/* of each entry; apart, to be scanned */
	struct hd_ledger_row row[ENTRIES];
};

static struct ledger *ledger;
static DEFINE_RAW_SPINLOCK(ledger_lock);	/* protects *ledger; innermost */

static bool is_same(const struct hd_ledger_row *row, const struct hd_act_on *on)
{
	if (on->target != HD_ABSENT || row->target != HD_ABSENT)
		return row->target == on->target &&
		       row->target_start_ns == on->target_start_ns;
	return on->object[0] && row->space == on->space &&
	       !strcmp(row->object, on->object);
}

static bool is_by(const struct hd_ledger_row *row, struct task_struct *who)
{
	return who ? row->who.tid == who->pid &&
		     row->start_ns == hd_task_start_ns(who) : !row->who.tid;
}

static void name(struct hd_blocked_who *to, struct task_struct *who)
{
	memset(to, 0, sizeof(*to));
	if (!who)
		return;
	to->tid = who->pid;
	to->tgid = who->tgid;
	memcpy(to->comm, who->comm, sizeof(to->comm));
	to->comm[sizeof(to->comm) - 1] = '\0';
}

/* one that is over goes before one that stands, the oldest first */
static bool goes_before(const struct hd_ledger_row *a,
			const struct hd_ledger_row *b)
{
	bool a_over = a->state >= HD_ACT_UNDONE;
	bool b_over = b->state >= HD_ACT_UNDONE;

	if (!a->state || !b->state)
		return !a->state && b->state;
	return a_over != b_over ? a_over : a->nr < b->nr;
}

static struct hd_ledger_row *make_room(u32 act)
{
	struct hd_ledger_row *row = &ledger->row[act * HD_LEDGER_OF_ACT];
	struct hd_ledger_row *gone = row;
	u32 i;

	for (i = 1; i < HD_LEDGER_OF_ACT; i++)
		if (goes_before(&row[i], gone))
			gone = &row[i];
	if (gone->state)
		ledger->lost++;
	memset(gone, 0, sizeof(*gone));
	return gone;
}

/* one that stands, or that @who has done before; else NULL */
static struct hd_ledger_row *find(const struct hd_act_on *on,
				  struct task_struct *who)
{
	struct hd_ledger_row *row = &ledger->row[on->act * HD_LEDGER_OF_ACT];
	struct hd_ledger_row *found = NULL;
	u32 i;

	for (i = 0; i < HD_LEDGER_OF_ACT; i++) {
		if (!row[i].state || !is_same(&row[i], on))
			continue;
		if (row[i].state == HD_ACT_STANDS)
			return &row[i];
		if (row[i].state >= HD_ACT_UNDONE && is_by(&row[i], who))
			found = &row[i];
	}
	return found;
}

static void renumber(struct hd_ledger_row *row)
{
	row->nr = ++ledger->last_nr;
	WRITE_ONCE(ledger->nr[row - ledger->row], row->nr);
}

static void note(const struct hd_act_on *on, struct task_struct *who,
		 enum hd_act_state state)
{
	struct hd_ledger_row *row = find(on, who);

	if (row && row->state == HD_ACT_STANDS) {
		/* who did it first is why it is so */
		row->count += is_by(row, who);
		return;
	}
	if (!row) {
		row = make_room(on->act);
		row->act = on->act;
		row->target = on->target;
		row->target_start_ns = on->target_start_ns;
		row->space = on->space;
		memcpy(row->object, on->object, sizeof(row->object));
		row->start_ns = who ? hd_task_start_ns(who) : 0;
	}
	name(&row->who, who);
	memset(&row->undo, 0, sizeof(row->undo));
	row->when_ns = hd_kernel_clock();
	row->end_ns = state == HD_ACT_DONE ? row->when_ns : 0;
	row->state = state;
	row->count++;
	renumber(row);
}

/**
 * hd_ledger_note() - note an act
 * @on: what it is about
 * @who: who does it; NULL: not known
 * @state: HD_ACT_BEGUN, if hd_ledger_end() is to come; HD_ACT_STANDS, if it can
 *	be undone; else HD_ACT_DONE
 *
 * Context: any but NMI.
 */
void hd_ledger_note(const struct hd_act_on *on, struct task_struct *who,
		    enum hd_act_state state)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&ledger_lock, flags);
	note(on, who, state);
	raw_spin_unlock_irqrestore(&ledger_lock, flags);
}

static void end(struct hd_ledger_row *row, bool failed)
{
	row->end_ns = failed || !hd_act_has_undo(row->act) ? hd_kernel_clock() : 0;
	if (failed && !--row->count) {
		row->state = HD_ACT_FREE;
		WRITE_ONCE(ledger->nr[row - ledger->row], 0);
	} else if (!hd_act_has_undo(row->act)) {
		row->state = HD_ACT_DONE;
	} else {
		/* one that failed was not done again after it was undone */
		row->state = failed ? HD_ACT_UNDONE : HD_ACT_STANDS;
	}
}

/**
 * hd_ledger_end() - the call of the current task has returned that an act is
 * @act: enum hd_act
 * @failed: nothing came of it
 *
 * Context: process.
 */
void hd_ledger_end(u32 act, bool failed)
{
	struct hd_ledger_row *row = &ledger->row[act * HD_LEDGER_OF_ACT];
	unsigned long flags;
	u32 i;

	raw_spin_lock_irqsave(&ledger_lock, flags);
	for (i = 0; i < HD_LEDGER_OF_ACT; i++)
		if (row[i].state == HD_ACT_BEGUN && is_by(&row[i], current))
			end(&row[i], failed);
	raw_spin_unlock_irqrestore(&ledger_lock, flags);
}

/**
 * hd_ledger_undo() - an act was undone
 * @on: what it was about
 * @who: who undid it; NULL: not known
 *
 * Context: any but NMI.
 */
void hd_ledger_undo(const struct hd_act_on *on, struct task_struct *who)
{
	struct hd_ledger_row *row = &ledger->row[on->act * HD_LEDGER_OF_ACT];
	unsigned long flags;
	u32 i;

	raw_spin_lock_irqsave(&ledger_lock, flags);
	for (i = 0; i < HD_LEDGER_OF_ACT; i++) {
		if (row[i].state != HD_ACT_STANDS || !is_same(&row[i], on))
			continue;
		row[i].state = HD_ACT_UNDONE;
		row[i].end_ns = hd_kernel_clock();
		name(&row[i].undo, who);
	}
	raw_spin_unlock_irqrestore(&ledger_lock, flags);
}

/* with on: only those that are named in another way */
static void doubt(u32 act, const struct hd_act_on *on)
{
	struct hd_ledger_row *row = &ledger->row[act * HD_LEDGER_OF_ACT];
	unsigned long flags;
	u32 i;

	raw_spin_lock_irqsave(&ledger_lock, flags);
	for (i = 0; i < HD_LEDGER_OF_ACT; i++)
		if ((row[i].state == HD_ACT_STANDS ||
		     row[i].state == HD_ACT_BEGUN) &&
		    !(on && row[i].space == on->space))
			row[i].state = HD_ACT_UNSURE;
	raw_spin_unlock_irqrestore(&ledger_lock, flags);
}

/**
 * hd_ledger_doubt() - any act of a kind may have been undone, unseen
 * @act: enum hd_act
 *
 * Context: any but NMI.
 */
void hd_ledger_doubt(u32 act)
{
	doubt(act, NULL);
}

/**
 * hd_ledger_doubt_others() - something was undone that may be known by another
 * kind of name as well
 * @on: what it is about
 *
 * Context: any but NMI.
 */
void hd_ledger_doubt_others(const struct hd_act_on *on)
{
	doubt(on->act, on);
}

static void pick(u32 i, struct hd_ledger_row *row)
{
	*row = ledger->row[i];
}

/**
 * hd_ledger_after() - the next act
 * @nr: number of the one before, or 0
 * @row: filled but for @has_ended
 *
 * Context: any but NMI.
 * Return: false: there is none.
 */
bool hd_ledger_after(u64 nr, struct hd_ledger_row *row)
{
	u32 i, next = ENTRIES;
	unsigned long flags;

	raw_spin_lock_irqsave(&ledger_lock, flags);
	for (i = 0; i < ENTRIES; i++)
		if (ledger->nr[i] > nr &&
		    (next == ENTRIES || ledger->nr[i] < ledger->nr[next]))
			next = i;
	if (next < ENTRIES)
		pick(next, row);
	raw_spin_unlock_irqrestore(&ledger_lock, flags);
	return next < ENTRIES;
}

static void await_unlocked(void)
{
	u32 i;

	for (i = 0; i < TRIES && raw_spin_is_locked(&ledger_lock); i++)
		cpu_relax();
}

/**
 * hd_ledger_try_before() - the act before one, for who must wait for nobody
 * @nr: number of that one, or ~0
 * @row: filled but for @has_ended
 *
 * Context: any but NMI, a panic too.
 * Return: false: there is none, or another CPU is at the ledger.
 */
bool hd_ledger_try_before(u64 nr, struct hd_ledger_row *row)
{
	u32 i, last = ENTRIES;
	unsigned long flags;

	await_unlocked();
	if (!raw_spin_trylock_irqsave(&ledger_lock, flags))
		return false;
	for (i = 0; i < ENTRIES; i++)
		if (ledger->nr[i] && ledger->nr[i] < nr &&
		    (last == ENTRIES || ledger->nr[i] > ledger->nr[last]))
			last = i;
	if (last < ENTRIES)
		pick(last, row);
	raw_spin_unlock_irqrestore(&ledger_lock, flags);
	return last < ENTRIES;
}

/* hd_ledger_lost() - acts that are no longer kept */
u64 hd_ledger_lost(void)
{
	return READ_ONCE(ledger->lost);
}

/**
 * hd_ledger_init() - make the ledger
 *
 * Return: 0 or -ENOMEM.
 */
int hd_ledger_init(void)
{
	ledger = hd_fixed_alloc(sizeof(*ledger));
	return ledger ? 0 : -ENOMEM;
}

/**
 * hd_ledger_exit() - free it
 *
 * Context: process, once no hook runs any more; sleeps.
 */
void hd_ledger_exit(void)
{
	hd_fixed_free(ledger, sizeof(*ledger));
	ledger = NULL;
}
