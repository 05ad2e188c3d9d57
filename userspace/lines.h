/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines of text that are kept. */
#ifndef HD_LINES_H
#define HD_LINES_H

#include "pure/pure.h"

/**
 * struct hd_lines - the lines
 * @text: one after the other
 * @used: how many
 * @room: that fit
 */
struct hd_lines {
	char **text;
	size_t used;
	size_t room;
};

__printf(2, 3)
void hd_lines_add(struct hd_lines *lines, const char *fmt, ...);
void hd_lines_free(struct hd_lines *lines);

#endif /* HD_LINES_H */
