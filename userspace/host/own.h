/* SPDX-License-Identifier: GPL-2.0-only */
/* What the module tells of itself, in debugfs; of this host, to root. */
#ifndef HD_OWN_H
#define HD_OWN_H

#include "pure/pure.h"

#define HD_OWN_DIR	"/sys/kernel/debug/hostdiag"
#define HD_OWN_LINE	512

void hd_own_clean(char *line);
bool hd_own_each(const char *name,
		 void (*act)(const char *line, void *priv), void *priv);
bool hd_own_memory(const char *line, u64 *bytes, u64 *limit);

#endif /* HD_OWN_H */
