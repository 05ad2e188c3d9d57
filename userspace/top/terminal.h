/* SPDX-License-Identifier: GPL-2.0-only */
/* The terminal itself: its modes, its keys, and the signals that concern it. */
#ifndef HD_TERMINAL_H
#define HD_TERMINAL_H

#include "pure/pure.h"

void hd_terminal_open(void);
void hd_terminal_close(void);
int hd_terminal_wait(u64 timeout_ns);

#endif /* HD_TERMINAL_H */
