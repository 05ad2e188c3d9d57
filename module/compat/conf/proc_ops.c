// SPDX-License-Identifier: GPL-2.0-only
/* 5.6: proc files have struct proc_ops, before that file_operations */
#include <linux/module.h>
#include <linux/proc_fs.h>

const struct proc_ops ops;

struct proc_dir_entry *create(void)
{
	return proc_create_data("x", 0444, NULL, &ops, NULL);
}
