/* SPDX-License-Identifier: GPL-2.0-only */
/* Waits for locks of the kernel's. */
#ifndef HD_WHY_KERNEL_H
#define HD_WHY_KERNEL_H

#include "why/why.h"

bool hd_why_is_kernel_lock(const struct hd_why *why, u32 tid);
void hd_why_kernel(struct hd_why *why, u32 tid, struct hd_why_wait *wait);

#endif /* HD_WHY_KERNEL_H */
