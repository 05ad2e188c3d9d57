/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What may block is done by a helper process, which is given up where it does
 * not come back.
 */
#ifndef HD_HELPER_H
#define HD_HELPER_H

#include "pure/pure.h"

#define HD_HELPER_ARG	1024	/* bytes of an argument */

/**
 * struct hd_helper_result - what the helper has sent, to be freed
 * @data: bytes; NULL: none
 * @size: how many
 * @room: how many fit
 */
struct hd_helper_result {
	char *data;
	size_t size;
	size_t room;
};

bool hd_helper(int (*act)(const void *arg), const void *arg, size_t size,
	       struct hd_helper_result *result);
/* for @act, which the helper runs */
void hd_helper_put(const void *data, size_t size);

#endif /* HD_HELPER_H */
