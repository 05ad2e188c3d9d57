// SPDX-License-Identifier: GPL-2.0-only
/* arm64, 4.12: the virtual counter, and which CPUs do not count right */
#include <linux/module.h>
#include <linux/percpu.h>
#include <asm/arch_timer.h>
#include <asm/sysreg.h>

u64 check(int cpu);
u64 check(int cpu)
{
	if (per_cpu(timer_unstable_counter_workaround, cpu)->read_cntvct_el0)
		return 0;
	return read_sysreg(cntvct_el0) / arch_timer_get_cntfrq();
}
