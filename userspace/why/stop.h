/* SPDX-License-Identifier: GPL-2.0-only */
/* Tasks that others keep from going on, whatever they wait for. */
#ifndef HD_WHY_STOP_H
#define HD_WHY_STOP_H

#include "why/proc.h"

bool hd_why_stopped(const struct hd_why *why,
		    const struct hd_proc_status *status, u32 tid,
		    const struct hd_why_task *task, struct hd_why_wait *wait);
const char *hd_why_runs(struct hd_why *why, u32 tid,
			struct hd_why_wait *wait);

#endif /* HD_WHY_STOP_H */
