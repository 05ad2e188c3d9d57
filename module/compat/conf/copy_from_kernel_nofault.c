// SPDX-License-Identifier: GPL-2.0-only
/* 5.8: it was probe_kernel_read() */
#include <linux/module.h>
#include <linux/uaccess.h>

long check(void *to, const void *from);
long check(void *to, const void *from)
{
	return copy_from_kernel_nofault(to, from, sizeof(long));
}
