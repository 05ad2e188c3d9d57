// SPDX-License-Identifier: GPL-2.0-only
/* Registration of a probe on a tracepoint by its name, on every kernel. */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include "tracepoint.h"

#define RETRY_MS	20	/* until there is memory again */

#ifdef HD_HAVE_TP_BY_STRUCT

struct lookup {
	const char *name;
	struct tracepoint *found;
};

static void match_tracepoint(struct tracepoint *tp, void *priv)
{
	struct lookup *look = priv;

	if (!strcmp(tp->name, look->name))
		look->found = tp;
}

static struct tracepoint *find_tracepoint(const char *name)
{
	struct lookup look = { .name = name };

	for_each_kernel_tracepoint(match_tracepoint, &look);
	return look.found;
}

/**
 * hd_tracepoint_register() - attach a probe
 * @name: name of the event
 * @probe: function with the prototype of the event, and void *data before it
 *
 * Context: process; may sleep.
 * Return: 0, -ENOENT where the kernel has no such event, or an error.
 */
int hd_tracepoint_register(const char *name, void *probe)
{
	struct tracepoint *tp = find_tracepoint(name);

	return tp ? tracepoint_probe_register(tp, probe, NULL) : -ENOENT;
}

/**
 * hd_tracepoint_unregister() - detach a probe
 * @name: name of the event
 * @probe: the probe that was attached
 *
 * Context: process; may sleep.  The probe may still be running until
 * hd_tracepoint_synchronize() has returned.
 */
void hd_tracepoint_unregister(const char *name, void *probe)
{
	struct tracepoint *tp = find_tracepoint(name);

	/* up to 5.10 this allocates memory, and the probe stays attached if that fails */
	while (tp && tracepoint_probe_unregister(tp, probe, NULL) == -ENOMEM)
		msleep(RETRY_MS);
}

#else /* up to 3.14 the kernel itself looks up the name */

#include <linux/kallsyms.h>

/* The kernel takes any name, and waits for a module that has the event. */
static bool tracepoint_exists(const char *name)
{
	char symbol[64];

	snprintf(symbol, sizeof(symbol), "__tracepoint_%s", name);
	return kallsyms_lookup_name(symbol);
}

int hd_tracepoint_register(const char *name, void *probe)
{
	if (!tracepoint_exists(name))
		return -ENOENT;
	return tracepoint_probe_register(name, probe, NULL);
}

void hd_tracepoint_unregister(const char *name, void *probe)
{
	/* as in the other hd_tracepoint_unregister() */
	while (tracepoint_probe_unregister(name, probe, NULL) == -ENOMEM)
		msleep(RETRY_MS);
}

#endif

/**
 * hd_tracepoint_synchronize() - wait until no detached probe runs any more
 *
 * Context: process; sleeps.
 */
void hd_tracepoint_synchronize(void)
{
	tracepoint_synchronize_unregister();
}
