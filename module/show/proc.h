/* SPDX-License-Identifier: GPL-2.0-only */
/* /proc/hostdiag: create and remove it. */
#ifndef HD_PROC_H
#define HD_PROC_H

int hd_proc_init(void);
void hd_proc_exit(void);

#endif /* HD_PROC_H */
