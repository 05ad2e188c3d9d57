// SPDX-License-Identifier: GPL-2.0-only
/* All tasks that wait in the kernel, by root; see blocked_tree.h. */
#include "pure/blocked_tree.h"
#include "pure/human.h"

/* Return: the length of the whole functions that fit. */
static int place_len(const char *place)
{
	size_t len = strnlen(place, HD_PLACE_LEN);

	while (len >= HD_BLOCKED_WHAT_LEN)
		do
			len--;
		while (len && place[len] != '<');
	return len ? len : HD_BLOCKED_WHAT_LEN - 1;
}

/* describe what a task waits for: by name, by kind, or by place */
static void say_what(const struct hd_blocked_row *row, char *to)
{
	const char *kind = hd_awaited_name(row->wait);
	bool has_name = row->object[0];

	if (row->wait != HD_AWAITS_UNKNOWN && has_name)
		snprintf(to, HD_BLOCKED_WHAT_LEN, "%s %.*s", kind,
			 (int)(HD_BLOCKED_WHAT_LEN - strlen(kind) - 2),
			 row->object);
	else if (row->wait != HD_AWAITS_UNKNOWN)
		snprintf(to, HD_BLOCKED_WHAT_LEN, "a %s", kind);
	else if (row->place[0])
		snprintf(to, HD_BLOCKED_WHAT_LEN, "%.*s",
			 place_len(row->place), row->place);
	else
		snprintf(to, HD_BLOCKED_WHAT_LEN, "what is not known");
}

/* an unknown age is shorter than any other */
static bool is_longer(u64 age_ns, u64 than_ns)
{
	return age_ns != HD_AGE_UNKNOWN &&
	       (than_ns == HD_AGE_UNKNOWN || age_ns > than_ns);
}

static void count_row(struct hd_blocked_root *root, const struct hd_blocked_row *row,
		      const char *what)
{
	struct hd_blocked_way *way;
	u32 i;

	root->tasks++;
	if (is_longer(row->age_ns, root->longest_ns))
		root->longest_ns = row->age_ns;
	for (i = 0; i < root->ways; i++)
		if (!strcmp(root->way[i].what, what))
			break;
	if (i == HD_BLOCKED_WAYS) {
		root->more++;
		return;
	}
	way = &root->way[i];
	if (i == root->ways) {
		memset(way, 0, sizeof(*way));
		strcpy(way->what, what);
		way->age_ns = HD_AGE_UNKNOWN;
		way->longest = row->self;
		root->ways++;
	}
	way->tasks++;
	if (is_longer(row->age_ns, way->age_ns)) {
		way->age_ns = row->age_ns;
		way->longest = row->self;
	}
}

/* Return: NULL where there is no room. */
static struct hd_blocked_root *new_root(struct hd_blocked_tree *tree,
					const struct hd_blocked_who *who)
{
	struct hd_blocked_root *root;

	if (tree->len == HD_BLOCKED_ROOTS)
		return NULL;
	root = &tree->root[tree->len++];
	memset(root, 0, sizeof(*root));
	root->longest_ns = HD_AGE_UNKNOWN;
	if (who)
		root->who = *who;
	return root;
}

static struct hd_blocked_root *find_root(struct hd_blocked_tree *tree, u32 tid)
{
	u32 i;

	for (i = 0; i < tree->len; i++)
		if (tree->root[i].who.tid == tid)
			return &tree->root[i];
	return NULL;
}

/**
 * hd_blocked_add_behind() - add a task that has a root
 * @tree: zeroed before the first task
 * @row: the task; without a root it is ignored, see hd_blocked_add_other()
 */
void hd_blocked_add_behind(struct hd_blocked_tree *tree,
			   const struct hd_blocked_row *row)
{
	struct hd_blocked_root *root;
	char what[HD_BLOCKED_WHAT_LEN];

	if (!row->root.tid)
		return;
	root = find_root(tree, row->root.tid);
	if (!root)
		root = new_root(tree, &row->root);
	if (!root) {
		tree->more++;
		return;
	}
	say_what(row, what);
	root->is_circle |= row->is_circle;
	if (row->links == 1 && !row->is_circle && !root->held[0])
		strcpy(root->held, what);
	if (row->root.tid != row->self.tid)
		count_row(root, row, what);
	else if (is_longer(row->age_ns, root->longest_ns))
		root->longest_ns = row->age_ns;
}

/**
 * hd_blocked_add_other() - add a task that has no known root
 * @tree: hd_blocked_add_behind() has been called for all tasks
 * @row: the task; with a root it is ignored
 */
void hd_blocked_add_other(struct hd_blocked_tree *tree,
			  const struct hd_blocked_row *row)
{
	struct hd_blocked_root *root;
	char what[HD_BLOCKED_WHAT_LEN];
	u32 i;

	if (row->root.tid)
		return;
	say_what(row, what);
	root = find_root(tree, row->self.tid);
	if (root) {
		root->is_waiting = true;
		root->age_ns = row->age_ns;
		strcpy(root->what, what);
		return;
	}
	for (i = 0; i < tree->len; i++)
		if (!tree->root[i].who.tid &&
		    !strcmp(tree->root[i].way[0].what, what))
			break;
	root = i < tree->len ? &tree->root[i] : new_root(tree, NULL);
	if (root)
		count_row(root, row, what);
	else
		tree->more++;
}

/* a circle never ends by itself; on a known task somebody can act */
static bool is_worse(const struct hd_blocked_root *a,
		     const struct hd_blocked_root *b)
{
	if (a->is_circle != b->is_circle)
		return a->is_circle;
	if (!a->who.tid != !b->who.tid)
		return a->who.tid;
	if (a->tasks != b->tasks)
		return a->tasks > b->tasks;
	return is_longer(a->longest_ns, b->longest_ns);
}

/**
 * hd_blocked_sort() - put the worst root first
 * @tree: all tasks have been added
 */
void hd_blocked_sort(struct hd_blocked_tree *tree)
{
	struct hd_blocked_root swap;
	u32 i, j, worst;

	for (i = 0; i < tree->len; i++) {
		worst = i;
		for (j = i + 1; j < tree->len; j++)
			if (is_worse(&tree->root[j], &tree->root[worst]))
				worst = j;
		swap = tree->root[i];
		tree->root[i] = tree->root[worst];
		tree->root[worst] = swap;
	}
}

static void say_who(struct hd_out *out, const struct hd_blocked_who *who)
{
	char comm[HD_ESCAPED_LEN];

	hd_out_printf(out, "%s[%u]",
		      hd_escape(who->comm, sizeof(who->comm), comm,
				sizeof(comm)), who->tid);
}

static void say_age(struct hd_out *out, const char *before, u64 age_ns)
{
	char age[HD_HUMAN_LEN];

	if (age_ns != HD_AGE_UNKNOWN)
		hd_out_printf(out, "%s%s", before, hd_human_time(age_ns, age));
}

/**
 * hd_blocked_say_root() - print a root as one sentence, without a newline
 * @out: takes the text
 * @root: the root
 */
void hd_blocked_say_root(struct hd_out *out, const struct hd_blocked_root *root)
{
	if (!root->who.tid) {
		hd_out_printf(out, "%u %s at %s", root->tasks,
			      root->tasks == 1 ? "waits" : "wait",
			      root->way[0].what);
		say_age(out, ", the longest for ", root->longest_ns);
		return;
	}
	if (root->is_circle)
		hd_out_printf(out, "deadlock: ");
	say_who(out, &root->who);
	if (root->is_circle)
		hd_out_printf(out, " and others wait for each other");
	else
		hd_out_printf(out, " holds %s",
			      root->held[0] ? root->held : "a lock");
	hd_out_printf(out, ", %u %s behind it", root->tasks,
		      root->tasks == 1 ? "waits" : "wait");
	say_age(out, ", the longest for ", root->longest_ns);
}

/**
 * hd_blocked_say_wait() - print what a root itself waits for, without a newline
 * @out: takes the text
 * @root: its @is_waiting is true
 */
void hd_blocked_say_wait(struct hd_out *out, const struct hd_blocked_root *root)
{
	say_who(out, &root->who);
	hd_out_printf(out, " waits itself, at %s", root->what);
	say_age(out, ", for ", root->age_ns);
}

static void print_way(struct hd_out *out, const struct hd_blocked_way *way)
{
	hd_out_printf(out, "  %u %s for %s, such as ", way->tasks,
		      way->tasks == 1 ? "waits" : "wait", way->what);
	say_who(out, &way->longest);
	say_age(out, " for ", way->age_ns);
	hd_out_printf(out, "\n");
}

/* Return: the number of lines that print_root() prints. */
static u32 lines_of(const struct hd_blocked_root *root)
{
	return 1 + root->is_waiting +
	       (root->who.tid ? root->ways + (root->more > 0) : 0);
}

static void print_root(struct hd_out *out, const struct hd_blocked_root *root)
{
	u32 i;

	hd_blocked_say_root(out, root);
	if (!root->who.tid) {
		hd_out_printf(out, ", such as ");
		say_who(out, &root->way[0].longest);
	}
	hd_out_printf(out, "\n");
	if (!root->who.tid)
		return;
	if (root->is_waiting) {
		hd_out_printf(out, "  ");
		hd_blocked_say_wait(out, root);
		hd_out_printf(out, "\n");
	}
	for (i = 0; i < root->ways; i++)
		print_way(out, &root->way[i]);
	if (root->more)
		hd_out_printf(out, "  %u for something else\n", root->more);
}

/**
 * hd_blocked_print() - print the roots, the worst first
 * @out: takes the text
 * @tree: sorted by hd_blocked_sort()
 * @lines: the most lines to print
 */
void hd_blocked_print(struct hd_out *out, const struct hd_blocked_tree *tree,
		      u32 lines)
{
	u32 i, used = 0, more = tree->more;

	/* keep the last line for the number of tasks that are left out */
	for (i = 0; i < tree->len; i++) {
		used += lines_of(&tree->root[i]);
		if (used >= lines)
			break;
		print_root(out, &tree->root[i]);
	}
	for (; i < tree->len; i++)
		more += tree->root[i].tasks;
	if (more)
		hd_out_printf(out, "%u more wait for others\n", more);
}
