/* SPDX-License-Identifier: GPL-2.0-only */
/* The stack of a task that sleeps, and the arguments of its call. */
#ifndef HD_COMPAT_STACK_H
#define HD_COMPAT_STACK_H

#include <linux/types.h>

struct task_struct;

#define HD_STACK_DEPTH	10

/**
 * struct hd_sleeper - a task that sleeps
 * @state: state of the task for the scheduler
 * @depth: number of addresses in @addrs; 0: the kernel exports no way to get them
 * @addrs: return addresses, innermost first
 * @args: arguments of the call that the task is in, if it is in one
 */
struct hd_sleeper {
	unsigned long state;
	u32 depth;
	unsigned long addrs[HD_STACK_DEPTH];
	unsigned long args[6];
};

#define HD_SEEN_STACKS	16u

/**
 * struct hd_seen_stack - a stack that was unwound
 * @depth: number of addresses in @addrs; 0: the entry is empty
 * @reach: bytes that a stack must have to contain all of @up and @down
 * @up: offset of each address from the stack pointer up
 * @down: offset of each address from the top down
 * @addrs: return addresses
 */
struct hd_seen_stack {
	u32 depth;
	u32 reach;
	u16 up[HD_STACK_DEPTH];
	u16 down[HD_STACK_DEPTH];
	unsigned long addrs[HD_STACK_DEPTH];
};

/* a cache of traces by the number of the call, for a reader of many tasks */
struct hd_seen_stacks {
	struct hd_seen_stack entries[HD_SEEN_STACKS];
};

u32 hd_stack_of_sleeper(struct task_struct *p, unsigned long *place);
bool hd_stack_is_entry(const char *name);
bool hd_sleeper_try(struct task_struct *p, struct hd_sleeper *sleeper);
bool hd_sleeper_look(struct task_struct *p, u32 call,
		     struct hd_seen_stacks *seen, struct hd_sleeper *sleeper);

#endif /* HD_COMPAT_STACK_H */
