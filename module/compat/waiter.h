/* SPDX-License-Identifier: GPL-2.0-only */
/* The stack of a task that sleeps, as words, and the kind of lock that it waits for. */
#ifndef HD_COMPAT_WAITER_H
#define HD_COMPAT_WAITER_H

#include <linux/types.h>
#include "pure/blocked.h"

struct task_struct;

#define HD_WAITER_REGS	16u
#define HD_WAITER_WORDS	512u	/* a wait for a lock is within the innermost frames */

/**
 * struct hd_waiter - a task that sleeps, and the end of its stack
 * @state: state of the task for the scheduler
 * @switches: hd_waiter_switches() at the copy
 * @low: lowest address of the stack
 * @high: first address above the stack
 * @end: the saved stack pointer, which is the address of the first of @words
 * @nr_regs: number of @regs
 * @nr_words: number of @words
 * @regs: callee-saved registers, where they are not on the stack
 * @words: words of the stack, from @end up
 */
struct hd_waiter {
	unsigned long state;
	unsigned long switches;
	unsigned long low;
	unsigned long high;
	unsigned long end;
	u32 nr_regs;
	u32 nr_words;
	unsigned long regs[HD_WAITER_REGS];
	unsigned long words[HD_WAITER_WORDS];
};

bool hd_waiter_copy(struct task_struct *p, struct hd_waiter *waiter);
bool hd_waiter_sleeps_on(struct task_struct *p, unsigned long switches);
unsigned long hd_waiter_switches(struct task_struct *p);
bool hd_waiter_on_stack_of(struct task_struct *p, unsigned long addr);
unsigned long hd_waiter_text(unsigned long word);
enum hd_awaited hd_waiter_kind(const char *function);

#endif /* HD_COMPAT_WAITER_H */
