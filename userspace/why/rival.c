// SPDX-License-Identifier: GPL-2.0-only
/*
 * The task that occupies a CPU for which another one waits, found by reading the
 * CPU times of all candidates twice.
 */
#include <ctype.h>
#include <stdlib.h>
#include <unistd.h>
#include "why/parts.h"

#define LOOK_MS		200
#define NS_PER_MS	1000000ull
#define RIVALS_MAX	32

/* indexes of fields of /proc/TID/stat, counted from the state, which is field 3 */
#define FIELD_PROCESSOR	(39 - 3)
#define FIELD_POLICY	(41 - 3)

/* of sched_setscheduler(2) */
#define POLICY_FIFO	1
#define POLICY_RR	2
#define POLICY_DEADLINE	6

/**
 * struct rival - a task that could run on the same CPU
 * @tid: its number
 * @policy: scheduling policy
 * @ran_ns: CPU time so far
 */
struct rival {
	u32 tid;
	u32 policy;
	u64 ran_ns;
};

/**
 * struct rivals - all tasks that could run on the CPU
 * @tid: the task that waits
 * @cpu: the CPU
 * @rivals: the other tasks on it
 * @nr_rivals: length of @rivals
 */
struct rivals {
	u32 tid;
	u32 cpu;
	struct rival rivals[RIVALS_MAX];
	u32 nr_rivals;
};

static bool time_on_cpus(const struct hd_why *why, u32 tid, u64 *ns)
{
	char *text = hd_proc_text(why, "%u/schedstat", tid);
	bool is_there = text && isdigit((unsigned char)text[0]);

	if (is_there)
		*ns = strtoull(text, NULL, 10);
	free(text);
	return is_there;
}

/* the name, in parentheses, may itself contain spaces and parentheses */
static const char *field_of(const char *stat, u32 field)
{
	const char *at = strrchr(stat, ')');

	for (at = at ? strchr(at, ' ') : NULL; at && field; field--)
		at = strchr(at + 1, ' ');
	return at ? at + 1 : NULL;
}

static u32 number_in(const char *stat, u32 field)
{
	const char *at = field_of(stat, field);

	return at ? strtoul(at, NULL, 10) : 0;
}

static void add_rival(struct hd_why *why, u32 tid, void *priv)
{
	struct rivals *rivals = priv;
	struct rival *rival = &rivals->rivals[rivals->nr_rivals];
	const char *state;
	char *stat;

	if (tid == rivals->tid || rivals->nr_rivals == RIVALS_MAX)
		return;
	stat = hd_proc_text(why, "%u/stat", tid);
	state = stat ? field_of(stat, 0) : NULL;
	if (state && *state == 'R' &&
	    number_in(stat, FIELD_PROCESSOR) == rivals->cpu &&
	    time_on_cpus(why, tid, &rival->ran_ns)) {
		rival->tid = tid;
		rival->policy = number_in(stat, FIELD_POLICY);
		rivals->nr_rivals++;
	}
	free(stat);
}

static void add_rivals(struct hd_why *why, u32 tgid, void *priv)
{
	hd_proc_each(why, add_rival, priv, "%u/task", tgid);
}

/* Return: the task that ran for most of the interval; NULL: none did. */
static const struct rival *busiest_rival(const struct hd_why *why,
					 const struct rivals *rivals)
{
	u64 now, most = LOOK_MS * NS_PER_MS / 2;
	const struct rival *found = NULL;
	u32 i;

	for (i = 0; i < rivals->nr_rivals; i++) {
		if (!time_on_cpus(why, rivals->rivals[i].tid, &now) ||
		    now - rivals->rivals[i].ran_ns < most)
			continue;
		most = now - rivals->rivals[i].ran_ns;
		found = &rivals->rivals[i];
	}
	return found;
}

static const char *policy_name(u32 policy)
{
	switch (policy) {
	case POLICY_FIFO:
		return "SCHED_FIFO";
	case POLICY_RR:
		return "SCHED_RR";
	case POLICY_DEADLINE:
		return "SCHED_DEADLINE";
	}
	return NULL;
}

/**
 * hd_why_rival() - name the task that has the CPU for which one in state R waits
 * @why: the host
 * @tid: the task
 * @wait: a sentence is added if one task ran there for most of the interval
 */
void hd_why_rival(struct hd_why *why, u32 tid, struct hd_why_wait *wait)
{
	char name[HD_WHY_NAME], *stat = hd_proc_text(why, "%u/stat", tid);
	struct rivals rivals = { .tid = tid };
	const struct rival *rival;
	const char *policy;

	if (!stat)
		return;
	rivals.cpu = number_in(stat, FIELD_PROCESSOR);
	free(stat);
	hd_proc_each(why, add_rivals, &rivals, ".");
	if (!rivals.nr_rivals)
		return;
	usleep(LOOK_MS * 1000);
	rival = busiest_rival(why, &rivals);
	if (!rival)
		return;
	policy = policy_name(rival->policy);
	hd_why_say(wait, "CPU %u is taken by %s%s%s", rivals.cpu,
		   hd_why_name(why, rival->tid, name),
		   policy ? ", which is real-time: " : "", policy ? policy : "");
	/* a task of a normal policy shares the CPU fairly, and is not to blame */
	wait->held = policy;
}
