/* SPDX-License-Identifier: GPL-2.0-only */
/* The kinds of histograms, and one as text, in the form of bcc's. */
#ifndef HD_PICTURE_H
#define HD_PICTURE_H

#include "table/args.h"

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

/**
 * struct hd_kind - a kind
 * @name: as it is typed
 * @title: as it is called
 * @flag: the group of hooks that counts it
 */
struct hd_kind {
	const char *name;
	const char *title;
	u32 flag;
};

extern const struct hd_kind hd_kinds[HOSTDIAG_KINDS];

u32 hd_kind_parse(const char *arg);
bool hd_kind_is_wanted(const struct hd_syscall_row *row,
		       const struct hd_args *args);

#endif /* HD_PICTURE_H */
