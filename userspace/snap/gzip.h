/* SPDX-License-Identifier: GPL-2.0-only */
/* Files in the format of gzip, in memory. */
#ifndef HD_GZIP_H
#define HD_GZIP_H

#include "pure/pure.h"

bool hd_gzip_begins(const void *data, size_t size);
u8 *hd_gzip(const u8 *data, size_t size, size_t *packed_size);
const char *hd_gunzip(const u8 *packed, size_t packed_size, size_t most,
		      u8 **data, size_t *size);

#endif /* HD_GZIP_H */
