// SPDX-License-Identifier: GPL-2.0-only
/* Tell the chain of waits of a task, step by step, in words. */
#include <errno.h>
#include <stdlib.h>
#include "pure/human.h"
#include "util.h"
#include "why/parts.h"

#define DEPTH_MAX	16
#define TOLD_MAX	64
#define LINES_MAX	18	/* with the lines at the end, the output has at most 20 */

/**
 * struct step - a task of the chain
 * @tid: the task
 * @held: the next task holds what it waits for
 * @guess: it is only likely that it waits for the next task
 */
struct step {
	u32 tid;
	bool held;
	bool guess;
};

/**
 * struct story - state of the telling
 * @why: the host
 * @out: output
 * @nr_lines: lines printed so far
 * @is_cut: lines were left out
 * @steps: the chain from the first task to the current one
 * @depth: length of @steps
 * @told_tids: tasks that were described already
 * @nr_told: length of @told_tids
 */
struct story {
	struct hd_why *why;
	struct hd_out *out;
	u32 nr_lines;
	bool is_cut;
	struct step steps[DEPTH_MAX];
	u32 depth;
	u32 told_tids[TOLD_MAX];
	u32 nr_told;
};

static bool may_say(struct story *story)
{
	if (story->nr_lines++ < LINES_MAX)
		return true;
	story->is_cut = true;
	return false;
}

static void say_age(struct story *story, const struct hd_why_task *task)
{
	char age[HD_HUMAN_LEN];

	if (task->stuck.age_ns)
		hd_out_printf(story->out, "%s for %s%s",
			      task->stuck.is_before ?
			      " since before hostdiag counted," : "",
			      task->stuck.is_before ? "about " : "",
			      hd_human_time(task->stuck.age_ns, age));
	else if (hd_why_is_new(story->why, task->tid))
		hd_out_printf(story->out, " since just now");
	else
		hd_out_printf(story->out,
			      " since before hostdiag counted");
}

static void say_lines(struct story *story, const struct hd_why_wait *wait)
{
	u32 i;

	for (i = 0; i < wait->nr_lines; i++)
		if (may_say(story))
			hd_out_printf(story->out, "  %s\n", wait->lines[i]);
}

static void say_call(struct story *story, const struct hd_why_task *task,
		     const struct hd_why_wait *wait)
{
	char buf[HD_NAME_LEN];

	hd_out_printf(story->out, "in %s%s",
		      task->stuck.nr == HOSTDIAG_NR_NONE ?
		      "D sleep, in no call," :
		      hd_syscall_name(task->stuck.abi, task->stuck.nr, buf),
		      wait->on);
}

static void tell_stuck(struct story *story, const struct hd_why_task *task,
		       struct hd_why_wait *wait)
{
	const char *runs = task->stuck.state == 'R' ?
			   hd_why_runs(story->why, task->tid, wait) : NULL;
	char name[HD_WHY_NAME];

	if (!may_say(story))
		return;
	hd_out_printf(story->out, "%s is ",
		      hd_why_name(story->why, task->tid, name));
	say_call(story, task, wait);
	say_age(story, task);
	hd_out_printf(story->out, "%s%s\n", runs ? ", and runs: it " : "",
		      runs ? runs : "");
	say_lines(story, wait);
}

/* the task sleeps, but neither the snapshot nor /proc has its call */
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

/* describe a task that is in no known call */
static void tell_other(struct story *story, u32 tid, char state)
{
	struct hd_why_wait wait = { .nr_lines = 0 };
	const char *runs = state == 'R' ?
			   hd_why_runs(story->why, tid, &wait) : NULL;
	char name[HD_WHY_NAME];

	if (!may_say(story))
		return;
	hd_out_printf(story->out, "%s", hd_why_name(story->why, tid, name));
	if (runs)
		hd_out_printf(story->out,
			      " is not waiting in any call now: it %s\n", runs);
	else
		hd_out_printf(story->out, " sleeps (state %c): %s\n",
			      state, unknown_call(story->why, tid));
	say_lines(story, &wait);
}

static void tell_loop(struct story *story, u32 from)
{
	bool held = false, guess = false;
	char name[HD_WHY_NAME];
	u32 i;

	for (i = from; i < story->depth; i++) {
		held |= story->steps[i].held;
		guess |= story->steps[i].guess;
	}
	if (held)
		hd_out_printf(story->out, "%sdeadlock: ",
			      guess ? "likely a " : "");
	else
		hd_out_printf(story->out,
			      "a deadlock, unless they wait for work: ");
	hd_out_printf(story->out, "%s",
		      hd_why_name(story->why, story->steps[from].tid, name));
	for (i = from + 1; i < story->depth; i++)
		hd_out_printf(story->out, " waits for %s, which",
			      hd_why_name(story->why, story->steps[i].tid, name));
	hd_out_printf(story->out, " waits for %s\n",
		      from + 1 == story->depth ? "itself" :
		      hd_why_name(story->why, story->steps[from].tid, name));
}

static bool was_told(const struct story *story, u32 tid)
{
	u32 i;

	for (i = 0; i < story->nr_told; i++)
		if (story->told_tids[i] == tid)
			return true;
	return false;
}

static void tell_task(struct story *story, u32 tid);

static void follow_task(struct story *story, u32 tid)
{
	u32 i;

	for (i = 0; i < story->depth; i++) {
		if (story->steps[i].tid != tid)
			continue;
		tell_loop(story, i);
		return;
	}
	if (was_told(story, tid))
		return;
	if (story->depth < DEPTH_MAX)
		tell_task(story, tid);
	else if (may_say(story))
		hd_out_printf(story->out,
			      "it goes on from %u; this is the %uth\n", tid,
			      DEPTH_MAX);
}

static void follow_all(struct story *story, const struct hd_why_step *step)
{
	const struct hd_why_wait *wait = &step->wait;
	u32 i;

	story->steps[story->depth++] = (struct step){
		step->tid, wait->held, wait->guess
	};
	for (i = 0; i < wait->nr_next; i++)
		follow_task(story, wait->next_tids[i]);
	story->depth--;
}

/* a stopped task does not go on because of the stop, not because of its call */
static void tell_stopped(struct story *story, const struct hd_why_step *step)
{
	struct hd_why_wait on = { .nr_lines = 0 };
	char name[HD_WHY_NAME];

	if (!may_say(story))
		return;
	hd_out_printf(story->out, "%s %s\n",
		      hd_why_name(story->why, step->tid, name),
		      step->wait.lines[0]);
	if (step->is_inside && may_say(story)) {
		hd_why_on(story->why, &step->task, &on);
		hd_out_printf(story->out, "  it is ");
		say_call(story, &step->task, &on);
		/* for a frozen task the snapshot has no age */
		if (step->task.stuck.age_ns)
			say_age(story, &step->task);
		hd_out_printf(story->out, ", and goes on with that only then\n");
	}
	follow_all(story, step);
}

static void tell_step(struct story *story, struct hd_why_step *step)
{
	char name[HD_WHY_NAME];

	if (step->is_stopped) {
		tell_stopped(story, step);
	} else if (step->is_inside) {
		tell_stuck(story, &step->task, &step->wait);
		follow_all(story, step);
	} else if (step->state) {
		tell_other(story, step->tid, step->state);
	} else if (may_say(story)) {
		hd_out_printf(story->out, "%s\n",
			      hd_why_name(story->why, step->tid, name));
	}
}

static void tell_task(struct story *story, u32 tid)
{
	struct hd_why_step *step = malloc(sizeof(*step));

	if (!step)
		hd_die("out of memory");
	if (story->nr_told < TOLD_MAX)
		story->told_tids[story->nr_told++] = tid;
	hd_why_step(story->why, tid, step);
	tell_step(story, step);
	free(step);
}

static void say_cut(const struct story *story)
{
	if (story->is_cut)
		hd_out_printf(story->out, "More is left out: ask for one of the tasks above.\n");
}

/* is this root not described yet by the lines on the task? */
static bool is_news(const struct hd_why *why, s32 nth, u32 tid)
{
	const struct hd_why_root *root;

	if (nth == HD_WHY_NOBODY)
		return false;
	root = hd_why_root(why, nth);
	return !root->is_circle && root->tid != tid;
}

static void say_root(const struct hd_why *why, s32 nth, struct hd_out *out)
{
	const struct hd_why_root *root = hd_why_root(why, nth);

	hd_out_printf(out, "root: %s%s\n", root->is_guess && root->tid &&
		      !root->is_circle ? "likely " : "", root->text);
}

/* the root behind which most threads wait comes last, next to the prompt */
static void say_roots(struct hd_why *why, const struct hd_why_threads *threads,
		      struct hd_out *out)
{
	s32 most = HD_WHY_NOBODY, nth, end;
	u32 *tasks, i;

	for (i = 0; i < threads->nr_stuck; i++)
		hd_why_root_of(why, threads->stuck_tids[i]);
	end = hd_why_roots(why);
	tasks = calloc(end + 1, sizeof(*tasks));
	if (!tasks)
		hd_die("out of memory");
	for (i = 0; i < threads->nr_stuck; i++) {
		nth = hd_why_root_of(why, threads->stuck_tids[i]);
		if (is_news(why, nth, threads->stuck_tids[i]) && !tasks[nth]++)
			most = nth;
	}
	for (nth = 0; most != HD_WHY_NOBODY && nth < end; nth++)
		if (tasks[nth] > tasks[most])
			most = nth;
	for (nth = 0; nth < end; nth++)
		if (tasks[nth] && nth != most)
			say_root(why, nth, out);
	if (most != HD_WHY_NOBODY)
		say_root(why, most, out);
	free(tasks);
}

/**
 * hd_why_tell() - print why a task, or the threads of a process, do not go on
 * @why: the host
 * @pid: number of the task or process
 * @out: output
 *
 * Return: false if there is no such task.
 */
bool hd_why_tell(struct hd_why *why, u32 pid, struct hd_out *out)
{
	struct story story = { .why = why, .out = out };
	struct hd_proc_status status;
	struct hd_why_threads threads;
	s32 nth;
	u32 i;

	if (!hd_proc_status(why, pid, &status))
		return false;
	if (status.tgid != pid || status.nr_threads <= 1) {
		tell_task(&story, pid);
		say_cut(&story);
		nth = hd_why_root_of(why, pid);
		if (is_news(why, nth, pid))
			say_root(why, nth, out);
	} else {
		hd_why_threads(why, pid, &threads);
		story.nr_lines += hd_why_say_threads(why, &threads, out);
		for (i = 0; i < threads.nr_stuck; i++)
			if (!was_told(&story, threads.stuck_tids[i]))
				tell_task(&story, threads.stuck_tids[i]);
		if (!threads.nr_stuck)
			tell_task(&story, pid);
		say_cut(&story);
		say_roots(why, &threads, out);
		free(threads.stuck_tids);
	}
	return true;
}
