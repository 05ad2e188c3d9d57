/* SPDX-License-Identifier: GPL-2.0-only */
/* The threads of a process: those to tell of, and how many others. */
#ifndef HD_WHY_THREADS_H
#define HD_WHY_THREADS_H

#include "why/why.h"

#define HD_WHY_CALLS	5	/* that idle threads are counted by */

/**
 * struct hd_why_idle - threads that wait for work in one call
 * @name: of the call
 * @count: how many
 */
struct hd_why_idle {
	char name[HD_NAME_LEN];
	u32 count;
};

/**
 * struct hd_why_threads - the threads of a process
 * @tgid: the process
 * @count: all
 * @stuck: those that wait for no work, the worst first, and of those that wait
 *	for the same one alone; to be freed
 * @stucks: how many
 * @same: that wait for the same as one of them
 * @room: how many fit
 * @idle: those that wait for work
 * @idles: how many
 */
struct hd_why_threads {
	u32 tgid;
	u32 count;
	u32 *stuck;
	u32 stucks;
	u32 same;
	size_t room;
	struct hd_why_idle idle[HD_WHY_CALLS];
	u32 idles;
};

void hd_why_threads(struct hd_why *why, u32 tgid,
		    struct hd_why_threads *threads);
u32 hd_why_say_threads(const struct hd_why *why,
		       const struct hd_why_threads *threads,
		       struct hd_out *out);

#endif /* HD_WHY_THREADS_H */
