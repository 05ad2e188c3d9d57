// SPDX-License-Identifier: GPL-2.0-only
/* 3.15: tracepoints are registered by struct, no longer by name */
#include <linux/module.h>
#include <linux/tracepoint.h>

int probe_register(struct tracepoint *tp, void *fn)
{
	return tracepoint_probe_register(tp, fn, NULL);
}
