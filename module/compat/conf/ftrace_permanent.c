// SPDX-License-Identifier: GPL-2.0-only
/* 5.5: a hook of ftrace that is not switched off with kernel.ftrace_enabled */
#include <linux/ftrace.h>

int flags = FTRACE_OPS_FL_PERMANENT;
