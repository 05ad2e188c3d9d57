// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "pure/human.h"
#include "util.h"
#include "why/parts.h"

/* a shorter wait is ordinary, unless it is a D sleep */
#define LEAST_NS	1000000000ull
#define GROUPS_MAX	3u

/**
 * struct wait_group - tasks behind a root that wait for the same thing
 * @what: the thing, in a few words
 * @nr_tasks: number of tasks
 * @tid: the task that has waited longest
 * @age_ns: how long it has waited; 0: not known
 */
struct wait_group {
	char what[HD_WHY_WHAT];
	u32 nr_tasks;
	u32 tid;
	u64 age_ns;
};

/**
 * struct hd_why_branch - all tasks that wait behind a root
 * @root: index of the root; HD_WHY_NOBODY: it is not known, and all tasks of the
 *	branch wait for the same thing
 * @nr_tasks: number of tasks, without the root
 * @age_ns: the longest wait of one of them; 0: not known
 * @groups: the tasks, by what they wait for
 * @nr_groups: length of @groups
 * @nr_more: tasks that wait for something else
 */
struct hd_why_branch {
	s32 root;
	u32 nr_tasks;
	u64 age_ns;
	struct wait_group groups[GROUPS_MAX];
	u32 nr_groups;
	u32 nr_more;
};

static struct hd_why_branch *new_branch(struct hd_why_tree *tree, s32 root)
{
	struct hd_why_branch *branch;

	tree->branches = hd_grow(tree->branches, tree->nr_branches, &tree->room,
				 sizeof(*branch));
	branch = &tree->branches[tree->nr_branches++];
	memset(branch, 0, sizeof(*branch));
	branch->root = root;
	return branch;
}

static struct hd_why_branch *branch_of(struct hd_why_tree *tree, s32 root)
{
	size_t i;

	for (i = 0; i < tree->nr_branches; i++)
		if (tree->branches[i].root == root)
			return &tree->branches[i];
	return new_branch(tree, root);
}

/* the branch of tasks that wait for the same thing, whose root is not known */
static struct hd_why_branch *branch_for(struct hd_why_tree *tree,
					const char *what)
{
	size_t i;

	for (i = 0; i < tree->nr_branches; i++)
		if (tree->branches[i].root == HD_WHY_NOBODY &&
		    !strcmp(tree->branches[i].groups[0].what, what))
			return &tree->branches[i];
	return new_branch(tree, HD_WHY_NOBODY);
}

static void count_waiter(struct hd_why_branch *branch, u32 tid, const char *what,
			 u64 age_ns)
{
	struct wait_group *end = branch->groups + branch->nr_groups;
	struct wait_group *group = branch->groups;

	branch->nr_tasks++;
	if (age_ns > branch->age_ns)
		branch->age_ns = age_ns;
	while (group < end && strcmp(group->what, what))
		group++;
	if (group == branch->groups + GROUPS_MAX) {
		branch->nr_more++;
		return;
	}
	if (group == end) {
		branch->nr_groups++;
		snprintf(group->what, sizeof(group->what), "%s", what);
	}
	if (!group->nr_tasks++ || age_ns > group->age_ns) {
		group->age_ns = age_ns;
		group->tid = tid;
	}
}

/*
 * Do two tasks wait for the same lock?  Thousands may wait for one, and following
 * each of them would take long.  Two tasks wait for the same lock if they wait for
 * the same futex of their process, or for a lock of the same whole file.
 */
static bool is_alike(const struct hd_why_task *x, const struct hd_why_task *y)
{
	if (x->stuck.nr != y->stuck.nr || x->stuck.abi != y->stuck.abi)
		return false;
	if (hd_why_is_futex(&x->stuck))
		return x->tgid == y->tgid &&
		       x->stuck.args[0] == y->stuck.args[0] &&
		       x->stuck.args[1] == y->stuck.args[1];
	return hd_why_is_flock(&x->stuck) && x->stuck.path[0] == '/' &&
	       x->stuck.args[1] == y->stuck.args[1] &&
	       x->stuck.state == y->stuck.state &&
	       !strcmp(x->stuck.path, y->stuck.path);
}

/* Return: a task that waits for the same thing and was followed; NULL: none. */
static const struct hd_why_task *known_alike(const struct hd_why_tree *tree,
					     const struct hd_why_task *task)
{
	u32 i;

	for (i = 0; task && i < tree->nr_models; i++)
		if (is_alike(tree->models[i], task))
			return tree->models[i];
	return NULL;
}

/* count a task that waits behind a root and is not the root itself */
static void add_behind(struct hd_why *why, u32 tid, u64 age_ns,
		       struct hd_why_tree *tree)
{
	const struct hd_why_task *task = hd_why_find(why, tid);
	const struct hd_why_task *model = known_alike(tree, task);
	s32 nth = hd_why_root_of(why, model ? model->tid : tid);
	const struct hd_why_root *root;
	const char *what = hd_why_waits_for(why, model ? model->tid : tid);

	if (nth == HD_WHY_NOBODY || !what)
		return;
	root = hd_why_root(why, nth);
	if (root->tid == tid && !root->is_circle)
		return;
	count_waiter(branch_of(tree, nth), tid, what, age_ns);
	if (task && !model && tree->nr_models < HD_WHY_MODELS)
		tree->models[tree->nr_models++] = task;
}

static bool has_branch(const struct hd_why_tree *tree, s32 root)
{
	size_t i;

	for (i = 0; i < tree->nr_branches; i++)
		if (tree->branches[i].root == root)
			return true;
	return false;
}

/* count a task in D sleep for which no other task waits */
static void add_alone(struct hd_why *why, u32 tid, u64 age_ns,
		      struct hd_why_tree *tree)
{
	s32 nth = hd_why_root_of(why, tid);
	const struct hd_why_root *root;

	if (nth == HD_WHY_NOBODY)
		return;
	root = hd_why_root(why, nth);
	if (root->tid == tid && root->is_waiting && !has_branch(tree, nth))
		count_waiter(branch_for(tree, root->what), tid, root->what, age_ns);
}

/* a wait that is retried has the age of the call, not of the last D sleep */
static u64 age_of(const struct hd_why_task *task)
{
	return task->stuck.age_ns ? task->stuck.age_ns : task->stuck.d_age_ns;
}

static bool may_wait(const struct hd_why *why, const struct hd_why_task *task)
{
	u64 age_ns = age_of(task);

	return task->stuck.state != 'R' && task->stuck.state != 'T' &&
	       task->stuck.state != 't' &&
	       (!age_ns || age_ns >= LEAST_NS || task->stuck.d_age_ns ||
		hd_why_blocked(why, task->tid));
}

/**
 * struct waiter - a task that may wait for somebody
 * @tid: the task
 * @age_ns: how long it has waited; 0: not known
 */
struct waiter {
	u32 tid;
	u64 age_ns;
};

/* take the tasks of the snapshot, and the others that wait in the kernel */
static size_t list_waiters(const struct hd_why *why, struct waiter *to)
{
	const struct hd_blocked_row *row;
	size_t i, nr_waiters = 0;

	for (i = 0; i < why->nr_tasks; i++)
		if (may_wait(why, &why->tasks[i]))
			to[nr_waiters++] = (struct waiter){
				why->tasks[i].tid, age_of(&why->tasks[i]),
			};
	for (i = 0; i < why->nr_blocked; i++) {
		row = &why->blocked[i];
		if (!hd_why_find(why, row->self.tid))
			to[nr_waiters++] = (struct waiter){
				row->self.tid, row->age_ns == HD_AGE_UNKNOWN ?
				0 : row->age_ns,
			};
	}
	return nr_waiters;
}

/* circles come first, as they never end by themselves; unknown roots come last */
static int by_badness(const void *a, const void *b, void *priv)
{
	const struct hd_why_branch *x = a, *y = b;
	const struct hd_why *why = priv;
	const struct hd_why_root *p, *q;

	if (x->root == HD_WHY_NOBODY || y->root == HD_WHY_NOBODY) {
		if (x->root != y->root)
			return x->root == HD_WHY_NOBODY ? 1 : -1;
	} else {
		p = hd_why_root(why, x->root);
		q = hd_why_root(why, y->root);
		if (p->is_circle != q->is_circle)
			return p->is_circle ? -1 : 1;
	}
	if (x->nr_tasks != y->nr_tasks)
		return x->nr_tasks > y->nr_tasks ? -1 : 1;
	return x->age_ns > y->age_ns ? -1 : x->age_ns < y->age_ns;
}

/**
 * hd_why_tree() - group all waits by their root
 * @why: the host; hd_why_ready() was called
 * @tree: filled; freed by hd_why_tree_free()
 */
void hd_why_tree(struct hd_why *why, struct hd_why_tree *tree)
{
	struct waiter *waiter = calloc(why->nr_tasks + why->nr_blocked + 1,
				       sizeof(*waiter));
	size_t waiters, i;

	if (!waiter)
		hd_die("out of memory");
	memset(tree, 0, sizeof(*tree));
	waiters = list_waiters(why, waiter);
	for (i = 0; i < waiters; i++)
		add_behind(why, waiter[i].tid, waiter[i].age_ns, tree);
	for (i = 0; i < waiters; i++)
		add_alone(why, waiter[i].tid, waiter[i].age_ns, tree);
	free(waiter);
	if (tree->nr_branches)
		qsort_r(tree->branches, tree->nr_branches, sizeof(*tree->branches),
			by_badness, why);
}

/**
 * hd_why_tree_load() - read the waits on this host, and group them by their root
 * @snap: opened; a snapshot that was just taken; it is read to its end
 * @why: filled; freed by hd_why_free()
 * @tree: filled; freed by hd_why_tree_free()
 *
 * Return: false if the module's file "blocked" cannot be read, so that the tree
 * lacks the tasks in it.
 */
bool hd_why_tree_load(struct hd_snapshot *snap, struct hd_why *why,
		      struct hd_why_tree *tree)
{
	struct hd_snapshot_row row;
	bool has_kernel;
	int type;

	hd_why_begin(why, snap);
	while ((type = hd_snapshot_next(snap, &row)) != HOSTDIAG_END)
		hd_why_add_row(why, type, &row);
	has_kernel = hd_why_add_blocked(why);
	hd_why_ready(why);
	hd_why_tree(why, tree);
	return has_kernel;
}

/**
 * hd_why_tree_has() - is a task in the tree, waiting or waited for?
 * @why: the host
 * @tree: filled by hd_why_tree()
 * @tid: the task
 */
bool hd_why_tree_has(struct hd_why *why, const struct hd_why_tree *tree,
		     u32 tid)
{
	s32 nth = hd_why_root_of(why, tid);

	return nth != HD_WHY_NOBODY && has_branch(tree, nth);
}

/**
 * hd_why_tree_free() - free the branches of a tree
 * @tree: filled by hd_why_tree()
 */
void hd_why_tree_free(struct hd_why_tree *tree)
{
	free(tree->branches);
}

static void say_age(struct hd_out *out, const char *before, u64 age_ns)
{
	char age[HD_HUMAN_LEN];

	if (age_ns)
		hd_out_printf(out, "%s%s", before, hd_human_time(age_ns, age));
}

static void say_branch(const struct hd_why *why,
		       const struct hd_why_branch *branch, struct hd_out *out)
{
	const struct hd_why_root *root;
	const char *verb = branch->nr_tasks == 1 ? "waits" : "wait";
	char name[HD_WHY_NAME];

	if (branch->root == HD_WHY_NOBODY) {
		hd_out_printf(out, "%u %s for %s", branch->nr_tasks, verb,
			      branch->groups[0].what);
		say_age(out, ", the longest for ", branch->age_ns);
		hd_out_printf(out, ", such as %s\n",
			      hd_why_name(why, branch->groups[0].tid, name));
		return;
	}
	root = hd_why_root(why, branch->root);
	hd_out_printf(out, "%s%s; %u %s%s",
		      root->is_guess && !root->is_circle && root->tid ?
		      "likely " : "", root->text, branch->nr_tasks, verb,
		      root->is_circle ? " in all" : root->tid ? " behind it" :
		      " for that");
	say_age(out, ", the longest for ", branch->age_ns);
	hd_out_printf(out, "\n");
}

static void say_groups(const struct hd_why *why,
		       const struct hd_why_branch *branch, struct hd_out *out)
{
	const struct wait_group *group = branch->groups;
	const struct wait_group *end = group + branch->nr_groups;
	char name[HD_WHY_NAME];

	if (branch->root == HD_WHY_NOBODY)
		return;
	for (; group < end; group++) {
		hd_out_printf(out, "  %u %s for %s, such as %s", group->nr_tasks,
			      group->nr_tasks == 1 ? "waits" : "wait", group->what,
			      hd_why_name(why, group->tid, name));
		say_age(out, " for ", group->age_ns);
		hd_out_printf(out, "\n");
	}
	if (branch->nr_more)
		hd_out_printf(out, "  %u for something else\n", branch->nr_more);
}

static u32 lines_of(const struct hd_why_branch *branch)
{
	return branch->root == HD_WHY_NOBODY ?
	       1 : 1 + branch->nr_groups + (branch->nr_more > 0);
}

/**
 * hd_why_tree_print() - print the tree, the worst branch first
 * @why: the host
 * @tree: filled by hd_why_tree()
 * @out: output
 * @lines: maximum number of lines
 */
void hd_why_tree_print(const struct hd_why *why, const struct hd_why_tree *tree,
		       struct hd_out *out, u32 lines)
{
	u32 used = 0, more = 0;
	size_t i;

	/* the last line counts the branches that are left out */
	for (i = 0; i < tree->nr_branches; i++) {
		used += lines_of(&tree->branches[i]);
		if (used >= lines)
			break;
		say_branch(why, &tree->branches[i], out);
		say_groups(why, &tree->branches[i], out);
	}
	for (; i < tree->nr_branches; i++)
		more += tree->branches[i].nr_tasks;
	if (more)
		hd_out_printf(out, "%u more wait for others\n", more);
}

/**
 * hd_why_tree_worst() - print the worst known root
 * @why: the host
 * @tree: filled by hd_why_tree()
 * @least_ns: shorter waits are left out
 * @out: output
 *
 * Return: false if there is none; then nothing was printed.
 */
bool hd_why_tree_worst(const struct hd_why *why, const struct hd_why_tree *tree,
		       u64 least_ns, struct hd_out *out)
{
	const struct hd_why_branch *branch;
	size_t i;

	for (i = 0; i < tree->nr_branches; i++) {
		branch = &tree->branches[i];
		if (branch->root == HD_WHY_NOBODY ||
		    (branch->age_ns && branch->age_ns < least_ns))
			continue;
		say_branch(why, branch, out);
		return true;
	}
	return false;
}

/**
 * struct stalling - a walk through the acts of the ledger
 * @why: the host
 * @tree: all waits
 * @before_ns: acts that were done later do not count
 * @stalls: the result
 */
struct stalling {
	struct hd_why *why;
	const struct hd_why_tree *tree;
	u64 before_ns;
	struct hd_stalls *stalls;
};

/* is the process, or one of its threads, in the tree? */
static bool has_process(struct hd_why *why, const struct hd_why_tree *tree,
			u32 tgid)
{
	struct hd_proc_status status;
	size_t i;
	u32 tid;

	for (i = 0; i < tree->nr_branches; i++) {
		if (tree->branches[i].root == HD_WHY_NOBODY)
			continue;
		tid = hd_why_root(why, tree->branches[i].root)->tid;
		if (tid && hd_proc_status(why, tid, &status) &&
		    status.tgid == tgid)
			return true;
	}
	return hd_why_tree_has(why, tree, tgid);
}

/* does the worst wait, if there is one, have a root that is known? */
static bool is_explained(const struct hd_why *why, const struct hd_why_tree *tree)
{
	s32 root = tree->nr_branches ? tree->branches[0].root : HD_WHY_NOBODY;

	if (!tree->nr_branches)
		return true;
	return root != HD_WHY_NOBODY && !hd_why_root(why, root)->is_served;
}

/*
 * A task may be stopped because somebody works with it, as in a shell or a
 * debugger.  Where no wait is left to explain, it would be an innocent's name.
 */
static void add_stall(const struct hd_ledger_row *row, void *priv)
{
	struct stalling *stalling = priv;
	const struct hd_why_tree *tree = stalling->tree;

	if (is_explained(stalling->why, tree) &&
	    row->state == HD_ACT_STANDS && hd_act_is_of_task(row->act) &&
	    !has_process(stalling->why, tree, row->target))
		stalling->stalls->unwanted += hd_act_stalls(row) &&
					      row->when_ns <= stalling->before_ns;
	else
		hd_stalls_add(stalling->stalls, row, stalling->before_ns);
}

/**
 * hd_why_tree_stalls() - find the acts of the ledger that others may wait for now
 * @why: the host
 * @tree: filled by hd_why_tree()
 * @before_ns: acts that were done later do not count
 * @stalls: filled; if no wait is left to explain, tasks that are stopped and not in
 *	the tree are only counted
 */
void hd_why_tree_stalls(struct hd_why *why, const struct hd_why_tree *tree,
			u64 before_ns, struct hd_stalls *stalls)
{
	struct stalling stalling = { why, tree, before_ns, stalls };

	memset(stalls, 0, sizeof(*stalls));
	hd_why_acts(why, add_stall, &stalling);
}
