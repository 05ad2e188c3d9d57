/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a task slept in D for long: one entry a chain of kernel functions.
 * Written when the task is switched in again; but for the device, which the
 * task itself notes in its call.
 */
#ifndef HD_PLACES_H
#define HD_PLACES_H

#include "compat/stack.h"
#include "pure/render.h"

/**
 * struct hd_place - a place
 * @next: of the task; overlaid while it is free
 * @depth: of @at; 0: the kernel does not tell
 * @at: return addresses, innermost first; never shown as such
 * @count: sleeps
 * @total_ns: of all
 * @max_ns: the longest
 * @iowait_ns: part that was iowait
 * @device: what the call was about that it slept in; "": not known
 */
struct hd_place {
	struct hd_place *next;
	u32 depth;
	unsigned long at[HD_STACK_DEPTH];
	u64 count;
	u64 total_ns;
	u64 max_ns;
	u64 iowait_ns;
	char device[HD_DEVICE_LEN];
};

#define HD_PLACES_MOST	64u	/* of a task: bounds the work in the hook */
#define HD_PLACE_NAMES	16u

/* a place whose name was made: @depth is 0 where there is none */
struct hd_named_place {
	u32 depth;
	u32 len;
	unsigned long at[HD_STACK_DEPTH];
	char name[HD_PLACE_LEN];
};

/* the latest of them, for one who reads many */
struct hd_place_names {
	struct hd_named_place one[HD_PLACE_NAMES];
};

/* the places of a task, the newest first */
struct hd_places {
	struct hd_place *first;
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
