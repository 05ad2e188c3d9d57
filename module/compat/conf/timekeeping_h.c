// SPDX-License-Identifier: GPL-2.0-only
/* 3.17, RHEL 7: linux/timekeeping.h */
#include <linux/module.h>
#include <linux/timekeeping.h>
