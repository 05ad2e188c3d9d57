/* SPDX-License-Identifier: GPL-2.0-only */
/* Waits on several descriptors at once; often it is only one. */
#ifndef HD_WHY_POLL_H
#define HD_WHY_POLL_H

#include "why/socket.h"

bool hd_why_poll_one(struct hd_why *why, const struct hd_why_task *task,
		     s32 *fd, enum hd_why_way *way, struct hd_why_wait *wait);

#endif /* HD_WHY_POLL_H */
