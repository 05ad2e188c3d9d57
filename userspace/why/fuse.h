/* SPDX-License-Identifier: GPL-2.0-only */
/* Waits for the daemon of a FUSE mount. */
#ifndef HD_WHY_FUSE_H
#define HD_WHY_FUSE_H

#include "why/why.h"

void hd_why_fuse(struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait);

#endif /* HD_WHY_FUSE_H */
