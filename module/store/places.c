// SPDX-License-Identifier: GPL-2.0-only
/* Where tasks slept in D; see places.h. */
#include <linux/kernel.h>
#include <linux/string.h>
#include "compat/mem.h"
#include "store/lost.h"
#include "store/places.h"
#include "store/pool.h"

#define NAMES		6	/* of a place that are shown */

static struct hd_pool pool;

/**
 * hd_places_init() - make the pool
 *
 * Return: 0 or -ENOMEM.
 */
int hd_places_init(void)
{
	return hd_pool_init(&pool, HD_POOL_PLACES, sizeof(struct hd_place), 0);
}

static struct hd_place *find_place(struct hd_places *places, const unsigned long *at,
				   u32 depth)
{
	struct hd_place *place;

	for (place = places->first; place; place = place->next)
		if (place->depth == depth &&
		    !memcmp(place->at, at, depth * sizeof(*at)))
			break;
	return place;
}

static struct hd_place *make_place(struct hd_places *places, const unsigned long *at,
				   u32 depth)
{
	struct hd_place *place;

	if (places->nr_places >= HD_PLACES_MOST)
		return NULL;
	place = hd_pool_get(&pool);
	if (!place)
		return NULL;
	memset(place, 0, sizeof(*place));
	place->depth = depth;
	memcpy(place->at, at, depth * sizeof(*at));
	place->next = places->first;
	places->nr_places++;
	/* readers walk the list */
	hd_store_release(&places->first, place);
	return place;
}

/**
 * hd_places_count() - a task has slept in D for long
 * @places: its
 * @p: the task; its stack stands still
 * @ns: how long it slept
 * @iowait: for IO
 *
 * Context: the scheduler's switch to it.
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
 * @places: its
 *
 * Context: the writer only.
 */
void hd_places_zero(struct hd_places *places)
{
	struct hd_place *place;

	for (place = places->first; place; place = place->next) {
		WRITE_ONCE(place->count, 0);
		WRITE_ONCE(place->total_ns, 0);
		WRITE_ONCE(place->max_ns, 0);
		WRITE_ONCE(place->iowait_ns, 0);
	}
}

/**
 * hd_places_free() - free the places of a task that has ended
 * @places: nobody reads them any more
 *
 * Context: any but NMI.
 */
void hd_places_free(struct hd_places *places)
{
	struct hd_place *place, *next;

	for (place = places->first; place; place = next) {
		next = place->next;
		hd_pool_put(&pool, place);
	}
}

/* the functions that all sleepers are in say nothing */
static bool is_scheduler(const char *name)
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

/* false: it is not known; an address is never shown */
static bool name_of(unsigned long addr, char *name, size_t size)
{
	/* of a return address behind a last call: the function of the call */
	snprintf(name, size, "%ps", (void *)(addr - 1));
	name[strcspn(name, " +")] = '\0';
	return name[0] && strncmp(name, "0x", 2) && name[0] != '(';
}

/**
 * hd_place_name() - the functions of a place, joined by '<'
 * @at: return addresses, innermost first
 * @depth: how many
 * @to: HD_PLACE_LEN bytes
 *
 * Context: any.
 */
void hd_place_name(const unsigned long *at, u32 depth, char *to)
{
	u32 i, names = 0, len = 0;
	char name[64];

	to[0] = '\0';
	for (i = 0; i < depth && names < NAMES; i++) {
		if (!name_of(at[i], name, sizeof(name)))
			strcpy(name, "?");
		if (!names && is_scheduler(name))
			continue;
		if (names && hd_stack_is_entry(name))
			break;
		if (len + strlen(name) + 2 > HD_PLACE_LEN)
			break;
		len += sprintf(to + len, "%s%s", names++ ? "<" : "", name);
	}
}

/**
 * hd_place_name_of() - as hd_place_name(), for the same places again and again
 * @names: of the caller, zeroed at first
 * @at: return addresses, innermost first
 * @depth: how many
 * @to: HD_PLACE_LEN bytes
 *
 * A name takes a search through all symbols for each of its functions, and
 * thousands of tasks sleep in a few places.
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
	one = &names->one[sum % HD_PLACE_NAMES];
	for (i = 0; i < depth; i++)
		other |= one->at[i] ^ at[i];
	if (other || one->depth != depth) {
		one->depth = depth;
		memcpy(one->at, at, depth * sizeof(*at));
		hd_place_name(at, depth, one->name);
		one->len = strlen(one->name);
	}
	memcpy(to, one->name, one->len + 1);
	return one->len;
}

/**
 * hd_place_read() - copy a place
 * @place: of any task
 * @names: of the reader
 * @to: where to
 *
 * Context: under rcu_read_lock(); its writer may be writing.
 */
void hd_place_read(const struct hd_place *place, struct hd_place_names *names,
		   struct hd_place_row *to)
{
	to->count = READ_ONCE(place->count);
	to->total_ns = READ_ONCE(place->total_ns);
	to->max_ns = READ_ONCE(place->max_ns);
	to->iowait_ns = READ_ONCE(place->iowait_ns);
	hd_place_name_of(names, place->at, place->depth, to->place);
	/* it may be torn, once, when it is told for the first time */
	data_race(memcpy(to->device, place->device, sizeof(to->device)));
	to->device[sizeof(to->device) - 1] = '\0';
}
