/* SPDX-License-Identifier: GPL-2.0-only */
/* /sys/kernel/debug/hostdiag: about the module itself. */
#ifndef HD_DEBUGFS_H
#define HD_DEBUGFS_H

void hd_debugfs_init(void);
void hd_debugfs_exit(void);

#endif /* HD_DEBUGFS_H */
