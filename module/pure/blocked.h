/* SPDX-License-Identifier: GPL-2.0-only */
/* Who waits in the kernel for whom: kinds of waits, and how sure their holder is. */
#ifndef HD_BLOCKED_H
#define HD_BLOCKED_H

#include "pure/pure.h"
#include "uapi/hostdiag.h"

/* what a task waits for */
enum hd_awaited {
	HD_AWAITS_UNKNOWN,
	HD_AWAITS_MUTEX,
	HD_AWAITS_RWSEM,
	HD_AWAITS_SEMAPHORE,
	HD_AWAITS_RT_MUTEX,
	HD_AWAITS_RWBASE,		/* the readers of an rwsem of PREEMPT_RT */
	HD_AWAITS_PERCPU_RWSEM,
	HD_AWAITS_COMPLETION,
	HD_AWAITED,
};

/* what is known of who holds it */
enum hd_hold {
	HD_HOLD_UNKNOWN,
	HD_HOLD_HELD,		/* it holds the lock */
	HD_HOLD_HANDED,		/* it is about to get it */
	HD_HOLD_READER,		/* it was the last to take it for reading */
	HD_HOLD_NOBODY,		/* the lock is free, or between two holders */
	HD_HOLDS,
};

#define HD_PLACE_LEN	256	/* functions joined by '<', NUL-terminated */
#define HD_OBJECT_LEN	64u

#define HD_AGE_UNKNOWN	(~0ull)

/**
 * struct hd_blocked_who - a task, or nobody
 * @tid: of it; 0: nobody
 * @tgid: the same
 * @comm: the same
 */
struct hd_blocked_who {
	u32 tid;
	u32 tgid;
	char comm[HOSTDIAG_COMM_LEN];
};

/**
 * struct hd_blocked_row - a task that waits in the kernel
 * @self: it
 * @state: its letter
 * @age_ns: for how long, at the most; HD_AGE_UNKNOWN
 * @wait: for what kind of thing
 * @hold: what is known of @holder
 * @object: what it is; "": not known
 * @place: where in the kernel; "": not known
 * @holder: who has that, as far as @hold says
 * @root: who is at the end of its chain of holders; nobody: that is @self, or
 *	the chain did not stand still
 * @links: how many holders there are up to @root
 * @is_circle: they wait for each other; @root is one of them
 */
struct hd_blocked_row {
	struct hd_blocked_who self;
	char state;
	u64 age_ns;
	enum hd_awaited wait;
	enum hd_hold hold;
	char object[HD_OBJECT_LEN];
	char place[HD_PLACE_LEN];
	struct hd_blocked_who holder;
	struct hd_blocked_who root;
	u32 links;
	bool is_circle;
};

const char *hd_awaited_name(enum hd_awaited wait);
const char *hd_hold_name(enum hd_hold hold);

#endif /* HD_BLOCKED_H */
