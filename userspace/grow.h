/* SPDX-License-Identifier: GPL-2.0-only */
/* Arrays that grow. */
#ifndef HD_GROW_H
#define HD_GROW_H

#include "pure/pure.h"

void *hd_grow(void *array, size_t used, size_t *room, size_t each);

#endif /* HD_GROW_H */
