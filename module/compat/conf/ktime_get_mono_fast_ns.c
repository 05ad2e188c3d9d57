// SPDX-License-Identifier: GPL-2.0-only
/* 3.17, RHEL 7: ktime_get_mono_fast_ns() */
#include <linux/module.h>
#include <linux/ktime.h>
#include <linux/hrtimer.h>

u64 check(void)
{
	return ktime_get_mono_fast_ns();
}
