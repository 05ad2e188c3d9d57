/* SPDX-License-Identifier: GPL-2.0-only */
/* Parents that wait for their children. */
#ifndef HD_WHY_FAMILY_H
#define HD_WHY_FAMILY_H

#include "why/why.h"

/**
 * struct hd_why_parent - a process and its parent
 * @tgid: the process
 * @parent: its parent
 * @start: when it was made, in the kernel's ticks
 * @state: letter
 */
struct hd_why_parent {
	u32 tgid;
	u32 parent;
	u64 start;
	char state;
};

void hd_why_children(struct hd_why *why, const struct hd_why_task *task,
		     struct hd_why_wait *wait);
void hd_why_vfork(struct hd_why *why, const struct hd_why_task *task,
		  struct hd_why_wait *wait);

#endif /* HD_WHY_FAMILY_H */
