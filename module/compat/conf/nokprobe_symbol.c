// SPDX-License-Identifier: GPL-2.0-only
/* 3.16: NOKPROBE_SYMBOL() */
#include <linux/module.h>
#include <linux/kprobes.h>

int check(void)
{
	return 0;
}
NOKPROBE_SYMBOL(check);
