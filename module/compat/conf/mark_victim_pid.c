// SPDX-License-Identifier: GPL-2.0-only
/* 4.14 to 6.8: mark_victim has the number of the task alone */
#include <linux/module.h>
#include <linux/oom.h>
#include <trace/events/oom.h>

void fn(void *data, int pid);

void check(void)
{
	check_trace_callback_type_mark_victim(fn);
}
