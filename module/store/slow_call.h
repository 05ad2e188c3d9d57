/* SPDX-License-Identifier: GPL-2.0-only */
/* The event of a syscall that took long, and the device of its D sleeps. */
#ifndef HD_SLOW_CALL_H
#define HD_SLOW_CALL_H

#include <linux/types.h>

struct hd_task;

void hd_slow_call(struct hd_task *task, u32 key, u64 ns, long ret);

#endif /* HD_SLOW_CALL_H */
