/* SPDX-License-Identifier: GPL-2.0-only */
/* On which mount the file or path is that a call is about. */
#ifndef HD_WHY_MOUNT_H
#define HD_WHY_MOUNT_H

#include "why/why.h"

/**
 * struct hd_why_mount - a line of /proc/TID/mountinfo
 * @id: of the mount
 * @major: of its device
 * @minor: the same
 * @point: where it is mounted, as mountinfo escapes it
 * @type: "fuse.sshfs"
 * @source: "10.0.0.5:/export", "/dev/sda1", as mountinfo escapes it
 */
struct hd_why_mount {
	u32 id;
	u32 major;
	u32 minor;
	char point[512];
	char type[64];
	char source[256];
};

bool hd_why_mount(const struct hd_why *why, const struct hd_why_task *task,
		  const char *on, struct hd_why_mount *found);

#endif /* HD_WHY_MOUNT_H */
