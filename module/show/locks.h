/* SPDX-License-Identifier: GPL-2.0-only */
/* The lock that a sleeping task waits for, and who holds it. */
#ifndef HD_LOCKS_H
#define HD_LOCKS_H

#include <linux/sched.h>
#include "pure/blocked.h"

/**
 * struct hd_lock_wait - what a task waits for
 * @kind: of the lock
 * @hold: what is known of its holder
 * @lock: its address, which is never shown; 0: not known
 * @switches: hd_waiter_switches() of the task: while it sleeps on, it is so
 * @holder: who that is, with a reference; NULL: nobody is known
 * @object: what the lock is, by name or by what it belongs to; "": not known
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
void hd_locks_free(struct hd_locks *locks);
bool hd_locks_look(struct hd_locks *locks, struct task_struct *p,
		   struct hd_lock_wait *wait);
void hd_lock_wait_put(struct hd_lock_wait *wait);

#endif /* HD_LOCKS_H */
