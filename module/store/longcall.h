/* SPDX-License-Identifier: GPL-2.0-only */
/* What is kept of a syscall that took long. */
#ifndef HD_LONGCALL_H
#define HD_LONGCALL_H

#include <linux/types.h>

struct hd_task;

void hd_longcall(struct hd_task *task, u32 key, u64 ns, long ret);

#endif /* HD_LONGCALL_H */
