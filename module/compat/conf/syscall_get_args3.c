// SPDX-License-Identifier: GPL-2.0-only
/* 5.1: all six arguments at once */
#include <linux/module.h>
#include <linux/sched.h>
#include <asm/syscall.h>

void args(struct task_struct *p, struct pt_regs *regs, unsigned long *to)
{
	syscall_get_arguments(p, regs, to);
}
