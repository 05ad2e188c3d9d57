/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * "hostdiag why" and "blocked": what a task waits for, and which task or thing
 * could end that wait.  This is what the commands call; what the files of this
 * folder offer each other is in parts.h.
 *
 * A caller fills a struct hd_why from a snapshot, row by row, and then asks
 * either for the story of one task or for the tree of all waits.  Whatever the
 * snapshot lacks is read from /proc when it is needed first, below a root
 * directory that a test can replace.
 */
#ifndef HD_WHY_H
#define HD_WHY_H

#include "pure/render.h"
#include "snap/snapshot.h"

#define HD_WHY_TEXT	1024	/* a line with a path in it */
#define HD_WHY_NAME	160	/* "1112 (worker, thread of 1111)" */
#define HD_WHY_MODELS	32u

struct hd_blocked_row;
struct hd_stalls;
struct hd_why_branch;
struct hd_why_link;
struct hd_why_lock;
struct hd_why_open;
struct hd_why_parent;
struct hd_why_roots;
struct hd_why_task;

/**
 * struct hd_why - a host at one moment
 * @root: directory that contains its proc; "" for this host
 * @unix_peer: returns the inode of the other end of a unix socket; 0: unknown
 * @tasks: the tasks inside a call or in D sleep, by tid after hd_why_ready()
 * @nr_tasks: length of @tasks
 * @task_room: entries allocated in @tasks
 * @blocked: tasks that wait in the kernel, by tid, from the file "blocked"
 * @nr_blocked: length of @blocked
 * @blocked_room: entries allocated in @blocked
 * @locks: lines of /proc/locks, read on first use
 * @nr_locks: length of @locks
 * @locks_known: @locks was read
 * @roots: cache of the roots found so far
 * @nr_async: tasks whose open files were looked through
 * @opens: open files
 * @nr_opens: length of @opens
 * @open_room: entries allocated in @opens
 * @links: open descriptors of all processes, by hash; read on first use
 * @nr_links: length of @links
 * @link_room: entries allocated in @links
 * @links_denied: processes whose descriptors may not be read
 * @links_known: @links was read
 * @parents: parent of each process; read on first use
 * @nr_parents: length of @parents
 * @parent_room: entries allocated in @parents
 * @since_ns: time since boot at which counting began; 0: not known
 * @seen_tids: numbers of the tasks whose calls were counted
 * @nr_seen: length of @seen_tids
 * @seen_room: entries allocated in @seen_tids
 */
struct hd_why {
	const char *root;
	u64 (*unix_peer)(u64 inode);
	struct hd_why_task *tasks;
	size_t nr_tasks;
	size_t task_room;
	struct hd_blocked_row *blocked;
	size_t nr_blocked;
	size_t blocked_room;
	struct hd_why_lock *locks;
	size_t nr_locks;
	bool locks_known;
	struct hd_why_roots *roots;
	u32 nr_async;
	struct hd_why_open *opens;
	size_t nr_opens;
	size_t open_room;
	struct hd_why_link *links;
	size_t nr_links;
	size_t link_room;
	u32 links_denied;
	bool links_known;
	struct hd_why_parent *parents;
	size_t nr_parents;
	size_t parent_room;
	u64 since_ns;
	u32 *seen_tids;
	size_t nr_seen;
	size_t seen_room;
};

/**
 * struct hd_why_tree - all waits, grouped by the root that causes them
 * @branches: the worst first
 * @nr_branches: length of @branches
 * @room: entries allocated in @branches
 * @models: tasks whose root was looked for; a task that waits for the same thing
 *	as one of them has the same root
 * @nr_models: length of @models
 */
struct hd_why_tree {
	struct hd_why_branch *branches;
	size_t nr_branches;
	size_t room;
	const struct hd_why_task *models[HD_WHY_MODELS];
	u32 nr_models;
};

/* live.c: from a snapshot to a struct hd_why */
void hd_why_begin(struct hd_why *why, const struct hd_snapshot *snap);
void hd_why_add_row(struct hd_why *why, int type,
		    const struct hd_snapshot_row *row);
bool hd_why_was_there(const struct hd_why *why, u32 tid, u64 when_ns);
void hd_why_free(struct hd_why *why);

/* host.c: the single rows, and lookups in them */
void hd_why_add_task(struct hd_why *why, const struct hd_task_row *task,
		     const struct hd_stuck_row *stuck);
void hd_why_add_open(struct hd_why *why, const struct hd_open_row *row);
void hd_why_add_seen(struct hd_why *why, u32 tid);
void hd_why_ready(struct hd_why *why);
const char *hd_why_name(const struct hd_why *why, u32 tid,
			char buf[HD_WHY_NAME]);

/* kernel.c: the module's file "blocked" */
bool hd_why_add_blocked(struct hd_why *why);

/* step.c: from a task to the next one, as data */
u32 hd_why_chain(struct hd_why *why, u32 tid, u32 *chain, u32 room,
		 bool *is_circle);

/* story.c: one task, in words */
bool hd_why_tell(struct hd_why *why, u32 pid, struct hd_out *out);

/* tree.c: all waits */
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
void hd_why_tree_stalls(struct hd_why *why, const struct hd_why_tree *tree,
			u64 before_ns, struct hd_stalls *stalls);

#endif /* HD_WHY_H */
