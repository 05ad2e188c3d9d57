// SPDX-License-Identifier: GPL-2.0-only
/* up to 3.14 tracepoints are registered by name */
#include <linux/module.h>
#include <linux/tracepoint.h>

int probe_register(const char *name, void *fn)
{
	return tracepoint_probe_register(name, fn, NULL);
}
