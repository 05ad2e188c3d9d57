// SPDX-License-Identifier: GPL-2.0-only
/* after 4.19: regs_get_kernel_argument() */
#include <linux/module.h>
#include <linux/ptrace.h>

unsigned long check(struct pt_regs *regs)
{
	return regs_get_kernel_argument(regs, 0);
}
