/* SPDX-License-Identifier: GPL-2.0-only */
/* The collectors: one a file, each in the table in main.c. */
#ifndef HD_COLLECT_H
#define HD_COLLECT_H

#include "core/hooks.h"

extern const struct hd_collector hd_collector_lifecycle;
extern const struct hd_collector hd_collector_syscall;
extern const struct hd_collector hd_collector_dsleep;
extern const struct hd_collector hd_collector_files;

#endif /* HD_COLLECT_H */
