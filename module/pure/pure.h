/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The environment of code that is built into the module, the reader and the unit
 * tests: fixed-width types, memcpy, snprintf.
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
/* compat/compiler.h has the module's; outside of it no other thread writes */
#define data_race(expr)		(expr)
#endif

/* exactly one load, as by READ_ONCE() of the kernel */
#define hd_read_once(x)	(*(const volatile __typeof__(x) *)&(x))

/* the syscall tables that are built in: the module has only its machine's */
#if !defined(__KERNEL__) || defined(CONFIG_X86)
#define HD_TABLES_X86
#endif
#if !defined(__KERNEL__) || defined(CONFIG_ARM64)
#define HD_TABLES_ARM
#endif

#endif /* HD_PURE_H */
