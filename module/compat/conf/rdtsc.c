// SPDX-License-Identifier: GPL-2.0-only
/* 4.3, RHEL 7: rdtsc() in place of __native_read_tsc() */
#include <linux/module.h>
#include <asm/msr.h>

u64 check(void)
{
	return rdtsc();
}
