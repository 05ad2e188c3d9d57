/* SPDX-License-Identifier: GPL-2.0-only */
/* The stack of a task that sleeps, as words, and what it sleeps in. */
#ifndef HD_COMPAT_WAITER_H
#define HD_COMPAT_WAITER_H

#include <linux/types.h>
#include "pure/blocked.h"

struct task_struct;

#define HD_WAITER_REGS	16u
#define HD_WAITER_WORDS	512u	/* a wait for a lock is at the very end of a stack */

/**
 * struct hd_waiter - a task that sleeps, and the end of its stack
 * @state: as the scheduler has it
 * @switches: how often it had been switched out
 * @low: lowest address of the stack
 * @high: just beyond it
 * @end: address of the first of @word
 * @regs: of @reg
 * @words: of @word
 * @reg: registers that are the caller's to keep, where they are not on the stack
 * @word: from the end of the stack up
 */
struct hd_waiter {
	unsigned long state;
	unsigned long switches;
	unsigned long low;
	unsigned long high;
	unsigned long end;
	u32 regs;
	u32 words;
	unsigned long reg[HD_WAITER_REGS];
	unsigned long word[HD_WAITER_WORDS];
};

bool hd_waiter_copy(struct task_struct *p, struct hd_waiter *waiter);
bool hd_waiter_sleeps_on(struct task_struct *p, unsigned long switches);
unsigned long hd_waiter_switches(struct task_struct *p);
bool hd_waiter_on_stack_of(struct task_struct *p, unsigned long addr);
bool hd_waiter_is_text(unsigned long word);
enum hd_awaited hd_waiter_kind(const char *function);

#endif /* HD_COMPAT_WAITER_H */
