/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls that are about a path, and not yet about a descriptor. */
#ifndef HD_WHY_PATH_H
#define HD_WHY_PATH_H

#include "why/why.h"

void hd_why_path(const struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait);

#endif /* HD_WHY_PATH_H */
