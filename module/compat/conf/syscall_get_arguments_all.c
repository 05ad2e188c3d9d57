// SPDX-License-Identifier: GPL-2.0-only
/* 5.1: syscall_get_arguments() gives all six */
#include <linux/module.h>
#include <linux/sched.h>
#include <asm/syscall.h>

void check(struct pt_regs *regs, unsigned long *args)
{
	syscall_get_arguments(current, regs, args);
}
