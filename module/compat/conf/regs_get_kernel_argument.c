// SPDX-License-Identifier: GPL-2.0-only
/* 4.20 (x86), 5.2 (arm64): regs_get_kernel_argument() */
#include <linux/module.h>
#include <linux/ptrace.h>

unsigned long check(struct pt_regs *regs)
{
	return regs_get_kernel_argument(regs, 0);
}
