// SPDX-License-Identifier: GPL-2.0-only
/* 5.4: fallthrough */
#include <linux/module.h>

int check(int i)
{
	switch (i) {
	case 0:
		i = 1;
		fallthrough;
	default:
		return i;
	}
}
