/* SPDX-License-Identifier: GPL-2.0-only */
/* Text for formats that want valid UTF-8; names of the kernel are any bytes. */
#ifndef HD_UTF8_H
#define HD_UTF8_H

#include "pure/pure.h"

/* room for what hd_utf8() makes of so many bytes */
#define HD_UTF8_LEN(bytes)	(3 * (bytes) + 1)

size_t hd_utf8(const char *raw, size_t len, char *to);

#endif /* HD_UTF8_H */
