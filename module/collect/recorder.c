// SPDX-License-Identifier: GPL-2.0-only
/*
 * The last calls of each task.  They are written by the hooks of syscalls, one
 * form of which does so: here is what is to be done when that is switched.
 */
#include "collect/collect.h"
#include "store/exited.h"
#include "store/task.h"

static void clock_changed(const struct hd_clock_change *change)
{
	hd_deaths_forget_recorded();
}

const struct hd_collector hd_collector_recorder = {
	.name = "recorder",
	.group = HD_GROUP_RECORDER,
	.forget = hd_tasks_forget_recorded,
	.clock_changed = clock_changed,
};
