// SPDX-License-Identifier: GPL-2.0-only
/* 4.11, not RHEL 7: linux/sched/task_stack.h, beside signal.h and task.h */
#include <linux/module.h>
#include <linux/sched/task_stack.h>
