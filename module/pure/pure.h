/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What code that is built into the module, the reader and the unit tests
 * needs from its surroundings: fixed-width types, memcpy, snprintf.
 */
#ifndef HD_PURE_H
#define HD_PURE_H

#ifdef __KERNEL__
#include <linux/bug.h>
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

/* as in the kernel, so that %llu takes a u64 without a cast */
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef int s32;
typedef unsigned long long u64;
typedef long long s64;

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#define __printf(fmt, args)	__attribute__((format(printf, fmt, args)))
#endif

#ifndef __KERNEL__
/* as in compat/compiler.h; here nobody else writes */
#define data_race(expr)		(expr)
#endif

/* one load, whatever the compiler would make of it */
#define hd_read_once(x)	(*(const volatile __typeof__(x) *)&(x))

/* which syscall tables are built in: the module needs its own machine's */
#if !defined(__KERNEL__) || defined(CONFIG_X86)
#define HD_TABLES_X86
#endif
#if !defined(__KERNEL__) || defined(CONFIG_ARM64)
#define HD_TABLES_ARM
#endif

#endif /* HD_PURE_H */
