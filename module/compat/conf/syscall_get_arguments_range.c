// SPDX-License-Identifier: GPL-2.0-only
/* up to 5.0 syscall_get_arguments() takes a range */
#include <linux/module.h>
#include <linux/sched.h>
#include <asm/syscall.h>

void check(struct pt_regs *regs, unsigned long *args)
{
	syscall_get_arguments(current, regs, 0, 6, args);
}
