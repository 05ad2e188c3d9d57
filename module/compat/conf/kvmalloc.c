// SPDX-License-Identifier: GPL-2.0-only
/* 4.12, RHEL 7: kvmalloc() and kvzalloc() */
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/slab.h>

void *check(size_t size)
{
	return kvzalloc(size, GFP_KERNEL);
}
