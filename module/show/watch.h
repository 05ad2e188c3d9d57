/* SPDX-License-Identifier: GPL-2.0-only */
/* The thread that looks for storms, and that a SysRq key has print what waits. */
#ifndef HD_WATCH_H
#define HD_WATCH_H

void hd_watch_init(void);
void hd_watch_exit(void);

#endif /* HD_WATCH_H */
