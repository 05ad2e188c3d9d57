// SPDX-License-Identifier: GPL-2.0-only
/* arm64: arch_timer_read_counter(), which knows the errata of its processor */
#include <linux/module.h>
#include <asm/arch_timer.h>
#include <clocksource/arm_arch_timer.h>

u64 check(void);
u64 check(void)
{
	return arch_timer_read_counter() / arch_timer_get_cntfrq();
}
