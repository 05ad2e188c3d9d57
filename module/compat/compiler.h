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

#ifndef data_race
/* from 5.8: an access that races with others on purpose */
#define data_race(expr)		(expr)
#endif

/*
 * What the only writer of something does to it while readers look on, with
 * READ_ONCE() or hd_peek(): a count that is one behind is as good.  Where it is
 * n++, WRITE_ONCE(n, n + 1) would take three instructions instead of one.
 */
#define hd_sole_writer(expr)	data_race(expr)

/*
 * A look at what may be written meanwhile: the old value, the new one or a torn
 * copy will do, or else the caller finds out afterwards.
 */
#define hd_peek(expr)		data_race(expr)

#endif /* HD_COMPAT_COMPILER_H */
