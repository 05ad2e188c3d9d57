/* SPDX-License-Identifier: GPL-2.0-only */
/* Waiting for the next slow event. */
#ifndef HD_FOLLOW_H
#define HD_FOLLOW_H

#include "pure/pure.h"

#define HD_LIVE_SLOW	"/proc/hostdiag/slow"

void hd_follow_begin(void);
bool hd_follow_wait(void);

#endif /* HD_FOLLOW_H */
