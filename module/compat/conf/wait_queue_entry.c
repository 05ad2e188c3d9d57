// SPDX-License-Identifier: GPL-2.0-only
/* 4.13: struct wait_queue_entry was wait_queue_t before */
#include <linux/module.h>
#include <linux/wait.h>

struct list_head *check(struct wait_queue_entry *wait);
struct list_head *check(struct wait_queue_entry *wait)
{
	return &wait->entry;
}
