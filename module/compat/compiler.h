/* SPDX-License-Identifier: GPL-2.0-only */
/* Included before every file: one load or one store, whatever else. */
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

#endif /* HD_COMPAT_COMPILER_H */
