/* SPDX-License-Identifier: GPL-2.0-only */
/* File locks, as /proc/locks has them. */
#ifndef HD_WHY_LOCKS_H
#define HD_WHY_LOCKS_H

#include "why/why.h"

bool hd_why_is_flock(const struct hd_stuck_row *stuck);
bool hd_why_waits_for_lease(const struct hd_why_task *task);
void hd_why_lock(struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait);
void hd_why_forget_locks(struct hd_why *why);

#endif /* HD_WHY_LOCKS_H */
