/* SPDX-License-Identifier: GPL-2.0-only */
/* Waits for semaphores and message queues of System V. */
#ifndef HD_WHY_IPC_H
#define HD_WHY_IPC_H

#include "why/why.h"

void hd_why_semaphore(struct hd_why *why, const struct hd_why_task *task,
		      struct hd_why_wait *wait);
void hd_why_send(struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait);
void hd_why_receive(struct hd_why *why, const struct hd_why_task *task,
		    struct hd_why_wait *wait);

#endif /* HD_WHY_IPC_H */
