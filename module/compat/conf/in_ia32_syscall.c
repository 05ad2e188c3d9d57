// SPDX-License-Identifier: GPL-2.0-only
/* 4.7: in_ia32_syscall() of x86, before that is_ia32_task() */
#include <linux/module.h>
#include <linux/compat.h>
#include <linux/sched.h>

bool check(void)
{
	return in_ia32_syscall();
}
