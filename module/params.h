/* SPDX-License-Identifier: GPL-2.0-only */
/* Settings: the module's parameters. */
#ifndef HD_PARAMS_H
#define HD_PARAMS_H

#include <linux/types.h>

/**
 * struct hd_params - settings that are fixed at load
 * @max_tasks: most records of tasks
 * @max_memory_mb: bound of all memory
 * @gid: group that may read /proc/hostdiag; -1: none
 */
struct hd_params {
	u32 max_tasks;
	u32 max_memory_mb;
	int gid;
};

extern struct hd_params hd_params;

void hd_params_start(void);
void hd_params_stop(void);

#endif /* HD_PARAMS_H */
