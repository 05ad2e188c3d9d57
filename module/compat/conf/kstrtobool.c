// SPDX-License-Identifier: GPL-2.0-only
/* 4.6, RHEL 7, 4.4.y: kstrtobool() */
#include <linux/module.h>
#include <linux/kernel.h>
#include <linux/string.h>

int check(const char *s, bool *b)
{
	return kstrtobool(s, b);
}
