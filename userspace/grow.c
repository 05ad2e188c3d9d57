// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "grow.h"
#include "print.h"

#define FIRST	64

/**
 * hd_grow() - make room for one more
 * @array: of the things; NULL: there are none
 * @used: how many there are
 * @room: how many fit
 * @each: size of one
 *
 * Return: the array, maybe moved.
 */
void *hd_grow(void *array, size_t used, size_t *room, size_t each)
{
	if (used < *room)
		return array;
	*room = *room ? 2 * *room : FIRST;
	array = realloc(array, *room * each);
	if (!array)
		hd_die("out of memory");
	return array;
}
