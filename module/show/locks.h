/* SPDX-License-Identifier: GPL-2.0-only */
/* The lock that a sleeping task waits for, and its holder. */
#ifndef HD_LOCKS_H
#define HD_LOCKS_H

#include <linux/sched.h>
#include "pure/blocked.h"

/**
 * struct hd_lock_wait - a task's wait for a lock
 * @kind: kind of lock
 * @hold: what is known of its holder
 * @lock: address of the lock, which is never shown; 0: not known
 * @switches: hd_waiter_switches() of the task; all this holds while they stay the same
 * @holder: the holder, with a reference; NULL: not known
 * @object: name of the lock, see hd_lock_name(); "": not known
 */
struct hd_lock_wait {
	enum hd_awaited kind;
	enum hd_hold hold;
	unsigned long lock;
	unsigned long switches;
	struct task_struct *holder;
	char object[HD_OBJECT_LEN];
};

struct hd_locks;

struct hd_locks *hd_locks_new(void);
size_t hd_locks_bytes(void);
void hd_locks_begin(struct hd_locks *locks);
void hd_locks_free(struct hd_locks *locks);
bool hd_locks_look(struct hd_locks *locks, struct task_struct *p,
		   struct hd_lock_wait *wait);
void hd_lock_wait_put(struct hd_lock_wait *wait);

#endif /* HD_LOCKS_H */
