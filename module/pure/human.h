/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers for people: three digits and a unit, as one word. */
#ifndef HD_HUMAN_H
#define HD_HUMAN_H

#include "pure/pure.h"

#define HD_HUMAN_LEN	16
#define HD_MS_PER_S	1000

const char *hd_human_time(u64 ns, char buf[HD_HUMAN_LEN]);
const char *hd_human_count(u64 count, char buf[HD_HUMAN_LEN]);
u64 hd_rate(u64 count, u64 ns, u32 other_ms);
const char *hd_human_rate(u64 count, u64 ns, char buf[HD_HUMAN_LEN]);

#endif /* HD_HUMAN_H */
