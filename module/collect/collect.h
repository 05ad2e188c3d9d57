/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The collectors, one in each file: one for each group of HD_GROUP_LIST, by its
 * name, and one that is always on.  main.c has them in a table.
 */
#ifndef HD_COLLECT_H
#define HD_COLLECT_H

#include "core/hooks.h"

extern const struct hd_collector hd_collector_lifecycle;
extern const struct hd_collector hd_collector_recorder;

#define HD_GROUP_COLLECTOR(name, NAME, help) \
	extern const struct hd_collector hd_collector_##name;
HD_GROUP_LIST(HD_GROUP_COLLECTOR)
extern const struct hd_collector hd_collector_ledger;

void hd_ledger_watch(void);
void hd_ledger_unwatch(void);

#endif /* HD_COLLECT_H */
