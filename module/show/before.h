/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls and D sleeps that began before the hooks were attached. */
#ifndef HD_SHOW_BEFORE_H
#define HD_SHOW_BEFORE_H

#include <linux/types.h>

struct hd_task;
struct task_struct;

/**
 * struct hd_before - a wait whose begin no hook has seen
 * @in_call: the task is in a system call
 * @in_d: the task is in D sleep
 * @call_ns: estimated age of the call
 * @d_ns: estimated age of the D sleep
 * @abi: enum hostdiag_abi
 * @nr: number of the call in that ABI's table
 */
struct hd_before {
	bool in_call;
	bool in_d;
	u64 call_ns;
	u64 d_ns;
	u32 abi;
	u32 nr;
};

void hd_before_init(void);
bool hd_before_look(const struct hd_task *task, struct task_struct *p,
		    struct hd_before *before);

#endif /* HD_SHOW_BEFORE_H */
