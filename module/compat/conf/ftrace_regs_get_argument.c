// SPDX-License-Identifier: GPL-2.0-only
/* 6.2: ftrace_regs_get_argument() */
#include <linux/module.h>
#include <linux/ftrace.h>

unsigned long check(struct ftrace_regs *fregs)
{
	return ftrace_regs_get_argument(fregs, 0);
}
