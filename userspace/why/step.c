// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "util.h"
#include "why/parts.h"

static void know_inside(struct hd_why *why, struct hd_why_step *step)
{
	const struct hd_why_task *task = hd_why_find(why, step->tid);

	if (task)
		step->task = *task;
	step->is_inside = task || (step->state != 'R' &&
				   hd_why_unseen(why, step->tid, &step->task));
}

/**
 * hd_why_step() - find out why a task does not go on
 * @why: the host
 * @tid: the task
 * @step: filled
 *
 * Return: false if there is no such task.
 */
bool hd_why_step(struct hd_why *why, u32 tid, struct hd_why_step *step)
{
	struct hd_proc_status status;

	memset(step, 0, sizeof(*step));
	step->tid = tid;
	if (!hd_proc_status(why, tid, &status))
		return false;
	step->state = status.state;
	know_inside(why, step);
	step->is_stopped = hd_why_stopped(why, &status, tid,
					  step->is_inside ? &step->task : NULL,
					  &step->wait);
	if (!step->is_stopped && step->is_inside)
		hd_why_wait(why, &step->task, &step->wait);
	return true;
}

static bool is_in(const u32 *chain, u32 length, u32 tid)
{
	u32 i;

	for (i = 0; i < length; i++)
		if (chain[i] == tid)
			return true;
	return false;
}

/**
 * hd_why_chain() - follow the waits from a task on
 * @why: the host
 * @tid: the first task
 * @chain: set to the tasks, from @tid on; if several tasks could end a wait, to
 *	the first one
 * @room: length of @chain
 * @is_circle: set to whether the last task waits for one of @chain
 *
 * Return: number of tasks in @chain.
 */
u32 hd_why_chain(struct hd_why *why, u32 tid, u32 *chain, u32 room,
		 bool *is_circle)
{
	struct hd_why_step *step = malloc(sizeof(*step));
	u32 length = 0;

	if (!step)
		hd_die("out of memory");
	*is_circle = false;
	while (length < room && hd_why_step(why, tid, step)) {
		chain[length++] = tid;
		if (!step->wait.nr_next)
			break;
		tid = step->wait.next_tids[0];
		*is_circle = is_in(chain, length, tid);
		if (*is_circle)
			break;
	}
	free(step);
	return length;
}
