// SPDX-License-Identifier: GPL-2.0-only
/*
 * Find the root of a wait: the task or the thing at the end of a chain of waits.
 *
 * A chain has two kinds of links.  If the next task holds what the task before it
 * waits for, the wait cannot end before the next task gives that up.  If the next
 * task merely could end the wait, as the process at the other end of a connection,
 * it may be a wait for work: such a link counts only if the next task itself is
 * kept from going on.
 */
#include <search.h>
#include <stdlib.h>
#include "host/reasons.h"
#include "pure/human.h"
#include "util.h"
#include "why/parts.h"

#define DEPTH_MAX	32u
#define NONE		HD_WHY_NOBODY
#define OLD_NS		1000000000ull	/* a shorter D sleep is ordinary I/O */
#define RUNNERS_MAX	4u		/* sampling one takes some 200 ms */

/**
 * struct known - a task whose root was looked for
 * @tid: its number
 * @root: index of its root; NONE: it waits for nobody, or for whom is not known
 * @what: what it waits for
 */
struct known {
	u32 tid;
	s32 root;
	char what[HD_WHY_WHAT];
};

/**
 * struct hd_why_roots - cache of the roots found so far
 * @known: tree of struct known, for tsearch()
 * @roots: the roots; a pointer each, so that they stay in place
 * @nr_roots: length of @roots
 * @room: entries allocated in @roots
 * @nr_runners: tasks in state R that were sampled
 */
struct hd_why_roots {
	void *known;
	struct hd_why_root **roots;
	s32 nr_roots;
	size_t room;
	u32 nr_runners;
};

/**
 * struct walk - the chain from the first task to the current one
 * @why: the host
 * @tids: the tasks
 * @is_held: for each task: the next one holds what it waits for
 * @is_guess: for each task: it is only likely that it waits for the next one
 * @depth: length of the chain
 * @is_moving: the links of a circle had changed when they were read again
 */
struct walk {
	struct hd_why *why;
	u32 tids[DEPTH_MAX];
	bool is_held[DEPTH_MAX];
	bool is_guess[DEPTH_MAX];
	u32 depth;
	bool is_moving;
};

static void *allocate_zeroed(size_t size)
{
	void *memory = calloc(1, size);

	if (!memory)
		hd_die("out of memory");
	return memory;
}

static int by_tid(const void *a, const void *b)
{
	const struct known *x = a, *y = b;

	return x->tid < y->tid ? -1 : x->tid > y->tid;
}

static struct known *find_known(const struct hd_why *why, u32 tid)
{
	const struct known key = { .tid = tid };
	void *found = tfind(&key, &why->roots->known, by_tid);

	return found ? *(struct known **)found : NULL;
}

/* length of the part of a place that fits, in whole functions */
static int place_len(const char *place)
{
	size_t len = strlen(place);

	while (len >= HD_WHY_WHAT)
		do
			len--;
		while (len && place[len] != '<');
	return len;
}

/* what the task waits for, in words that follow "waits for" */
static void say_what(const struct hd_why_step *step, char buf[HD_WHY_WHAT])
{
	const struct hd_stuck_row *stuck = &step->task.stuck;
	const char *reason = hd_reason(stuck->place);
	char call[HD_NAME_LEN];

	if (step->wait.what[0])
		reason = step->wait.what;
	if (reason)
		snprintf(buf, HD_WHY_WHAT, "%s", reason);
	else if (stuck->place[0])
		snprintf(buf, HD_WHY_WHAT, "%.*s", place_len(stuck->place),
			 stuck->place);
	else if (step->is_inside && stuck->nr != HOSTDIAG_NR_NONE)
		snprintf(buf, HD_WHY_WHAT, "the end of %s",
			 hd_syscall_name(stuck->abi, stuck->nr, call));
	else
		snprintf(buf, HD_WHY_WHAT, "what is not known");
}

static s32 note_root(struct hd_why *why, const struct hd_why_step *step, s32 root)
{
	struct known *known = find_known(why, step->tid);

	if (!known) {
		known = allocate_zeroed(sizeof(*known));
		known->tid = step->tid;
		say_what(step, known->what);
		if (!tsearch(known, &why->roots->known, by_tid))
			hd_die("out of memory");
	}
	known->root = root;
	return root;
}

static struct hd_why_root *new_root(struct hd_why *why, s32 *nth)
{
	struct hd_why_roots *roots = why->roots;

	roots->roots = hd_grow(roots->roots, roots->nr_roots, &roots->room,
			       sizeof(*roots->roots));
	roots->roots[roots->nr_roots] = allocate_zeroed(sizeof(**roots->roots));
	*nth = roots->nr_roots++;
	return roots->roots[*nth];
}

/* Return: the index of the root that is this task; NONE: there is none. */
static s32 root_that_is(const struct hd_why *why, u32 tid)
{
	s32 i;

	for (i = 0; i < why->roots->nr_roots; i++)
		if (why->roots->roots[i]->tid == tid &&
		    !why->roots->roots[i]->is_circle)
			return i;
	return NONE;
}

/* tasks whose waits have the same sentence wait for the same thing */
static s32 thing_root(struct hd_why *why, const struct hd_why_wait *wait)
{
	const char *text = wait->end;
	struct hd_why_root *root;
	s32 i;

	for (i = 0; i < why->roots->nr_roots; i++)
		if (!why->roots->roots[i]->tid &&
		    !strcmp(why->roots->roots[i]->text, text))
			return i;
	root = new_root(why, &i);
	snprintf(root->text, sizeof(root->text), "%s", text);
	root->is_served = wait->is_served;
	return i;
}

static __printf(3, 4)
s32 task_root(struct hd_why *why, u32 tid, const char *fmt, ...)
{
	s32 nth = root_that_is(why, tid);
	struct hd_why_root *root;
	va_list args;

	if (nth != NONE)
		return nth;
	root = new_root(why, &nth);
	root->tid = tid;
	root->is_guess = true;
	va_start(args, fmt);
	vsnprintf(root->text, sizeof(root->text), fmt, args);
	va_end(args);
	return nth;
}

static const char *age_of(const struct hd_stuck_row *stuck,
			  char buf[HD_HUMAN_LEN + 8])
{
	u64 age_ns = stuck->age_ns ? stuck->age_ns : stuck->d_age_ns;
	char age[HD_HUMAN_LEN];

	buf[0] = '\0';
	if (age_ns)
		snprintf(buf, HD_HUMAN_LEN + 8, " for %s",
			 hd_human_time(age_ns, age));
	return buf;
}

/* a task in D sleep, of which it is not known who could end that */
static s32 waiting_root(struct hd_why *why, const struct hd_why_step *step)
{
	char name[HD_WHY_NAME], what[HD_WHY_WHAT], age[HD_HUMAN_LEN + 8];
	struct hd_why_root *root;
	s32 nth;

	say_what(step, what);
	nth = task_root(why, step->tid, "%s waits in D sleep for %s%s",
			hd_why_name(why, step->tid, name), what,
			age_of(&step->task.stuck, age));
	root = why->roots->roots[nth];
	root->is_waiting = true;
	root->is_young = step->task.stuck.d_age_ns &&
			 step->task.stuck.d_age_ns < OLD_NS;
	strcpy(root->what, what);
	return nth;
}

/* Return: NONE if the task is on a CPU, or only shares a busy one. */
static s32 runner_root(struct hd_why *why, const struct hd_why_step *step)
{
	struct hd_why_wait wait = { .nr_lines = 0 };
	char name[HD_WHY_NAME];

	if (why->roots->nr_runners++ >= RUNNERS_MAX)
		return NONE;
	hd_why_runs(why, step->tid, &wait);
	if (!wait.held)
		return NONE;
	return task_root(why, step->tid, "%s waits for a CPU: %s",
			 hd_why_name(why, step->tid, name), wait.lines[0]);
}

/* a task that could end the wait of this one, and can go on itself */
static void say_other(const struct hd_why *why, const struct hd_why_step *step,
		      char buf[HD_WHY_NAME + 32])
{
	char name[HD_WHY_NAME];

	buf[0] = '\0';
	if (step->wait.nr_next == 1)
		snprintf(buf, HD_WHY_NAME + 32, ", which %s could end",
			 hd_why_name(why, step->wait.next_tids[0], name));
}

/* a task that holds what others wait for, and can go on itself */
static s32 holder_root(struct hd_why *why, u32 tid)
{
	char name[HD_WHY_NAME], call[HD_NAME_LEN], age[HD_HUMAN_LEN + 8];
	struct hd_why_step *step = allocate_zeroed(sizeof(*step));
	const struct hd_stuck_row *stuck = &step->task.stuck;
	char other[HD_WHY_NAME + 32];
	bool is_there = hd_why_step(why, tid, step);
	s32 root;

	hd_why_name(why, tid, name);
	say_other(why, step, other);
	if (!is_there)
		root = NONE;
	else if (step->is_inside && stuck->nr != HOSTDIAG_NR_NONE)
		root = task_root(why, tid, "%s is in %s%s%s%s", name,
				 hd_syscall_name(stuck->abi, stuck->nr, call),
				 step->wait.on, age_of(stuck, age), other);
	else
		root = task_root(why, tid, "%s %s", name, step->state == 'R' ?
				 "runs" : "sleeps, in no call");
	free(step);
	return root;
}

static u64 switches_of(const struct hd_why *why, u32 tid)
{
	char *text = hd_proc_text(why, "%u/status", tid);
	const char *own = text ? strstr(text, "\nvoluntary_ctxt_switches:") : NULL;
	const char *others = text ?
			     strstr(text, "\nnonvoluntary_ctxt_switches:") : NULL;
	u64 count = own ? strtoull(strchr(own, ':') + 1, NULL, 10) : 0;

	if (others)
		count += strtoull(strchr(others, ':') + 1, NULL, 10);
	free(text);
	return count;
}

/* does the task still wait for @next, which holds what it waits for? */
static bool still_waits(struct hd_why *why, u32 tid, u32 next)
{
	struct hd_why_step *step = allocate_zeroed(sizeof(*step));
	bool does = hd_why_step(why, tid, step) && !step->is_stopped &&
		    step->wait.held;
	u32 i = 0;

	while (does && i < step->wait.nr_next && step->wait.next_tids[i] != next)
		i++;
	does = does && i < step->wait.nr_next;
	free(step);
	return does;
}

/*
 * The links of a circle were read one after the other.  It is a deadlock only if
 * none of its tasks runs while all links are read once more.
 */
static bool stands_still(struct hd_why *why, const u32 *tid, u32 count)
{
	u64 before[DEPTH_MAX];
	bool does = true;
	u32 i;

	for (i = 0; i < count; i++)
		before[i] = switches_of(why, tid[i]);
	hd_why_forget_locks(why);
	hd_why_add_blocked(why);
	for (i = 0; does && i < count; i++)
		does = still_waits(why, tid[i], tid[(i + 1) % count]);
	for (i = 0; does && i < count; i++)
		does = switches_of(why, tid[i]) == before[i];
	return does;
}

static void say_circle(struct hd_why *why, struct hd_why_root *root)
{
	char name[HD_WHY_NAME];
	size_t used;
	u32 i;

	used = snprintf(root->text, sizeof(root->text), "%sdeadlock: %s",
			root->is_guess ? "likely a " : "",
			hd_why_name(why, root->circle_tids[0], name));
	for (i = 1; i < root->nr_circle && used < sizeof(root->text); i++)
		used += snprintf(root->text + used, sizeof(root->text) - used,
				 " waits for %s, which",
				 hd_why_name(why, root->circle_tids[i], name));
	if (used < sizeof(root->text))
		snprintf(root->text + used, sizeof(root->text) - used,
			 " waits for %s", root->nr_circle == 1 ? "itself" :
			 hd_why_name(why, root->circle_tids[0], name));
}

/* the task with the lowest number comes first, so that a circle has one name */
static s32 circle_root(struct walk *walk, u32 from)
{
	u32 count = walk->depth - from, i, first = from;
	struct hd_why_root *root;
	bool guess = false;
	s32 nth;

	if (count > HD_WHY_CIRCLE)
		return NONE;
	for (i = from; i < walk->depth; i++) {
		if (!walk->is_held[i])
			return NONE;
		guess |= walk->is_guess[i];
		if (walk->tids[i] < walk->tids[first])
			first = i;
	}
	walk->is_moving = !stands_still(walk->why, walk->tids + from, count);
	if (walk->is_moving)
		return NONE;
	root = new_root(walk->why, &nth);
	root->tid = walk->tids[first];
	root->is_circle = true;
	root->is_guess = guess;
	for (i = 0; i < count; i++)
		root->circle_tids[root->nr_circle++] =
			walk->tids[from + (first - from + i) % count];
	say_circle(walk->why, root);
	return nth;
}

static s32 walk_from(struct walk *walk, u32 tid);

/*
 * Is it unknown which thread of the process the others wait for?  That does not
 * matter if the process is stopped.
 */
static bool is_one_of_many(const struct hd_why *why, u32 tid)
{
	struct hd_proc_status status;

	return hd_proc_status(why, tid, &status) && status.nr_threads > 1;
}

static s32 walk_to(struct walk *walk, const struct hd_why_wait *wait, u32 next)
{
	struct hd_why_root *root;
	s32 nth;
	u32 i;

	for (i = 0; i < walk->depth; i++)
		if (walk->tids[i] == next)
			return circle_root(walk, i);
	nth = walk_from(walk, next);
	if (nth == NONE)
		return NONE;
	root = walk->why->roots->roots[nth];
	if (!wait->held && !root->is_stopped &&
	    (root->is_young || is_one_of_many(walk->why, next)))
		return NONE;
	if (root->tid == next && !wait->guess && !root->is_circle)
		root->is_guess = false;
	return nth;
}

/*
 * Find the root behind the tasks that could end a wait.  Any one of them could,
 * so that the wait has a root only if all of them are kept from going on.  But if
 * they hold a lock together, a single one that does not go on is enough.
 */
static s32 follow_wait(struct walk *walk, const struct hd_why_wait *wait)
{
	bool need_all = !wait->held || (wait->guess && wait->nr_next > 1);
	s32 found = NONE, nth;
	u32 i;

	if (need_all && wait->more)
		return NONE;
	for (i = 0; i < wait->nr_next; i++) {
		nth = walk_to(walk, wait, wait->next_tids[i]);
		if (nth == NONE && need_all)
			return NONE;
		if (found == NONE)
			found = nth;
	}
	if (found != NONE || !wait->held || wait->nr_next != 1 || walk->is_moving)
		return found;
	found = holder_root(walk->why, wait->next_tids[0]);
	if (found != NONE && !wait->guess)
		walk->why->roots->roots[found]->is_guess = false;
	return found;
}

/* the root of a task that a tracer has stopped is the tracer */
static s32 traced_root(struct walk *walk, const struct hd_why_step *step)
{
	char name[HD_WHY_NAME], tracer[HD_WHY_NAME];
	u32 by = step->wait.next_tids[0];
	s32 nth = walk_to(walk, &step->wait, by);

	if (nth != NONE)
		return nth;
	nth = task_root(walk->why, by, "%s traces %s and keeps it stopped",
			hd_why_name(walk->why, by, tracer),
			hd_why_name(walk->why, step->tid, name));
	walk->why->roots->roots[nth]->is_guess = false;
	return nth;
}

static s32 stopped_root(struct walk *walk, const struct hd_why_step *step)
{
	char name[HD_WHY_NAME];
	s32 nth;

	if (step->wait.nr_next)
		return traced_root(walk, step);
	if (step->state == 'Z' || step->state == 'X')
		return NONE;
	nth = task_root(walk->why, step->tid, "%s %s",
			hd_why_name(walk->why, step->tid, name),
			step->wait.lines[0]);
	walk->why->roots->roots[nth]->is_stopped = true;
	return nth;
}

static s32 root_of_step(struct walk *walk, const struct hd_why_step *step)
{
	s32 nth;

	if (step->is_stopped)
		return stopped_root(walk, step);
	nth = follow_wait(walk, &step->wait);
	if (nth != NONE)
		return nth;
	if (step->wait.end[0])
		return thing_root(walk->why, &step->wait);
	if (step->state == 'D' && !step->wait.nr_next)
		return waiting_root(walk->why, step);
	if (step->state == 'R')
		return runner_root(walk->why, step);
	return NONE;
}

static s32 walk_from(struct walk *walk, u32 tid)
{
	struct known *known = find_known(walk->why, tid);
	struct hd_why_step *step;
	s32 nth = NONE;

	if (known)
		return known->root;
	if (walk->depth == DEPTH_MAX)
		return NONE;
	step = allocate_zeroed(sizeof(*step));
	if (hd_why_step(walk->why, tid, step)) {
		walk->tids[walk->depth] = tid;
		walk->is_held[walk->depth] = step->wait.held;
		walk->is_guess[walk->depth++] = step->wait.guess;
		nth = root_of_step(walk, step);
		walk->depth--;
		note_root(walk->why, step, nth);
	}
	free(step);
	return nth;
}

/**
 * hd_why_root_of() - find the root of the wait of a task
 * @why: the host; hd_why_ready() was called
 * @tid: the task
 *
 * Return: the index of the root, for hd_why_root(); HD_WHY_NOBODY: it is not
 * known, or the task only waits for work.  A stopped task is its own root.
 */
s32 hd_why_root_of(struct hd_why *why, u32 tid)
{
	struct walk *walk = allocate_zeroed(sizeof(*walk));
	s32 nth;

	if (!why->roots)
		why->roots = allocate_zeroed(sizeof(*why->roots));
	walk->why = why;
	nth = walk_from(walk, tid);
	free(walk);
	return nth;
}

/**
 * hd_why_root() - get a root by its index
 * @why: the host
 * @nth: index that hd_why_root_of() returned
 */
const struct hd_why_root *hd_why_root(const struct hd_why *why, s32 nth)
{
	return why->roots->roots[nth];
}

/**
 * hd_why_roots() - get the number of roots found so far
 * @why: the host
 */
s32 hd_why_roots(const struct hd_why *why)
{
	return why->roots ? why->roots->nr_roots : 0;
}

/**
 * hd_why_waits_for() - describe what a task waits for, in a few words
 * @why: the host
 * @tid: hd_why_root_of() was called for it
 *
 * Return: words that follow "waits for"; NULL if there is no such task.
 */
const char *hd_why_waits_for(const struct hd_why *why, u32 tid)
{
	const struct known *known = find_known(why, tid);

	return known ? known->what : NULL;
}

/**
 * hd_why_forget_roots() - free the cache of roots
 * @why: the host
 */
void hd_why_forget_roots(struct hd_why *why)
{
	struct hd_why_roots *roots = why->roots;
	s32 i;

	if (!roots)
		return;
	tdestroy(roots->known, free);
	for (i = 0; i < roots->nr_roots; i++)
		free(roots->roots[i]);
	free(roots->roots);
	free(roots);
	why->roots = NULL;
}
