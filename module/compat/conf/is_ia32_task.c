// SPDX-License-Identifier: GPL-2.0-only
/* up to 4.6 is_ia32_task() of x86 */
#include <linux/module.h>
#include <linux/compat.h>
#include <linux/sched.h>

bool check(void)
{
	return is_ia32_task();
}
