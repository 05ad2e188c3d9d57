/* SPDX-License-Identifier: GPL-2.0-only */
/* What a task waits for that sleeps at a place in the kernel. */
#ifndef HD_REASONS_H
#define HD_REASONS_H

const char *hd_reason(const char *place);

#endif /* HD_REASONS_H */
