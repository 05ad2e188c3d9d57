/* SPDX-License-Identifier: GPL-2.0-only */
/* Who has the CPU that a task waits for. */
#ifndef HD_WHY_RIVAL_H
#define HD_WHY_RIVAL_H

#include "why/why.h"

void hd_why_rival(struct hd_why *why, u32 tid, struct hd_why_wait *wait);

#endif /* HD_WHY_RIVAL_H */
