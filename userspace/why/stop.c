// SPDX-License-Identifier: GPL-2.0-only
/*
 * A task that is stopped, traced, frozen or kept from the CPUs does not go on
 * whatever it waits for: that is told first.
 */
#include <stdlib.h>
#include <time.h>
#include "host/cgroup.h"
#include "why/parts.h"

/* a task that is on a CPU uses a tick of it meanwhile */
#define SAMPLE_NS	30000000
#define PERIOD_MAX	200000	/* us: of a cgroup, that are waited for */

/* get_signal: the compiler may have inlined do_freezer_trap() there */
static bool is_in_freezer(const char *place)
{
	return strstr(place, "do_freezer_trap") || strstr(place, "refrigerator") ||
	       strstr(place, "get_signal");
}

/* what stops a task by a signal sleeps there, too, but in state T */
static bool is_sure(const char *place)
{
	return strstr(place, "freezer_trap") || strstr(place, "refrigerator");
}

/* where it sleeps, to be freed */
static char *place_of(const struct hd_why *why, u32 tid,
		      const struct hd_why_task *task)
{
	return task && task->stuck.place[0] ? strdup(task->stuck.place) :
	       hd_proc_text(why, "%u/wchan", tid);
}

/*
 * Some kernels tell no place of a task that is frozen on its way out of a call.
 * A signal that is sent for it ends any other interruptible sleep.
 */
static bool may_be_frozen(const char *place, char state)
{
	return !place || !place[0] || !strcmp(place, "0") ? state == 'S' :
	       is_in_freezer(place);
}

static void know_frozen(const struct hd_why *why, u32 tid,
			const struct hd_proc_status *status,
			const struct hd_why_task *task,
			struct hd_why_wait *wait)
{
	char path[HD_CGROUP_LEN], text[HD_WHY_TEXT - 64];
	char *place = place_of(why, tid, task);

	if (!may_be_frozen(place, status->state))
		;
	else if (hd_cgroup_frozen(why->root, status->tgid, path))
		hd_why_say(wait, "is frozen: its cgroup %s is",
			   hd_escape(path, strlen(path), text, sizeof(text)));
	else if (place && is_sure(place))
		hd_why_say(wait, "is frozen; by which cgroup, or by whom else, is not known");
	free(place);
}

/**
 * hd_why_stopped() - is a task kept from going on, whatever it waits for?
 * @why: the host
 * @status: of the task
 * @tid: its number
 * @task: what it is inside of; NULL: not known
 * @wait: set to who keeps it, where that is so: the first line begins with a
 *	verb
 */
bool hd_why_stopped(const struct hd_why *why,
		    const struct hd_proc_status *status, u32 tid,
		    const struct hd_why_task *task, struct hd_why_wait *wait)
{
	char tracer[HD_WHY_NAME];

	memset(wait, 0, sizeof(*wait));
	if (status->state == 'T') {
		hd_why_say(wait, "is stopped by a signal: kill -CONT %u lets it go on",
			   tid);
	} else if (status->state == 't') {
		hd_why_say(wait, "is stopped by its tracer, %s",
			   hd_why_name(why, status->tracer, tracer));
		hd_why_next(wait, status->tracer);
		wait->held = true;
	} else if (status->state == 'Z' || status->state == 'X') {
		hd_why_say(wait, "has ended; its parent has not waited for it yet");
	} else if (status->state != 'R') {
		know_frozen(why, tid, status, task, wait);
	}
	return wait->nr_lines;
}

/* 0: it is not known */
static u64 time_on_cpu(const struct hd_why *why, u32 tid)
{
	char *text = hd_proc_text(why, "%u/schedstat", tid);
	u64 ns = text ? strtoull(text, NULL, 10) : 0;

	free(text);
	return ns;
}

/* a cgroup that is throttled is so in each of its periods */
static bool is_throttled_now(const struct hd_why *why, u32 tgid,
			     const struct hd_cgroup_quota *quota)
{
	const struct timespec nap = {
		.tv_nsec = (quota->period_us < PERIOD_MAX ?
			    quota->period_us : PERIOD_MAX) * 1500,
	};
	struct hd_cgroup_quota now;

	nanosleep(&nap, NULL);
	return hd_cgroup_throttled(why->root, tgid, &now) &&
	       now.throttled > quota->throttled;
}

static bool know_quota(const struct hd_why *why, u32 tgid,
		       struct hd_why_wait *wait)
{
	struct hd_cgroup_quota quota;
	char text[HD_CGROUP_LEN * 4];

	if (!hd_cgroup_throttled(why->root, tgid, &quota))
		return false;
	hd_why_say(wait,
		   "its cgroup %s may run %llu of each %llu us, and was throttled %llu times",
		   hd_escape(quota.path, strlen(quota.path), text,
			     sizeof(text)), quota.quota_us,
		   quota.period_us, quota.throttled);
	wait->held = is_throttled_now(why, tgid, &quota);
	return true;
}

/**
 * hd_why_runs() - a task that is in state R: is it on a CPU?
 * @why: the host
 * @tid: the task
 * @wait: what keeps it from that is said here; @held where that is sure
 *
 * Return: to be put behind "it ".
 */
const char *hd_why_runs(struct hd_why *why, u32 tid,
			struct hd_why_wait *wait)
{
	static const struct timespec sample = { .tv_nsec = SAMPLE_NS };
	u64 before = time_on_cpu(why, tid), after;
	struct hd_proc_status status;
	bool has_quota;

	if (!before)
		return "is on a CPU, or waiting for one";
	nanosleep(&sample, NULL);
	after = time_on_cpu(why, tid);
	if (!hd_proc_status(why, tid, &status) || status.state != 'R' || !after)
		return "is on a CPU, or waiting for one";
	has_quota = know_quota(why, status.tgid, wait);
	if (after != before)
		return wait->held ? "waits for a CPU most of the time" :
				    "is on a CPU";
	if (!has_quota)
		hd_why_rival(why, tid, wait);
	return "waits for a CPU: it has not run in the last 30 ms";
}
