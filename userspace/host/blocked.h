/* SPDX-License-Identifier: GPL-2.0-only */
/* What the module's file "blocked" says. */
#ifndef HD_HOST_BLOCKED_H
#define HD_HOST_BLOCKED_H

#include "pure/blocked_tree.h"

#define HD_BLOCKED_FILE	"/proc/hostdiag/blocked"

bool hd_blocked_each(const char *file,
		     void (*act)(const struct hd_blocked_row *row, void *priv),
		     void *priv);
bool hd_blocked_tree_of(const char *file, struct hd_blocked_tree *tree);
void hd_blocked_worst(const char *file, struct hd_blocked_root *worst);
bool hd_blocked_of(const char *file, u32 tid, struct hd_blocked_row *row);

#endif /* HD_HOST_BLOCKED_H */
