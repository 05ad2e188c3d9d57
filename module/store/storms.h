/* SPDX-License-Identifier: GPL-2.0-only */
/* Storms: times when many tasks were blocked at once, the worst of the last day. */
#ifndef HD_STORMS_H
#define HD_STORMS_H

#include "pure/storm.h"

int hd_storms_init(void);
void hd_storms_exit(void);
void hd_storm_keep(const struct hd_storm *storm, u64 now_ns);
bool hd_storm_read(u32 nth, u64 now_ns, struct hd_storm *storm);

#endif /* HD_STORMS_H */
