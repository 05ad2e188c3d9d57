// SPDX-License-Identifier: GPL-2.0-only
/* 4.3, RHEL 7: strscpy() */
#include <linux/module.h>
#include <linux/string.h>

ssize_t check(char *to, const char *from)
{
	return strscpy(to, from, 16);
}
