/* SPDX-License-Identifier: GPL-2.0-only */
/* A histogram as text, in the form of bcc's. */
#ifndef HD_PICTURE_H
#define HD_PICTURE_H

#include "pure/hist.h"

/* rows: all below 2^4 ns, the octaves, and all from 2^46 ns */
#define HD_PICTURE_ROWS	(HD_HIST_OCTAVES + 2)

/**
 * typedef hd_picture_fn - a line of a picture
 * @priv: its own
 * @text: the line; gone after this
 */
typedef void hd_picture_fn(void *priv, const char *text);

u32 hd_picture_row(u32 bucket);
u64 hd_picture_lower(u32 row);
void hd_picture(const struct hd_stat *stat, const struct hd_stat *newer,
		hd_picture_fn *fn, void *priv);

#endif /* HD_PICTURE_H */
