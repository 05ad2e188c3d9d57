// SPDX-License-Identifier: GPL-2.0-only
/* The places where tasks slept in D; see places.h. */
#include <linux/kernel.h>
#include <linux/string.h>
#include "compat/probe.h"
#include "store/lost.h"
#include "store/places.h"
#include "store/pool.h"

#define MOST_NAMES	6	/* functions of a place that are shown */

static struct hd_pool place_pool;

/**
 * hd_places_init() - make the place_pool
 *
 * Return: 0 or -ENOMEM.
 */
int hd_places_init(void)
{
	return hd_pool_init(&place_pool, HD_POOL_PLACES, sizeof(struct hd_place), 0);
}

static struct hd_place *find_place(struct hd_places *places, const unsigned long *at,
				   u32 depth)
{
	struct hd_place *place;

	for (place = hd_rcu_own(places->first); place; place = place->next)
		if (place->depth == depth &&
		    !memcmp(place->addrs, at, depth * sizeof(*at)))
			break;
	return place;
}

static struct hd_place *make_place(struct hd_places *places, const unsigned long *at,
				   u32 depth)
{
	struct hd_place *place;

	if (places->nr_places >= HD_PLACES_MOST)
		return NULL;
	place = hd_pool_get(&place_pool);
	if (!place)
		return NULL;
	memset(place, 0, sizeof(*place));
	place->depth = depth;
	memcpy(place->addrs, at, depth * sizeof(*at));
	place->next = hd_rcu_own(places->first);
	places->nr_places++;
	rcu_assign_pointer(places->first, place);
	return place;
}

/**
 * hd_places_count() - count a long D sleep at its place
 * @places: the task's
 * @p: the task; its stack does not change meanwhile
 * @ns: length of the sleep
 * @iowait: the sleep was iowait
 *
 * Context: the scheduler's switch to the task.
 * Return: the place, or NULL where there is no room for it.
 */
struct hd_place *hd_places_count(struct hd_places *places,
				 struct task_struct *p, u64 ns, bool iowait)
{
	unsigned long at[HD_STACK_DEPTH];
	u32 depth = hd_stack_of_sleeper(p, at);
	struct hd_place *place = find_place(places, at, depth);

	if (!place)
		place = make_place(places, at, depth);
	if (!place) {
		hd_lost(HD_LOST_DETAIL);
		return NULL;
	}
	data_race(place->count++);
	data_race(place->total_ns += ns);
	if (ns > place->max_ns)
		WRITE_ONCE(place->max_ns, ns);
	if (iowait)
		data_race(place->iowait_ns += ns);
	return place;
}

/**
 * hd_places_zero() - zero the counts of a task's places
 * @places: the task's
 *
 * Context: the writer only.
 */
void hd_places_zero(struct hd_places *places)
{
	struct hd_place *place;

	for (place = hd_rcu_own(places->first); place; place = place->next) {
		WRITE_ONCE(place->count, 0);
		WRITE_ONCE(place->total_ns, 0);
		WRITE_ONCE(place->max_ns, 0);
		WRITE_ONCE(place->iowait_ns, 0);
	}
}

/**
 * hd_places_free() - free the places of an exited task
 * @places: the task's; no reader can reach them any more
 *
 * Context: any but NMI.
 */
void hd_places_free(struct hd_places *places)
{
	struct hd_place *place, *next;

	for (place = hd_rcu_own(places->first); place; place = next) {
		next = place->next;
		hd_pool_put(&place_pool, place);
	}
}

/* All sleepers are in these functions, which thus do not tell the places apart. */
static bool is_scheduler_function(const char *name)
{
	static const char *const names[] = {
		"__schedule", "schedule", "io_schedule", "preempt_schedule",
		"__switch_to", "rt_mutex_schedule",
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (!strncmp(name, names[i], strlen(names[i])))
			return true;
	return false;
}

/* Return: false where the function is not known; an address is never shown. */
static bool print_function(unsigned long addr, char *name, size_t size)
{
	/* a call may be the last instruction: its return address is in the next function */
	snprintf(name, size, "%ps", (void *)(addr - 1));
	name[strcspn(name, " +")] = '\0';
	return name[0] && strncmp(name, "0x", 2) && name[0] != '(';
}

/**
 * hd_place_name() - the functions of a place, joined by '<'
 * @at: return addresses, innermost first
 * @depth: number of them
 * @to: HD_PLACE_LEN bytes
 *
 * Context: any.
 */
void hd_place_name(const unsigned long *at, u32 depth, char *to)
{
	u32 i, names = 0, len = 0;
	char name[64];

	to[0] = '\0';
	for (i = 0; i < depth && names < MOST_NAMES; i++) {
		if (!print_function(at[i], name, sizeof(name)))
			strcpy(name, "?");
		if (!names && is_scheduler_function(name))
			continue;
		if (names && hd_stack_is_entry(name))
			break;
		if (len + strlen(name) + 2 > HD_PLACE_LEN)
			break;
		len += sprintf(to + len, "%s%s", names++ ? "<" : "", name);
	}
}

/**
 * hd_place_name_of() - as hd_place_name(), with a cache of names
 * @names: the cache, which the caller has zeroed at first
 * @at: return addresses, innermost first
 * @depth: number of them
 * @to: HD_PLACE_LEN bytes
 *
 * Each function of a name takes a search through all symbols, and thousands of tasks
 * sleep in a few places.
 *
 * Return: the length of the name.
 */
u32 hd_place_name_of(struct hd_place_names *names, const unsigned long *at,
		     u32 depth, char *to)
{
	struct hd_named_place *one;
	unsigned long sum = 0, other = 0;
	u32 i;

	to[0] = '\0';
	if (!depth)
		return 0;
	for (i = 0; i < depth; i++)
		sum += at[i];
	one = &names->entries[sum % HD_PLACE_NAMES];
	for (i = 0; i < depth; i++)
		other |= one->addrs[i] ^ at[i];
	if (other || one->depth != depth) {
		one->depth = depth;
		memcpy(one->addrs, at, depth * sizeof(*at));
		hd_place_name(at, depth, one->name);
		one->len = strlen(one->name);
	}
	memcpy(to, one->name, one->len + 1);
	return one->len;
}

/**
 * hd_place_read() - copy a place
 * @place: of any task
 * @names: cache of the reader
 * @to: filled
 *
 * Context: under rcu_read_lock(); the writer may be writing.
 */
void hd_place_read(const struct hd_place *place, struct hd_place_names *names,
		   struct hd_place_row *to)
{
	to->count = READ_ONCE(place->count);
	to->total_ns = READ_ONCE(place->total_ns);
	to->max_ns = READ_ONCE(place->max_ns);
	to->iowait_ns = READ_ONCE(place->iowait_ns);
	hd_place_name_of(names, place->addrs, place->depth, to->place);
	/* the copy may be torn once, while the device is noted for the first time */
	data_race(memcpy(to->device, place->device, sizeof(to->device)));
	to->device[sizeof(to->device) - 1] = '\0';
}
