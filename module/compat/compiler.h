/* SPDX-License-Identifier: GPL-2.0-only */
/* Included before every file: reads and writes of data that is shared without a lock. */
#ifndef HD_COMPAT_COMPILER_H
#define HD_COMPAT_COMPILER_H

#include <linux/compiler.h>

/* before 3.19; for scalars only */
#ifndef READ_ONCE
#define READ_ONCE(x)		ACCESS_ONCE(x)
#endif
#ifndef WRITE_ONCE
#define WRITE_ONCE(x, v)	(ACCESS_ONCE(x) = (v))
#endif

/*
 * From 5.8: an access that races with others on purpose.  Here these are:
 *  - the only writer of a field changes it while others read it, who may get a count
 *    that is one behind.  WRITE_ONCE(n, n + 1) would take three instructions where n++
 *    takes one;
 *  - a reader copies data that may be written meanwhile: it can use the old value, the
 *    new one or a torn copy, or checks afterwards whether the data has changed.
 */
#ifndef data_race
#define data_race(expr)		(expr)
#endif

#endif /* HD_COMPAT_COMPILER_H */
