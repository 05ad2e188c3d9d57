/* SPDX-License-Identifier: GPL-2.0-only */
/* The checksum of a snapshot, as uapi/hostdiag.h describes it. */
#ifndef HD_SUM_H
#define HD_SUM_H

#include "pure/pure.h"
#include "uapi/hostdiag.h"

/**
 * hd_sum() - continue a checksum
 * @sum: checksum of the bytes before; HOSTDIAG_SUM_START: there are none
 * @data: bytes, at any address
 * @size: number of bytes, a multiple of 8
 *
 * Each step is reversible, so a single wrong number always changes the checksum.
 */
static inline u64 hd_sum(u64 sum, const void *data, size_t size)
{
	const u8 *at = data, *end = at + size;
	u64 number;

	for (; at < end; at += sizeof(number)) {
		memcpy(&number, at, sizeof(number));
		sum ^= number;
		sum = (sum << 29 | sum >> 35) * HOSTDIAG_SUM_FACTOR;
	}
	return sum;
}

#endif /* HD_SUM_H */
