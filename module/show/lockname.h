/* SPDX-License-Identifier: GPL-2.0-only */
/* The name of a lock: a variable of the kernel, or the object that it belongs to. */
#ifndef HD_LOCKNAME_H
#define HD_LOCKNAME_H

#include <linux/module.h>	/* kallsyms.h of 3.10 needs it, but does not include it */
#include <linux/kallsyms.h>
#include <linux/types.h>
#include "pure/blocked.h"

struct task_struct;

#define HD_LOCK_NAMES	32u

/**
 * struct hd_lock_names - a cache of names, for a reader that looks at many waiters
 * @one: the names, by hash of the lock's address
 * @text: buffer for the name of a symbol
 */
struct hd_lock_names {
	struct {
		unsigned long lock;
		unsigned long since;
		char object[HD_OBJECT_LEN];
	} one[HD_LOCK_NAMES];
	char text[KSYM_SYMBOL_LEN];
};

void hd_lock_name(struct hd_lock_names *names, unsigned long lock,
		  struct task_struct *p, char *object);

#endif /* HD_LOCKNAME_H */
