/* SPDX-License-Identifier: GPL-2.0-only */
/* Who or what is at the end of a chain of those who wait. */
#ifndef HD_WHY_ROOT_H
#define HD_WHY_ROOT_H

#include "why/why.h"

#define HD_WHY_NOBODY	(-1)
#define HD_WHY_CIRCLE	16	/* tasks of a circle that are known */

/**
 * struct hd_why_root - who or what keeps others waiting
 * @tid: the task; 0: it is none; of a circle the one with the lowest number
 * @is_circle: they wait for each other, and that was so at one moment
 * @is_guess: that it is this one is likely only
 * @is_stopped: @tid is stopped or frozen
 * @is_waiting: @tid waits itself in D sleep, for what or whom is not known: that
 *	it is to blame is known only where others wait for it
 * @is_young: it has not waited for long, as others do all the time
 * @text: says it, in a sentence without the full stop
 * @what: what @tid waits for itself, where @is_waiting
 * @circle: the tasks of a circle
 * @circles: how many
 */
struct hd_why_root {
	u32 tid;
	bool is_circle;
	bool is_guess;
	bool is_stopped;
	bool is_waiting;
	bool is_young;
	char text[HD_WHY_TEXT];
	char what[HD_WHY_WHAT];
	u32 circle[HD_WHY_CIRCLE];
	u32 circles;
};

s32 hd_why_root_of(struct hd_why *why, u32 tid);
const struct hd_why_root *hd_why_root(const struct hd_why *why, s32 nth);
s32 hd_why_roots(const struct hd_why *why);
const char *hd_why_waits_for(const struct hd_why *why, u32 tid);
void hd_why_forget_roots(struct hd_why *why);

#endif /* HD_WHY_ROOT_H */
