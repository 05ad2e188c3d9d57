/* SPDX-License-Identifier: GPL-2.0-only */
/* Futexes: locks between threads, and all else that is made of them. */
#ifndef HD_WHY_FUTEX_H
#define HD_WHY_FUTEX_H

#include "why/why.h"

bool hd_why_is_futex(const struct hd_stuck_row *stuck);
void hd_why_futex(struct hd_why *why, const struct hd_why_task *task,
		  struct hd_why_wait *wait);

#endif /* HD_WHY_FUTEX_H */
