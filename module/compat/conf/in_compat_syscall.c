// SPDX-License-Identifier: GPL-2.0-only
/* 4.6, RHEL 7: in_compat_syscall() */
#include <linux/module.h>
#include <linux/compat.h>
#include <linux/sched.h>

bool check(void)
{
	return in_compat_syscall();
}
