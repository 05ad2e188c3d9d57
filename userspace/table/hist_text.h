/* SPDX-License-Identifier: GPL-2.0-only */
/* The kinds of histograms, and histograms as text in the format of bcc. */
#ifndef HD_HIST_TEXT_H
#define HD_HIST_TEXT_H

#include "pure/hist.h"
#include "uapi/hostdiag.h"

/* rows: all below 2^4 ns, the octaves, and all from 2^46 ns */
#define HD_HIST_TEXT_ROWS	(HD_HIST_OCTAVES + 2)

/**
 * typedef hd_hist_text_fn - receives a line of a histogram
 * @priv: argument of hd_hist_text()
 * @text: the line, valid during the call
 */
typedef void hd_hist_text_fn(void *priv, const char *text);

u32 hd_hist_text_row(u32 bucket);
u64 hd_hist_text_lower(u32 row);
void hd_hist_text(const struct hd_stat *stat, const struct hd_stat *newer,
		  hd_hist_text_fn *fn, void *priv);

/**
 * struct hd_hist_kind - a kind of histogram
 * @name: name in options
 * @title: name in headings
 * @flag: bit of the group of hooks that fills it
 */
struct hd_hist_kind {
	const char *name;
	const char *title;
	u32 flag;
};

extern const struct hd_hist_kind hd_hist_kinds[HOSTDIAG_KINDS];

#endif /* HD_HIST_TEXT_H */
