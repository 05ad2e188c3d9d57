// SPDX-License-Identifier: GPL-2.0-only
/* From a task to those that keep it waiting, and on to theirs, in words. */
#include <errno.h>
#include <stdlib.h>
#include "pure/human.h"
#include "why/proc.h"
#include "why/threads.h"

#define DEPTH_MAX	16
#define TOLD_MAX	64
#define LINES_MAX	18	/* with those that come last, 20 */

/**
 * struct step - a task on the way
 * @tid: the task
 * @held: the next one holds what it waits for
 * @guess: that it is that one is likely only
 */
struct step {
	u32 tid;
	bool held;
	bool guess;
};

/**
 * struct story - what is being told
 * @why: the host
 * @out: where
 * @lines: so far
 * @is_cut: there was more
 * @step: the tasks from the first to the present one
 * @depth: how many
 * @told: tasks that were told of
 * @tolds: how many
 */
struct story {
	struct hd_why *why;
	struct hd_out *out;
	u32 lines;
	bool is_cut;
	struct step step[DEPTH_MAX];
	u32 depth;
	u32 told[TOLD_MAX];
	u32 tolds;
};

static bool may_say(struct story *story)
{
	if (story->lines++ < LINES_MAX)
		return true;
	story->is_cut = true;
	return false;
}

static void say_age(struct story *story, const struct hd_stuck_row *stuck)
{
	char age[HD_HUMAN_LEN];

	if (stuck->age_ns)
		hd_out_printf(story->out, " for %s",
			      hd_human_time(stuck->age_ns, age));
	else
		hd_out_printf(story->out,
			      " since before hostdiag counted");
}

static void tell_stuck(struct story *story, const struct hd_why_task *task,
		       const struct hd_why_wait *wait)
{
	const struct hd_stuck_row *stuck = &task->stuck;
	char name[HD_WHY_NAME], buf[HD_NAME_LEN];
	u32 i;

	if (!may_say(story))
		return;
	hd_out_printf(story->out, "%s is in %s%s",
		      hd_why_name(story->why, task->tid, name),
		      stuck->nr == HOSTDIAG_NR_NONE ? "D sleep, in no call," :
		      hd_syscall_name(stuck->abi, stuck->nr, buf), wait->on);
	say_age(story, stuck);
	hd_out_printf(story->out, "%s\n", stuck->state == 'R' ?
		      ", and runs: on a CPU, or waiting for one" : "");
	for (i = 0; i < wait->lines; i++)
		if (may_say(story))
			hd_out_printf(story->out, "  %s\n", wait->line[i]);
}

/* it sleeps, but the snapshot has nothing of it, and proc neither */
static const char *unknown_call(const struct hd_why *why, u32 tid)
{
	char *text = hd_proc_text(why, "%u/syscall", tid);
	int error = text ? 0 : errno;
	bool is_outside = text && text[0] == '-';

	free(text);
	if (is_outside)
		return "in no call: in a page fault, or on its way out of the kernel";
	if (error == EACCES || error == EPERM)
		return "in which call is not known: no permission to look";
	if (error == ETIMEDOUT)
		return "in which call is not known: looking hangs, as while it is in exec";
	return "in no call that is known; kernel threads do so";
}

/* why a task that is in no call that is known does not go on */
static void tell_other(struct story *story, u32 tid)
{
	struct hd_proc_status status;
	char name[HD_WHY_NAME], tracer[HD_WHY_NAME];
	bool is_there = hd_proc_status(story->why, tid, &status);

	if (!may_say(story))
		return;
	hd_out_printf(story->out, "%s", hd_why_name(story->why, tid, name));
	if (!is_there)
		hd_out_printf(story->out, "\n");
	else if (status.state == 'R')
		hd_out_printf(story->out,
			      " is not waiting in any call now: it is on a CPU, or waiting for one\n");
	else if (status.state == 'T')
		hd_out_printf(story->out,
			      " is stopped by a signal: kill -CONT %u lets it go on\n",
			      tid);
	else if (status.state == 't')
		hd_out_printf(story->out, " is stopped by its tracer, %s\n",
			      hd_why_name(story->why, status.tracer, tracer));
	else if (status.state == 'Z')
		hd_out_printf(story->out,
			      " has ended; its parent has not waited for it yet\n");
	else
		hd_out_printf(story->out, " sleeps (state %c): %s\n",
			      status.state, unknown_call(story->why, tid));
}

static void tell_loop(struct story *story, u32 from)
{
	bool held = false, guess = false;
	char name[HD_WHY_NAME];
	u32 i;

	for (i = from; i < story->depth; i++) {
		held |= story->step[i].held;
		guess |= story->step[i].guess;
	}
	if (held)
		hd_out_printf(story->out, "%sdeadlock: ",
			      guess ? "likely a " : "");
	else
		hd_out_printf(story->out,
			      "a deadlock, unless they wait for work: ");
	hd_out_printf(story->out, "%s",
		      hd_why_name(story->why, story->step[from].tid, name));
	for (i = from + 1; i < story->depth; i++)
		hd_out_printf(story->out, " waits for %s, which",
			      hd_why_name(story->why, story->step[i].tid, name));
	hd_out_printf(story->out, " waits for %s\n",
		      from + 1 == story->depth ? "itself" :
		      hd_why_name(story->why, story->step[from].tid, name));
}

static bool was_told(const struct story *story, u32 tid)
{
	u32 i;

	for (i = 0; i < story->tolds; i++)
		if (story->told[i] == tid)
			return true;
	return false;
}

static void tell(struct story *story, u32 tid);

static void follow(struct story *story, u32 tid)
{
	u32 i;

	for (i = 0; i < story->depth; i++) {
		if (story->step[i].tid != tid)
			continue;
		tell_loop(story, i);
		return;
	}
	if (was_told(story, tid))
		return;
	if (story->depth < DEPTH_MAX)
		tell(story, tid);
	else if (may_say(story))
		hd_out_printf(story->out,
			      "it goes on from %u; this is the %uth\n", tid,
			      DEPTH_MAX);
}

static void tell_and_follow(struct story *story, const struct hd_why_task *task)
{
	struct hd_why_wait *wait = malloc(sizeof(*wait));
	u32 i;

	if (!wait)
		return;
	hd_why_wait(story->why, task, wait);
	tell_stuck(story, task, wait);
	story->step[story->depth++] = (struct step){
		task->tid, wait->held, wait->guess
	};
	for (i = 0; i < wait->nexts; i++)
		follow(story, wait->next[i]);
	story->depth--;
	free(wait);
}

static void tell(struct story *story, u32 tid)
{
	const struct hd_why_task *task = hd_why_find(story->why, tid);
	struct hd_why_task unseen;

	if (story->tolds < TOLD_MAX)
		story->told[story->tolds++] = tid;
	if (!task && hd_why_unseen(story->why, tid, &unseen))
		task = &unseen;
	if (task)
		tell_and_follow(story, task);
	else
		tell_other(story, tid);
}

/**
 * hd_why_tell() - tell why a task, or the threads of a process, do not go on
 * @why: the host
 * @pid: number of either
 * @out: where
 *
 * Return: false where there is no such task.
 */
bool hd_why_tell(struct hd_why *why, u32 pid, struct hd_out *out)
{
	struct story story = { .why = why, .out = out };
	struct hd_proc_status status;
	struct hd_why_threads threads;
	u32 i;

	if (!hd_proc_status(why, pid, &status))
		return false;
	if (status.tgid != pid || status.threads <= 1) {
		tell(&story, pid);
	} else {
		hd_why_threads(why, pid, &threads);
		story.lines += hd_why_say_threads(why, &threads, out);
		for (i = 0; i < threads.stucks; i++)
			if (!was_told(&story, threads.stuck[i]))
				tell(&story, threads.stuck[i]);
		if (!threads.stucks)
			tell(&story, pid);
		free(threads.stuck);
	}
	if (story.is_cut)
		hd_out_printf(out, "More is left out: ask for one of the tasks above.\n");
	return true;
}
