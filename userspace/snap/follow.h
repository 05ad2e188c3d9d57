/* SPDX-License-Identifier: GPL-2.0-only */
/* A file of /proc/hostdiag that grows. */
#ifndef HD_FOLLOW_H
#define HD_FOLLOW_H

#define HD_LIVE_SLOW	"/proc/hostdiag/slow"

int hd_follow(const char *file);

#endif /* HD_FOLLOW_H */
