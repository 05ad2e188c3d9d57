// SPDX-License-Identifier: GPL-2.0-only
/* 4.11, RHEL 7: linux/sched/clock.h */
#include <linux/module.h>
#include <linux/sched/clock.h>
