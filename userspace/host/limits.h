/* SPDX-License-Identifier: GPL-2.0-only */
/* Find the limit of a process that explains an error. */
#ifndef HD_LIMITS_H
#define HD_LIMITS_H

#include "pure/pure.h"

bool hd_limit_explains(u32 tgid, u32 error, const char *call, char *buf,
		       size_t size);

#endif /* HD_LIMITS_H */
