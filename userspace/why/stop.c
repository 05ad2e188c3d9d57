// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tasks that are stopped, traced, frozen or kept from the CPUs.  Such a task does
 * not go on whatever it waits for, so that this is reported first.
 */
#include <stdlib.h>
#include <time.h>
#include "host/cgroup.h"
#include "host/file.h"
#include "pure/columns.h"
#include "why/parts.h"

/* a task that has a CPU gets at least one tick in this time */
#define SAMPLE_NS	30000000
#define PERIOD_MAX	200000	/* us: longest quota period of a cgroup that is waited for */

/* the compiler may have inlined do_freezer_trap() into get_signal() */
static bool is_in_freezer(const char *place)
{
	return strstr(place, "do_freezer_trap") || strstr(place, "refrigerator") ||
	       strstr(place, "get_signal");
}

/* a task that a signal has stopped sleeps there too, but in state T */
static bool is_sure(const char *place)
{
	return strstr(place, "freezer_trap") || strstr(place, "refrigerator");
}

/* the function in which the task sleeps; freed by the caller */
static char *place_of(const struct hd_why *why, u32 tid,
		      const struct hd_why_task *task)
{
	return task && task->stuck.place[0] ? strdup(task->stuck.place) :
	       hd_proc_text(why, "%u/wchan", tid);
}

/* cgroups of version 1 are frozen in another way, and have the same numbers */
static u64 cgroup_number(const struct hd_why *why, const char *path)
{
	struct stat status;

	if (!hd_file_stat(&status, "%s%s/cgroup.freeze", why->root, path) ||
	    !hd_file_stat(&status, "%s%s", why->root, path))
		return HD_ABSENT;
	return status.st_ino;
}

/*
 * Some kernels show no wait channel for a task that was frozen on its way out of a
 * call.  Freezing sends a signal, which ends any other interruptible sleep.
 */
static bool may_be_frozen(const char *place, char state)
{
	return !place || !place[0] || !strcmp(place, "0") ? state == 'S' :
	       is_in_freezer(place);
}

static void say_frozen(struct hd_why_wait *wait, const char *cgroup, const char *by)
{
	if (by[0])
		hd_why_say(wait, "is frozen: its cgroup %s was frozen%s", cgroup, by);
	else
		hd_why_say(wait, "is frozen: its cgroup %s is", cgroup);
}

static void know_frozen(const struct hd_why *why, u32 tid,
			const struct hd_proc_status *status,
			const struct hd_why_task *task,
			struct hd_why_wait *wait)
{
	char path[HD_CGROUP_LEN], text[HD_WHY_TEXT - 64];
	char *place = place_of(why, tid, task), by[HD_LEDGER_BY_LEN];

	if (!may_be_frozen(place, status->state))
		;
	else if (hd_cgroup_frozen(why->root, status->tgid, path))
		say_frozen(wait, hd_escape(path, strlen(path), text, sizeof(text)),
			   hd_why_by_whom(why, HD_ACT_CGROUP,
					  cgroup_number(why, path), by));
	else if (place && is_sure(place))
		hd_why_say(wait, "is frozen; by which cgroup, or by whom else, is not known");
	free(place);
}

/**
 * hd_why_stopped() - is a task kept from going on, whatever it waits for?
 * @why: the host
 * @status: of the task
 * @tid: its number
 * @task: the call that it is inside of; NULL: not known
 * @wait: if so, set to the task that keeps it; the first line begins with a verb
 */
bool hd_why_stopped(const struct hd_why *why,
		    const struct hd_proc_status *status, u32 tid,
		    const struct hd_why_task *task, struct hd_why_wait *wait)
{
	char tracer[HD_WHY_NAME], by[HD_LEDGER_BY_LEN];

	memset(wait, 0, sizeof(*wait));
	if (status->state == 'T') {
		hd_why_say(wait, "is stopped by a signal%s: kill -CONT %u lets it go on",
			   hd_why_by_whom(why, HD_ACT_STOP, status->tgid, by),
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

/* Return: 0 if it is not known. */
static u64 time_on_cpu(const struct hd_why *why, u32 tid)
{
	char *text = hd_proc_text(why, "%u/schedstat", tid);
	u64 ns = text ? strtoull(text, NULL, 10) : 0;

	free(text);
	return ns;
}

/* a throttled cgroup runs out of quota again in each of its periods */
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
 * hd_why_runs() - find out whether a task in state R is on a CPU
 * @why: the host
 * @tid: the task
 * @wait: a sentence on what keeps it from that; @held is set if that is certain
 *
 * Return: words that follow "it ".
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
