/* SPDX-License-Identifier: GPL-2.0-only */
/* Settings: the module's parameters. */
#ifndef HD_PARAMS_H
#define HD_PARAMS_H

#include <linux/types.h>

enum hd_paths {
	HD_PATHS_FULL,
	HD_PATHS_BASENAME,
	HD_PATHS_OFF,
};

/**
 * struct hd_params - settings
 * @max_tasks: highest number of records of tasks
 * @max_memory_mb: bound of all memory
 * @gid: group that may read /proc/hostdiag; -1: none
 * @recorder_calls: places in the ring of a task's last calls: 16 or 32
 * @slow_syscall_ms: a longer syscall is an event; 0: none is
 * @slow_dsleep_ms: a longer D sleep is an event; 0: none is
 * @slow_open_ms: a file that is held open for longer is an event; 0: none is
 * @stuck_ms: a call or D sleep that has lasted longer is stuck; 0: none is
 * @paths: part of a path that is shown
 * @budget_percent: percentage of the CPUs' time that the hooks may take; 0: no bound
 * @panic_dump: on panic, print stuck tasks to the kernel's log
 *
 * The last seven may change at run time.
 */
struct hd_params {
	u32 max_tasks;
	u32 max_memory_mb;
	int gid;
	u32 recorder_calls;
	u32 slow_syscall_ms;
	u32 slow_dsleep_ms;
	u32 slow_open_ms;
	u32 stuck_ms;
	enum hd_paths paths;
	u32 budget_percent;
	u32 panic_dump;
};

extern struct hd_params hd_params;

/**
 * struct hd_thresholds - the settings in nanoseconds; ~0: the event does not occur
 * @syscall_ns: of a syscall whose class is not idle
 * @dsleep_ns: of a D sleep
 * @open_ns: of a file that is held open
 * @stuck_ns: of a call or D sleep in progress, for the summary
 */
struct hd_thresholds {
	u64 syscall_ns;
	u64 dsleep_ns;
	u64 open_ns;
	u64 stuck_ns;
};

extern struct hd_thresholds hd_thresholds;

const char *hd_params_paths(void);
void hd_params_start(void);
void hd_params_stop(void);

#endif /* HD_PARAMS_H */
