// SPDX-License-Identifier: GPL-2.0-only
/* 3.14, RHEL 7: smp_load_acquire() and smp_store_release() */
#include <linux/module.h>
#include <asm/barrier.h>

void check(int *p)
{
	smp_store_release(p, smp_load_acquire(p));
}
