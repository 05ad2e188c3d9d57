// SPDX-License-Identifier: GPL-2.0-only
/* 5.14: linux/panic_notifier.h; before, linux/kernel.h */
#include <linux/module.h>
#include <linux/panic_notifier.h>
