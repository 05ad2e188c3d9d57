/* SPDX-License-Identifier: GPL-2.0-only */
/* Parser of the module's file "blocked". */
#ifndef HD_HOST_BLOCKED_H
#define HD_HOST_BLOCKED_H

#include "pure/blocked.h"

#define HD_BLOCKED_FILE	"/proc/hostdiag/blocked"

bool hd_blocked_each(const char *file,
		     void (*act)(const struct hd_blocked_row *row, void *priv),
		     void *priv);

#endif /* HD_HOST_BLOCKED_H */
