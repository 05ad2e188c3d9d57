// SPDX-License-Identifier: GPL-2.0-only
/*
 * The worst storms of the last day; see storms.h.
 *
 * Locking and context: storms_mutex protects them, in process context, while
 * one is copied.
 */
#include <linux/mutex.h>
#include <linux/string.h>
#include "store/pool.h"
#include "store/storms.h"

static struct hd_storm *storms;		/* HD_STORMS of them */
static DEFINE_MUTEX(storms_mutex);	/* protects *storms; innermost */

static bool is_old(const struct hd_storm *storm, u64 now_ns)
{
	return storm->end_ns && now_ns > storm->end_ns + HD_STORM_KEPT_NS;
}

/* where a storm is to be: its own place, an empty one, the least one's; or NULL */
static struct hd_storm *place_of(const struct hd_storm *storm, u64 now_ns)
{
	struct hd_storm *least = storms;
	u32 i;

	for (i = 0; i < HD_STORMS; i++)
		if (storms[i].nr == storm->nr)
			return &storms[i];
	for (i = 0; i < HD_STORMS; i++) {
		if (!storms[i].nr || is_old(&storms[i], now_ns))
			return &storms[i];
		if (hd_storm_is_worse(least, &storms[i], now_ns))
			least = &storms[i];
	}
	return hd_storm_is_worse(storm, least, now_ns) ? least : NULL;
}

/**
 * hd_storm_keep() - keep a storm, or what it has become, if it is one of the worst
 * @storm: it
 * @now_ns: the time, by the kernel's clock
 *
 * Context: process; sleeps.
 */
void hd_storm_keep(const struct hd_storm *storm, u64 now_ns)
{
	struct hd_storm *place;

	mutex_lock(&storms_mutex);
	place = place_of(storm, now_ns);
	if (place)
		*place = *storm;
	mutex_unlock(&storms_mutex);
}

/**
 * hd_storm_read() - copy a storm
 * @nth: below HD_STORMS
 * @now_ns: the time, by the kernel's clock
 * @storm: filled
 *
 * Context: process; sleeps.
 * Return: false: there is none.
 */
bool hd_storm_read(u32 nth, u64 now_ns, struct hd_storm *storm)
{
	mutex_lock(&storms_mutex);
	*storm = storms[nth];
	mutex_unlock(&storms_mutex);
	return storm->nr && !is_old(storm, now_ns);
}

/**
 * hd_storms_init() - make room for them
 *
 * Return: 0 or -ENOMEM.
 */
int hd_storms_init(void)
{
	storms = hd_fixed_alloc(HD_STORMS * sizeof(*storms));
	return storms ? 0 : -ENOMEM;
}

/**
 * hd_storms_exit() - free it
 *
 * Context: process, once nobody reads any more; sleeps.
 */
void hd_storms_exit(void)
{
	hd_fixed_free(storms, HD_STORMS * sizeof(*storms));
	storms = NULL;
}
