// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <sys/wait.h>
#include "util.h"
#include "why/parts.h"

/**
 * struct hd_why_parent - a process and its parent
 * @tgid: the process
 * @parent: its parent
 * @start: time of its creation, in clock ticks since boot
 * @state: its letter in /proc/TGID/stat
 */
struct hd_why_parent {
	u32 tgid;
	u32 parent;
	u64 start;
	char state;
};

/* take the words 3, 4 and 22 of "812 (a) b) S 1 ..." */
static bool read_stat(const char *text, struct hd_why_parent *its)
{
	const char *at = strrchr(text, ')');
	u32 word;

	if (!at || sscanf(at, ") %c %u", &its->state, &its->parent) != 2)
		return false;
	for (word = 2; at && word < 22; word++)
		at = strchr(at + 1, ' ');
	if (at)
		its->start = strtoull(at, NULL, 10);
	return at;
}

static void add_process(struct hd_why *why, u32 tgid, void *priv)
{
	char *text = hd_proc_text(why, "%u/stat", tgid);
	struct hd_why_parent its = { .tgid = tgid };

	(void)priv;
	if (text && read_stat(text, &its)) {
		why->parents = hd_grow(why->parents, why->nr_parents,
				       &why->parent_room, sizeof(its));
		why->parents[why->nr_parents++] = its;
	}
	free(text);
}

static void know_parents(struct hd_why *why)
{
	if (!why->nr_parents)
		hd_proc_each(why, add_process, NULL, ".");
}

static void say_child(struct hd_why *why, const char *what, u32 tgid,
		      struct hd_why_wait *wait)
{
	char name[HD_WHY_NAME];

	hd_why_say(wait, "%s %s", what, hd_why_name(why, tgid, name));
	hd_why_next(wait, hd_why_thread(why, tgid, 0));
}

/* the child that the task waits for; 0: any child */
static u32 child_of(const struct hd_stuck_row *stuck)
{
	char buf[HD_NAME_LEN];
	const char *name = hd_syscall_name(stuck->abi, stuck->nr, buf);

	if (!strcmp(name, "waitid"))
		return stuck->args[0] == P_PID ? stuck->args[1] : 0;
	return (s32)stuck->args[0] > 0 ? stuck->args[0] : 0;
}

static bool is_child(const struct hd_why_parent *its,
		     const struct hd_why_task *task)
{
	return its->parent == task->tgid && its->state != 'Z';
}

/**
 * hd_why_children() - name the children that a task waits for
 * @why: the host
 * @task: the task
 * @wait: the result is added to it
 */
void hd_why_children(struct hd_why *why, const struct hd_why_task *task,
		     struct hd_why_wait *wait)
{
	u32 child = child_of(&task->stuck), count = 0;
	size_t i;

	know_parents(why);
	for (i = 0; i < why->nr_parents; i++) {
		if (!is_child(&why->parents[i], task) ||
		    (child && why->parents[i].tgid != child))
			continue;
		if (count++ < HD_WHY_NEXT)
			say_child(why, "it waits for its child",
				  why->parents[i].tgid, wait);
	}
	wait->more = count > HD_WHY_NEXT;
	if (wait->more)
		hd_why_say(wait, "and for %u more children",
			   count - HD_WHY_NEXT);
	if (!count)
		hd_why_say(wait, "which child it waits for is not known");
}

/**
 * hd_why_vfork() - name the child that runs in the memory of a task in vfork()
 * @why: the host
 * @task: the task
 * @wait: the result is added to it
 */
void hd_why_vfork(struct hd_why *why, const struct hd_why_task *task,
		  struct hd_why_wait *wait)
{
	const struct hd_why_parent *last = NULL;
	size_t i;

	know_parents(why);
	for (i = 0; i < why->nr_parents; i++)
		if (is_child(&why->parents[i], task) &&
		    (!last || why->parents[i].start >= last->start))
			last = &why->parents[i];
	if (last)
		say_child(why, "it goes on when this child has called exec, or has ended:",
			  last->tgid, wait);
	else
		hd_why_say(wait, "the child that it waits for is not known");
	wait->held = last;
	hd_why_what(wait, "its vfork child to exec or to end");
}
