/* SPDX-License-Identifier: GPL-2.0-only */
/* Files of "hostdiag record": snapshots, named by their time in UTC. */
#ifndef HD_RECORDED_H
#define HD_RECORDED_H

#include "lines.h"

#define HD_RECORDED_LEN	sizeof("20261121T160509.123Z.snap")

void hd_recorded_name(u64 wall_ns, char name[HD_RECORDED_LEN]);
bool hd_recorded_list(const char *dir, struct hd_lines *names);

#endif /* HD_RECORDED_H */
