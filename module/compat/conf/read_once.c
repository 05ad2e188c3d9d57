// SPDX-License-Identifier: GPL-2.0-only
/* 3.19, RHEL 7: READ_ONCE() and WRITE_ONCE() */
#include <linux/module.h>
#include <linux/compiler.h>

void check(int *p)
{
	WRITE_ONCE(*p, READ_ONCE(*p) + 1);
}
