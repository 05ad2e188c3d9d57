/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a task sleeps: its stack, and the arguments of its call. */
#ifndef HD_COMPAT_STACK_H
#define HD_COMPAT_STACK_H

#include <linux/types.h>

struct task_struct;

#define HD_STACK_DEPTH	10

/**
 * struct hd_sleeper - a task that sleeps
 * @state: as the scheduler has it
 * @depth: of @place; 0: this kernel does not tell
 * @place: the functions that it sleeps in, innermost first
 * @args: of the call that it is in, if it is in one
 */
struct hd_sleeper {
	unsigned long state;
	u32 depth;
	unsigned long place[HD_STACK_DEPTH];
	unsigned long args[6];
};

#define HD_SEEN_STACKS	16u

/**
 * struct hd_seen_stack - a stack that was unwound
 * @depth: of @place; 0: none was
 * @reach: bytes that a stack must have for all @up and @down to be in it
 * @up: where each of @place stands, from the end of the stack up
 * @down: the same, from the top down
 * @place: return addresses
 */
struct hd_seen_stack {
	u32 depth;
	u32 reach;
	u16 up[HD_STACK_DEPTH];
	u16 down[HD_STACK_DEPTH];
	unsigned long place[HD_STACK_DEPTH];
};

/* the latest of them, by the call, for one who looks at many sleepers */
struct hd_seen_stacks {
	struct hd_seen_stack one[HD_SEEN_STACKS];
};

u32 hd_stack_of_sleeper(struct task_struct *p, unsigned long *place);
bool hd_stack_is_entry(const char *name);
bool hd_sleeper_try(struct task_struct *p, struct hd_sleeper *sleeper);
bool hd_sleeper_look(struct task_struct *p, u32 call,
		     struct hd_seen_stacks *seen, struct hd_sleeper *sleeper);

#endif /* HD_COMPAT_STACK_H */
