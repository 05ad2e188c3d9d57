/* SPDX-License-Identifier: GPL-2.0-only */
/* What a lock is: the name of a variable, or what it belongs to. */
#ifndef HD_LOCKNAME_H
#define HD_LOCKNAME_H

#include <linux/module.h>	/* kallsyms.h of 3.10 needs it, and does not say so */
#include <linux/kallsyms.h>
#include <linux/types.h>
#include "pure/blocked.h"

struct task_struct;

#define HD_LOCK_NAMES	32u

/**
 * struct hd_lock_names - the latest names, for one who looks at many waiters
 * @one: by hash of the lock
 * @text: of a symbol
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
