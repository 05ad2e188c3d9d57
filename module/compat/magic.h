/* SPDX-License-Identifier: GPL-2.0-only */
/* The magic numbers of filesystems. */
#ifndef HD_COMPAT_MAGIC_H
#define HD_COMPAT_MAGIC_H

#include <linux/magic.h>

/* from 3.19 on; before, these files were in procfs */
#ifndef NSFS_MAGIC
#define NSFS_MAGIC	0x6e736673
#endif

#endif /* HD_COMPAT_MAGIC_H */
