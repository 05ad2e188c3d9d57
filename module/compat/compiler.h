/* SPDX-License-Identifier: GPL-2.0-only */
/* Included before every file: how what others look at is read and written. */
#ifndef HD_COMPAT_COMPILER_H
#define HD_COMPAT_COMPILER_H

#include <linux/compiler.h>

/* before 3.19; of scalars only */
#ifndef READ_ONCE
#define READ_ONCE(x)		ACCESS_ONCE(x)
#endif
#ifndef WRITE_ONCE
#define WRITE_ONCE(x, v)	(ACCESS_ONCE(x) = (v))
#endif

/*
 * From 5.8: an access that races with others on purpose.  Here these are:
 *  - the only writer of a field changes it while readers look on: a count that
 *    is one behind is as good.  For n++, WRITE_ONCE(n, n + 1) would take three
 *    instructions instead of one;
 *  - a reader looks at what may be written meanwhile: the old value, the new
 *    one or a torn copy will do, or the reader finds out afterwards.
 */
#ifndef data_race
#define data_race(expr)		(expr)
#endif

#endif /* HD_COMPAT_COMPILER_H */
