/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What code that is built into the module, the reader and the unit tests
 * needs from its surroundings: fixed-width types, memcpy, snprintf.
 */
#ifndef HD_PURE_H
#define HD_PURE_H

#ifdef __KERNEL__
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>
#else
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int64_t s64;
#endif

#endif /* HD_PURE_H */
