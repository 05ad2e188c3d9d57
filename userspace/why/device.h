/* SPDX-License-Identifier: GPL-2.0-only */
/* Servers, devices and file systems that do not go on. */
#ifndef HD_WHY_DEVICE_H
#define HD_WHY_DEVICE_H

#include "why/why.h"

void hd_why_device(struct hd_why *why, const struct hd_why_task *task,
		   struct hd_why_wait *wait);

#endif /* HD_WHY_DEVICE_H */
