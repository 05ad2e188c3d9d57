// SPDX-License-Identifier: GPL-2.0-only
/* 5.8: it was mmap_sem */
#include <linux/module.h>
#include <linux/mm_types.h>

struct rw_semaphore *check(struct mm_struct *mm);
struct rw_semaphore *check(struct mm_struct *mm)
{
	return &mm->mmap_lock;
}
