// SPDX-License-Identifier: GPL-2.0-only
/* 7.x: ktime_get_snapshot_id(), which is told the clock, for ktime_get_snapshot() */
#include <linux/module.h>
#include <linux/timekeeping.h>

u64 check(void);
u64 check(void)
{
	struct system_time_snapshot snap;

	ktime_get_snapshot_id(CLOCK_MONOTONIC, &snap);
	return snap.cycles;
}
