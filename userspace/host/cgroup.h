/* SPDX-License-Identifier: GPL-2.0-only */
/* The cgroup of a process, in a word. */
#ifndef HD_CGROUP_H
#define HD_CGROUP_H

#include "pure/pure.h"

#define HD_CGROUP_LEN	256

bool hd_cgroup_label(const char *text, char label[HD_CGROUP_LEN]);
void hd_cgroup_of(u32 tgid, char label[HD_CGROUP_LEN]);

#endif /* HD_CGROUP_H */
