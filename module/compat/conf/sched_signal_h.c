// SPDX-License-Identifier: GPL-2.0-only
/* 4.11, RHEL 7: linux/sched/signal.h and linux/sched/task.h */
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
