/* SPDX-License-Identifier: GPL-2.0-only */
/* The clock that nobody sets. */
#ifndef HD_NOW_H
#define HD_NOW_H

#include "pure/pure.h"

u64 hd_now_ns(void);

#endif /* HD_NOW_H */
