/* SPDX-License-Identifier: GPL-2.0-only */
/* All that waits, by who or what is at the root of it. */
#ifndef HD_WHY_TREE_H
#define HD_WHY_TREE_H

#include "why/root.h"

#define HD_WHY_WAYS	3u
#define HD_WHY_MODELS	32u

/**
 * struct hd_why_way - tasks behind a root that wait for the same
 * @what: for that, in a few words
 * @tasks: how many
 * @tid: the one that does for longest
 * @age_ns: how long that is; 0: it is not known
 */
struct hd_why_way {
	char what[HD_WHY_WHAT];
	u32 tasks;
	u32 tid;
	u64 age_ns;
};

/**
 * struct hd_why_branch - all that wait behind a root
 * @root: it; HD_WHY_NOBODY: who is to blame is not known, and all of them wait
 *	for the same
 * @tasks: how many, the root not counted
 * @age_ns: the longest that one of them waits; 0: it is not known
 * @way: what they wait for
 * @ways: how many
 * @more: tasks that wait for something else
 */
struct hd_why_branch {
	s32 root;
	u32 tasks;
	u64 age_ns;
	struct hd_why_way way[HD_WHY_WAYS];
	u32 ways;
	u32 more;
};

/**
 * struct hd_why_tree - all of them
 * @branch: the worst first
 * @branches: how many
 * @room: how many fit
 * @model: tasks that were looked at, for others that wait for the same
 * @models: how many
 */
struct hd_why_tree {
	struct hd_why_branch *branch;
	size_t branches;
	size_t room;
	const struct hd_why_task *model[HD_WHY_MODELS];
	u32 models;
};

void hd_why_tree(struct hd_why *why, struct hd_why_tree *tree);
bool hd_why_tree_load(struct hd_snapshot *snap, struct hd_why *why,
		      struct hd_why_tree *tree);
bool hd_why_tree_has(struct hd_why *why, const struct hd_why_tree *tree,
		     u32 tid);
void hd_why_tree_free(struct hd_why_tree *tree);
void hd_why_tree_print(const struct hd_why *why, const struct hd_why_tree *tree,
		       struct hd_out *out, u32 lines);
bool hd_why_tree_worst(const struct hd_why *why, const struct hd_why_tree *tree,
		       u64 least_ns, struct hd_out *out);

#endif /* HD_WHY_TREE_H */
