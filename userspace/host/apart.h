/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What may block is done by a helper process, which is given up where it does
 * not come back.
 */
#ifndef HD_APART_H
#define HD_APART_H

#include "pure/pure.h"

#define HD_APART_ARG	1024	/* bytes of an argument */

/**
 * struct hd_apart_result - what the helper has sent, to be freed
 * @data: bytes; NULL: none
 * @size: how many
 * @room: how many fit
 */
struct hd_apart_result {
	char *data;
	size_t size;
	size_t room;
};

bool hd_apart(int (*act)(const void *arg), const void *arg, size_t size,
	      struct hd_apart_result *result);
/* for @act, which the helper runs */
void hd_apart_put(const void *data, size_t size);

#endif /* HD_APART_H */
