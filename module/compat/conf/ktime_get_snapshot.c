// SPDX-License-Identifier: GPL-2.0-only
/* 4.6: ktime_get_snapshot(), which shows what the clocksource has read */
#include <linux/module.h>
#include <linux/timekeeping.h>

u64 check(void);
u64 check(void)
{
	struct system_time_snapshot snap;

	ktime_get_snapshot(&snap);
	return snap.cycles;
}
