/* SPDX-License-Identifier: GPL-2.0-only */
/* Of which kind a file system is. */
#ifndef HD_COMPAT_MAGIC_H
#define HD_COMPAT_MAGIC_H

#include <linux/magic.h>

/* 3.19; before, these files were procfs's */
#ifndef NSFS_MAGIC
#define NSFS_MAGIC	0x6e736673
#endif

#endif /* HD_COMPAT_MAGIC_H */
