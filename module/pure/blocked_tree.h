/* SPDX-License-Identifier: GPL-2.0-only */
/* All that waits in the kernel, by who or what is at the root of it. */
#ifndef HD_BLOCKED_TREE_H
#define HD_BLOCKED_TREE_H

#include "pure/blocked.h"
#include "pure/line.h"

#define HD_BLOCKED_ROOTS	64u
#define HD_BLOCKED_WAYS		3u
#define HD_BLOCKED_WHAT_LEN	40u

/**
 * struct hd_blocked_way - what those behind a root wait for, one kind of it
 * @what: that, in words
 * @tasks: how many do
 * @longest: the one that does for longest
 * @age_ns: how long that is; HD_AGE_UNKNOWN: not known
 */
struct hd_blocked_way {
	char what[HD_BLOCKED_WHAT_LEN];
	u32 tasks;
	struct hd_blocked_who longest;
	u64 age_ns;
};

/**
 * struct hd_blocked_root - who, or what, others wait for
 * @who: nobody: it is not known, and they wait for the same thing
 * @is_circle: @who and others wait for each other
 * @is_waiting: @who waits, too: for @what, for @age_ns
 * @what: see there
 * @age_ns: the same
 * @held: what @who holds that others wait for
 * @tasks: how many wait, @who not counted
 * @longest_ns: the longest that one of them does; HD_AGE_UNKNOWN: not known
 * @ways: of @way
 * @way: by what
 * @more: how many wait for something else
 */
struct hd_blocked_root {
	struct hd_blocked_who who;
	bool is_circle;
	bool is_waiting;
	char what[HD_BLOCKED_WHAT_LEN];
	u64 age_ns;
	char held[HD_BLOCKED_WHAT_LEN];
	u32 tasks;
	u64 longest_ns;
	u32 ways;
	struct hd_blocked_way way[HD_BLOCKED_WAYS];
	u32 more;
};

/**
 * struct hd_blocked_tree - the roots
 * @len: of @root
 * @root: in no order, until hd_blocked_sort()
 * @more: tasks for whose root there was no room
 */
struct hd_blocked_tree {
	u32 len;
	struct hd_blocked_root root[HD_BLOCKED_ROOTS];
	u32 more;
};

void hd_blocked_add_behind(struct hd_blocked_tree *tree,
			   const struct hd_blocked_row *row);
void hd_blocked_add_other(struct hd_blocked_tree *tree,
			  const struct hd_blocked_row *row);
void hd_blocked_sort(struct hd_blocked_tree *tree);
void hd_blocked_say_root(struct hd_out *out, const struct hd_blocked_root *root);
void hd_blocked_say_wait(struct hd_out *out, const struct hd_blocked_root *root);
void hd_blocked_print(struct hd_out *out, const struct hd_blocked_tree *tree,
		      u32 lines);

#endif /* HD_BLOCKED_TREE_H */
