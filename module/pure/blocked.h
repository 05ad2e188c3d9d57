/* SPDX-License-Identifier: GPL-2.0-only */
/* Waits in the kernel: their kinds, and how sure the holder is. */
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
	HD_AWAITS_RWBASE,		/* an rwsem of PREEMPT_RT */
	HD_AWAITS_PERCPU_RWSEM,
	HD_AWAITS_COMPLETION,
	HD_AWAITS_THAW,			/* of a file system that is frozen */
	HD_AWAITED,
};

/* what is known of the holder of a lock */
enum hd_hold {
	HD_HOLD_UNKNOWN,
	HD_HOLD_HELD,		/* the task holds the lock */
	HD_HOLD_HANDED,		/* the task is about to get the lock */
	HD_HOLD_READER,		/* the task was the last to take the lock for reading */
	HD_HOLD_NOBODY,		/* the lock is free, or between two holders */
	HD_HOLDS,
};

#define HD_PLACE_LEN	256	/* functions joined by '<', NUL-terminated */
#define HD_OBJECT_LEN	64u

#define HD_AGE_UNKNOWN	(~0ull)

/**
 * struct hd_blocked_who - a task, or nobody
 * @tid: thread; 0: nobody
 * @tgid: process
 * @comm: name of the task
 */
struct hd_blocked_who {
	u32 tid;
	u32 tgid;
	char comm[HOSTDIAG_COMM_LEN];
};

/**
 * struct hd_blocked_row - a task that waits in the kernel
 * @self: the task
 * @state: letter, as in /proc/PID/stat
 * @age_ns: upper bound of the age of the wait, or HD_AGE_UNKNOWN
 * @wait: kind of lock or event
 * @hold: what is known of @holder
 * @object: name of the lock; "": not known
 * @place: kernel functions, innermost first; "": not known
 * @holder: the holder, as far as @hold says
 * @root: the task at the end of the chain of holders; nobody: that is @self, or
 *	the chain changed while it was read
 * @links: number of holders up to @root
 * @is_circle: the tasks of the chain wait for each other; @root is one of them
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
