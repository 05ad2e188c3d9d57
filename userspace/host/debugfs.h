/* SPDX-License-Identifier: GPL-2.0-only */
/* The module's own state, which root can read in debugfs. */
#ifndef HD_DEBUGFS_H
#define HD_DEBUGFS_H

#include "pure/pure.h"

#define HD_DEBUGFS_DIR	"/sys/kernel/debug/hostdiag"
#define HD_DEBUGFS_LINE	512

void hd_debugfs_clean(char *line);
bool hd_debugfs_each(const char *name,
		     void (*act)(const char *line, void *priv), void *priv);
bool hd_debugfs_memory(const char *line, u64 *bytes, u64 *limit);

#endif /* HD_DEBUGFS_H */
