/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The places where a task slept in D for long, one for each chain of kernel
 * functions.  A place is written by the CPU that switches the task in again, except
 * for the device, which the task itself notes at the end of its call.
 */
#ifndef HD_PLACES_H
#define HD_PLACES_H

#include <linux/rcupdate.h>
#include "compat/stack.h"
#include "pure/render.h"

/**
 * struct hd_place - a place
 * @next: of the task; constant once the place is published; overlaid while it
 *	is free
 * @depth: number of addresses in @addrs; 0: the kernel does not give them
 * @addrs: return addresses, innermost first; an address is never shown
 * @count: number of sleeps
 * @total_ns: time of all sleeps
 * @max_ns: the longest sleep
 * @iowait_ns: part of @total_ns that was iowait
 * @device: hd_path_device() of the file that the call worked on; "": not known
 */
struct hd_place {
	struct hd_place *next;
	u32 depth;
	unsigned long addrs[HD_STACK_DEPTH];
	u64 count;
	u64 total_ns;
	u64 max_ns;
	u64 iowait_ns;
	char device[HD_DEVICE_LEN];
};

#define HD_PLACES_MOST	64u	/* places of a task: bounds the work in the hook */
#define HD_PLACE_NAMES	16u

/* an entry of the cache of names; it is empty where @depth is 0 */
struct hd_named_place {
	u32 depth;
	u32 len;
	unsigned long addrs[HD_STACK_DEPTH];
	char name[HD_PLACE_LEN];
};

/* a cache of names, for a reader of many places */
struct hd_place_names {
	struct hd_named_place entries[HD_PLACE_NAMES];
};

/* the places of a task, the newest first */
struct hd_places {
	struct hd_place __rcu *first;
	u32 nr_places;
};

int hd_places_init(void);
struct hd_place *hd_places_count(struct hd_places *places,
				 struct task_struct *p, u64 ns, bool iowait);
void hd_places_zero(struct hd_places *places);
void hd_places_free(struct hd_places *places);
void hd_place_read(const struct hd_place *place, struct hd_place_names *names,
		   struct hd_place_row *to);
void hd_place_name(const unsigned long *at, u32 depth, char *to);
u32 hd_place_name_of(struct hd_place_names *names, const unsigned long *at,
		     u32 depth, char *to);

#endif /* HD_PLACES_H */
