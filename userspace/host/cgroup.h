/* SPDX-License-Identifier: GPL-2.0-only */
/* The cgroup of a process: its label, freezing and throttling. */
#ifndef HD_CGROUP_H
#define HD_CGROUP_H

#include "pure/pure.h"

#define HD_CGROUP_LEN	256

bool hd_cgroup_label(const char *text, char label[HD_CGROUP_LEN]);
void hd_cgroup_of(u32 tgid, char label[HD_CGROUP_LEN]);

bool hd_cgroup_up(const char *root, u32 tgid, const char *controller,
		  bool (*act)(const char *dir, void *priv), void *priv);

/**
 * struct hd_cgroup_quota - CPU quota of a cgroup
 * @path: path of the cgroup
 * @quota_us: CPU time that it may use per period
 * @period_us: length of a period
 * @throttled: number of periods in which it was throttled
 */
struct hd_cgroup_quota {
	char path[HD_CGROUP_LEN];
	u64 quota_us;
	u64 period_us;
	u64 throttled;
};

bool hd_cgroup_frozen(const char *root, u32 tgid, char path[HD_CGROUP_LEN]);
bool hd_cgroup_throttled(const char *root, u32 tgid,
			 struct hd_cgroup_quota *quota);

#endif /* HD_CGROUP_H */
