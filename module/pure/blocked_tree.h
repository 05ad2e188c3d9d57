/* SPDX-License-Identifier: GPL-2.0-only */
/* All tasks that wait in the kernel, by the root of their chain. */
#ifndef HD_BLOCKED_TREE_H
#define HD_BLOCKED_TREE_H

#include "pure/blocked.h"
#include "pure/line.h"

#define HD_BLOCKED_ROOTS	64u
#define HD_BLOCKED_WAYS		3u
#define HD_BLOCKED_WHAT_LEN	40u

/**
 * struct hd_blocked_way - the tasks behind a root that wait for the same thing
 * @what: description of that
 * @tasks: number of these tasks
 * @longest: the one that has waited for longest
 * @age_ns: age of its wait, or HD_AGE_UNKNOWN
 */
struct hd_blocked_way {
	char what[HD_BLOCKED_WHAT_LEN];
	u32 tasks;
	struct hd_blocked_who longest;
	u64 age_ns;
};

/**
 * struct hd_blocked_root - the task or thing that others wait for
 * @who: the task; nobody: not known, but all wait for the same thing
 * @is_circle: @who and others wait for each other
 * @is_waiting: @who itself waits, for @what, since @age_ns
 * @what: description of what @who waits for
 * @age_ns: age of that wait, or HD_AGE_UNKNOWN
 * @held: description of the lock that @who holds and others wait for
 * @tasks: number of tasks that wait, without @who
 * @longest_ns: age of the longest of these waits, or HD_AGE_UNKNOWN
 * @ways: number of @way
 * @way: these tasks, by what they wait for
 * @more: number of tasks that wait for something that has no @way
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
 * @len: number of @root
 * @root: unsorted until hd_blocked_sort()
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
