// SPDX-License-Identifier: GPL-2.0-only
/* up to 4.20 access_ok() asks what for */
#include <linux/module.h>
#include <linux/uaccess.h>

int check(const void __user *from);
int check(const void __user *from)
{
	return access_ok(VERIFY_READ, from, 1);
}
