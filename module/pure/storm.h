/* SPDX-License-Identifier: GPL-2.0-only */
/* A storm: a time when many tasks were blocked at once. */
#ifndef HD_STORM_H
#define HD_STORM_H

#include "pure/blocked_tree.h"

#define HD_STORMS	8u
#define HD_STORM_WORST	56	/* with the rest a line of summary */
#define HD_STORM_TEXT	4096
#define HD_STORM_KEPT_NS	(24 * 3600 * 1000000000ull)

/**
 * struct hd_storm - a storm
 * @nr: of storms since load; 0: none
 * @begin_ns: when the first of those tasks began to wait
 * @end_ns: when it was over; 0: it goes on
 * @tasks: how many were blocked at once, at the most
 * @worst: who or what they waited for then, in a sentence
 * @text: all of them then, and the acts of that time, in lines
 */
struct hd_storm {
	u32 nr;
	u64 begin_ns;
	u64 end_ns;
	u32 tasks;
	char worst[HD_STORM_WORST];
	char text[HD_STORM_TEXT];
};

bool hd_storm_is_worse(const struct hd_storm *a, const struct hd_storm *b,
		       u64 now_ns);
void hd_storm_print(struct hd_out *out, const struct hd_storm *storm, u64 now_ns);
void hd_storm_say(struct hd_out *out, const struct hd_storm *storm, u64 now_ns);

#endif /* HD_STORM_H */
