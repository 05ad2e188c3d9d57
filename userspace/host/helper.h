/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A helper process for system calls that may block for ever.  The reader abandons
 * a helper that does not answer in time.
 */
#ifndef HD_HELPER_H
#define HD_HELPER_H

#include "pure/pure.h"

#define HD_HELPER_ARG	1024	/* maximum size of an argument */

/**
 * struct hd_helper_result - the answer of the helper
 * @data: bytes, freed by the caller; NULL: none
 * @size: number of bytes
 * @room: bytes allocated
 */
struct hd_helper_result {
	char *data;
	size_t size;
	size_t room;
};

bool hd_helper(int (*act)(const void *arg), const void *arg, size_t size,
	       struct hd_helper_result *result);
/* called by @act, in the helper */
void hd_helper_put(const void *data, size_t size);

#endif /* HD_HELPER_H */
