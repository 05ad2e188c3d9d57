/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The processes that have a file, pipe or socket open: every /proc/PID/fd is read
 * once, at the first question.
 */
#ifndef HD_WHY_LINKS_H
#define HD_WHY_LINKS_H

#include "why/why.h"

#define HD_WHY_READS	1u	/* open for reading */
#define HD_WHY_WRITES	2u	/* open for writing */

/**
 * struct hd_why_link - a process has something open
 * @hash: of the text of the link
 * @tgid: the process
 * @fd: its descriptor
 */
struct hd_why_link {
	u64 hash;
	u32 tgid;
	s32 fd;
};

/**
 * struct hd_why_seek - which open descriptors to look for
 * @link: the text of the link: "pipe:[812]"
 * @mode: HD_WHY_READS, HD_WHY_WRITES or both: how it has to be open
 * @chosen: a further condition; NULL: none
 * @priv: passed to @chosen
 */
struct hd_why_seek {
	const char *link;
	u32 mode;
	bool (*chosen)(struct hd_why *why, const struct hd_why_link *link,
		       void *priv);
	void *priv;
};

bool hd_why_hold(struct hd_why *why, const struct hd_why_seek *seek, u32 tgid,
		 struct hd_why_link *link);
u32 hd_why_count_holders(struct hd_why *why, const struct hd_why_seek *seek);
u32 hd_why_say_holders(struct hd_why *why, const struct hd_why_seek *seek,
		       const char *what, u32 self, struct hd_why_wait *wait);

#endif /* HD_WHY_LINKS_H */
