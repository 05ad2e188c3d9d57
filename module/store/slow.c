// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ring of slow events; see slow.h.
 *
 * Locking and context: a writer takes the next number, under order_lock, and with
 * it a slot.  Until the event is complete, a reader finds another number in the slot.
 * A writer that is a whole ring ahead of another one finds the slot taken, and drops
 * its event.  The end of the ring moves past a number only when its writer has the
 * slot or has dropped the event: so a reader that finds neither the number nor a
 * writer in the slot need not wait.
 */
#include <linux/atomic.h>
#include <linux/irq_work.h>
#include <linux/spinlock.h>
#include <linux/sched.h>
#include <linux/string.h>
#include "compat/mem.h"
#include "compat/probe.h"
#include "compat/time.h"
#include "store/rows.h"
#include "store/lost.h"
#include "store/slow.h"
#include "store/places.h"
#include "store/pool.h"

struct event {
	u64 seq;		/* number + 1; 0: the slot is empty, or is being written */
	unsigned long busy;	/* bit 0: the slot has a writer */
	u64 when_ns;
	u64 dur_ns;
	s64 result;
	u32 kind;
	u32 key;
	u32 tid;
	u32 tgid;
	char comm[HOSTDIAG_COMM_LEN];
	u32 depth;
	union {
		unsigned long addrs[HD_STACK_DEPTH];
		char path[HD_EVENT_PATH];
	};
};

DECLARE_WAIT_QUEUE_HEAD(hd_slow_wait);

static struct event *event_ring;
static atomic64_t events_end;		/* number of the next event */
static atomic64_t events_first;	/* older events are from before the last reset */
static struct irq_work pollers_irq;
/* gives numbers in the order of the times; innermost, irqs off */
static DEFINE_RAW_SPINLOCK(order_lock);

static void wake_pollers(struct irq_work *irq)
{
	wake_up_interruptible(&hd_slow_wait);
}

/*
 * Takes a slot, which is the caller's until put_event(); preemption is off from
 * before the one until after the other.
 * Return: NULL where another writer has the slot.
 */
static struct event *get_event(const struct hd_event_task *who, u64 ns, u64 *seq)
{
	struct event *event;
	unsigned long flags;
	bool taken;
	u64 when_ns;

	raw_spin_lock_irqsave(&order_lock, flags);
	*seq = atomic64_read(&events_end);
	event = &event_ring[*seq % HD_EVENTS];
	taken = test_and_set_bit_lock(0, &event->busy);
	if (!taken)
		WRITE_ONCE(event->seq, 0);
	/*
	 * Pairs with the smp_rmb() in hd_slow_read() and in hd_slow_is_in_progress():
	 * a reader that sees any store below sees this one, too.
	 */
	smp_wmb();
	atomic64_inc(&events_end);
	when_ns = hd_kernel_clock();
	raw_spin_unlock_irqrestore(&order_lock, flags);
	if (taken) {
		hd_lost(HD_LOST_EVENT);
		return NULL;
	}
	event->when_ns = when_ns;
	event->dur_ns = ns;
	event->result = 0;
	event->tid = who->tid;
	event->tgid = who->tgid;
	data_race(memcpy(event->comm, who->comm, sizeof(event->comm)));
	event->comm[sizeof(event->comm) - 1] = '\0';
	event->key = 0;
	event->depth = 0;
	event->path[0] = '\0';
	return event;
}

static void put_event(struct event *event, u64 seq)
{
	/* pairs with the acquire in hd_slow_read() */
	hd_store_release(&event->seq, seq + 1);
	clear_bit_unlock(0, &event->busy);
	irq_work_queue(&pollers_irq);
}

static void set_path(struct event *event, const char *path)
{
	size_t len = strlen(path), size = sizeof(event->path);

	/* a long path loses its beginning, as in copy_path_end() of path.c */
	memcpy(event->path, len < size ? path : path + len - (size - 1),
	       min(len, size - 1) + 1);
}

/**
 * hd_slow_syscall() - keep the event of a syscall that took long
 * @who: the task
 * @key: hd_row_key()
 * @ns: its latency
 * @ret: its return value
 * @path: path of the file that it worked on, or ""
 *
 * Context: any but NMI.
 */
void hd_slow_syscall(const struct hd_event_task *who, u32 key, u64 ns, long ret,
		     const char *path)
{
	struct event *event;
	u64 seq;

	hd_probe_enter();
	event = get_event(who, ns, &seq);
	if (event) {
		event->kind = HOSTDIAG_SLOW_SYSCALL;
		event->key = key;
		event->result = ret;
		set_path(event, path);
		put_event(event, seq);
	}
	hd_probe_exit();
}

/**
 * hd_slow_dsleep() - keep the event of a D sleep that took long
 * @who: the task
 * @place: the place of the sleep; NULL: there was no room for it
 * @ns: length of the sleep
 *
 * Context: any but NMI, including the scheduler's hooks.
 */
void hd_slow_dsleep(const struct hd_event_task *who, const struct hd_place *place,
		    u64 ns)
{
	struct event *event;
	u64 seq;

	hd_probe_enter();
	event = get_event(who, ns, &seq);
	if (event) {
		event->kind = HOSTDIAG_SLOW_DSLEEP;
		if (place) {
			event->depth = place->depth;
			memcpy(event->addrs, place->addrs, sizeof(event->addrs));
		}
		put_event(event, seq);
	}
	hd_probe_exit();
}

/**
 * hd_slow_open() - keep the event of a file that was held open for long
 * @who: the task that opened the file
 * @ns: time from its open to its release
 * @path: path of the file, or ""
 *
 * Context: any but NMI.
 */
void hd_slow_open(const struct hd_event_task *who, u64 ns, const char *path)
{
	struct event *event;
	u64 seq;

	hd_probe_enter();
	event = get_event(who, ns, &seq);
	if (event) {
		event->kind = HOSTDIAG_SLOW_OPEN;
		set_path(event, path);
		put_event(event, seq);
	}
	hd_probe_exit();
}

/* hd_slow_end() - the number that the next event will have */
u64 hd_slow_end(void)
{
	return atomic64_read(&events_end);
}

/* the number of events since @from that are no longer in the ring */
static u64 count_overwritten(u64 from)
{
	u64 last = hd_slow_end();

	return last > from + HD_EVENTS ? last - from - HD_EVENTS : 0;
}

/* hd_slow_first() - the number of the oldest event that is kept */
u64 hd_slow_first(void)
{
	u64 from = atomic64_read(&events_first);

	return from + count_overwritten(from);
}

/* hd_slow_overwritten() - events since the last reset that are no longer kept */
u64 hd_slow_overwritten(void)
{
	return count_overwritten(atomic64_read(&events_first));
}

/**
 * hd_slow_is_in_progress() - is an event being written?
 * @seq: number of the event, below hd_slow_end()
 *
 * Context: any.
 * Return: false where the event can be read, or was dropped; it may be true for an
 * event that was overwritten.
 */
bool hd_slow_is_in_progress(u64 seq)
{
	smp_rmb();	/* pairs with the smp_wmb() in get_event(): the end before the slot */
	return !READ_ONCE(event_ring[seq % HD_EVENTS].seq);
}

/**
 * hd_slow_read() - copy an event
 * @seq: number of the event
 * @row: filled
 *
 * Context: any.
 * Return: false where the event was overwritten, or is not complete yet.
 */
bool hd_slow_read(u64 seq, struct hd_slow_row *row)
{
	const struct event *at = &event_ring[seq % HD_EVENTS];
	struct event event;

	/* pairs with the release in put_event() */
	if (hd_load_acquire(&at->seq) != seq + 1)
		return false;
	/* if a writer changes the slot meanwhile, the number differs afterwards */
	data_race(memcpy(&event, at, sizeof(event)));
	smp_rmb();	/* pairs with the smp_wmb() in get_event(): copy, then the number */
	if (READ_ONCE(at->seq) != seq + 1)
		return false;
	row->seq = seq;
	row->when_ns = event.when_ns;
	row->dur_ns = event.dur_ns;
	row->result = event.result;
	row->kind = event.kind;
	row->tid = event.tid;
	row->tgid = event.tgid;
	memcpy(row->comm, event.comm, sizeof(row->comm));
	row->abi = hd_key_abi(event.key);
	row->nr = event.kind == HOSTDIAG_SLOW_SYSCALL ?
		  hd_key_nr(event.key) : HOSTDIAG_NR_NONE;
	row->place[0] = '\0';
	row->path[0] = '\0';
	if (event.kind == HOSTDIAG_SLOW_DSLEEP)
		hd_place_name(event.addrs, event.depth, row->place);
	else
		memcpy(row->path, event.path, sizeof(event.path));
	return true;
}

/* hd_slow_reset() - hide all events up to now */
void hd_slow_reset(void)
{
	atomic64_set(&events_first, atomic64_read(&events_end));
}

/**
 * hd_slow_init() - make the ring
 *
 * Return: 0 or -ENOMEM.
 */
int hd_slow_init(void)
{
	BUILD_BUG_ON(sizeof(struct event) > 256);
	init_irq_work(&pollers_irq, wake_pollers);
	event_ring = hd_fixed_alloc(HD_EVENTS * sizeof(*event_ring));
	return event_ring ? 0 : -ENOMEM;
}

/**
 * hd_slow_exit() - free the ring
 *
 * Context: process, once no hook runs any more; sleeps.
 */
void hd_slow_exit(void)
{
	if (event_ring)
		irq_work_sync(&pollers_irq);
	hd_fixed_free(event_ring, HD_EVENTS * sizeof(*event_ring));
	event_ring = NULL;
}
