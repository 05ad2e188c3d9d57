/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files that are replaced as a whole: whoever reads one sees the old one or
 * the new one, and after a failure the old one.
 */
#ifndef HD_REPLACE_H
#define HD_REPLACE_H

#include "pure/pure.h"

/**
 * struct hd_replace - a file that is being replaced
 * @to: what is to become of it is written here
 * @name: of the file
 * @part: of what it will be, till then
 */
struct hd_replace {
	FILE *to;
	const char *name;
	char *part;
};

void hd_replace_begin(struct hd_replace *replace, const char *name, u32 mode);
void hd_replace_end(struct hd_replace *replace);

#endif /* HD_REPLACE_H */
