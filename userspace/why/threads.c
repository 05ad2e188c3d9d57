// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "util.h"
#include "why/parts.h"

#define KEYS_MAX	256

/**
 * struct sorting - state of a walk through the threads
 * @to: the result
 * @wait: wait of the current thread
 * @keys: futexes that threads wait for
 * @is_held: for each of @keys: a task holds it
 * @nr_keys: length of @keys
 */
struct sorting {
	struct hd_why_threads *to;
	struct hd_why_wait wait;
	u64 keys[KEYS_MAX];
	bool is_held[KEYS_MAX];
	u32 nr_keys;
};

static void add_idle(struct hd_why_threads *to,
		     const struct hd_stuck_row *stuck)
{
	char buf[HD_NAME_LEN];
	const char *name = hd_syscall_name(stuck->abi, stuck->nr, buf);
	u32 i;

	to->nr_idle++;
	for (i = 0; i < HD_WHY_CALLS; i++) {
		if (to->idle_calls[i].count && strcmp(to->idle_calls[i].name, name))
			continue;
		snprintf(to->idle_calls[i].name, HD_NAME_LEN, "%s", name);
		to->idle_calls[i].count++;
		return;
	}
}

static void add_stuck(struct hd_why_threads *to, u32 tid)
{
	to->stuck_tids = hd_grow(to->stuck_tids, to->nr_stuck, &to->room,
				 sizeof(*to->stuck_tids));
	to->stuck_tids[to->nr_stuck++] = tid;
}

static void sort_task(struct hd_why *why, const struct hd_why_task *task,
		      struct sorting *sorting)
{
	bool is_idle = task->stuck.class == HOSTDIAG_CLASS_IDLE;
	struct hd_why_threads *to = sorting->to;
	u32 i;

	for (i = 0; i < sorting->nr_keys; i++) {
		if (sorting->keys[i] != task->stuck.args[0] ||
		    !hd_why_is_futex(&task->stuck))
			continue;
		if (sorting->is_held[i])
			to->nr_same++;
		else
			add_idle(to, &task->stuck);
		return;
	}
	if (is_idle) {
		hd_why_wait(why, task, &sorting->wait);
		is_idle = !sorting->wait.held && !sorting->wait.end[0];
		if (sorting->wait.key && sorting->nr_keys < KEYS_MAX) {
			sorting->keys[sorting->nr_keys] = sorting->wait.key;
			sorting->is_held[sorting->nr_keys++] = !is_idle;
		}
	}
	if (is_idle)
		add_idle(to, &task->stuck);
	else
		add_stuck(to, task->tid);
}

static void sort_thread(struct hd_why *why, u32 tid, void *priv)
{
	const struct hd_why_task *task = hd_why_find(why, tid);
	struct sorting *sorting = priv;
	struct hd_why_task unseen;

	sorting->to->nr_threads++;
	if (!task && hd_why_unseen(why, tid, &unseen))
		task = &unseen;
	if (task)
		sort_task(why, task, sorting);
}

static u64 age_of(const struct hd_why *why, u32 tid)
{
	const struct hd_why_task *task = hd_why_find(why, tid);

	/* a call that the snapshot lacks began before the module was loaded */
	return task ? task->stuck.age_ns : ~0ull;
}

static int by_age(const void *a, const void *b, void *priv)
{
	u64 x = age_of(priv, *(const u32 *)a), y = age_of(priv, *(const u32 *)b);

	return x > y ? -1 : x < y;
}

/**
 * hd_why_threads() - sort the threads of a process into stuck and idle ones
 * @why: the host
 * @tgid: the process
 * @threads: filled
 */
void hd_why_threads(struct hd_why *why, u32 tgid,
		    struct hd_why_threads *threads)
{
	struct sorting *sorting = calloc(1, sizeof(*sorting));

	if (!sorting)
		hd_die("out of memory");
	memset(threads, 0, sizeof(*threads));
	threads->tgid = tgid;
	sorting->to = threads;
	hd_proc_each(why, sort_thread, sorting, "%u/task", tgid);
	free(sorting);
	if (threads->nr_stuck)
		qsort_r(threads->stuck_tids, threads->nr_stuck,
			sizeof(*threads->stuck_tids), by_age, why);
}

static void say_count(struct hd_out *out, u32 count, const char *what,
		      const char **comma)
{
	if (!count)
		return;
	hd_out_printf(out, "%s%u %s", *comma, count, what);
	*comma = ", ";
}

/**
 * hd_why_say_threads() - print a line on the threads of a process
 * @why: the host
 * @threads: the threads
 * @out: output
 *
 * Return: number of lines printed.
 */
u32 hd_why_say_threads(const struct hd_why *why,
		       const struct hd_why_threads *threads,
		       struct hd_out *out)
{
	u32 stuck = threads->nr_stuck + threads->nr_same, i;
	char name[HD_WHY_NAME];
	const char *comma = "";

	hd_out_printf(out, "%s has %u threads: ",
		      hd_why_name(why, threads->tgid, name), threads->nr_threads);
	say_count(out, stuck, "stuck", &comma);
	say_count(out, threads->nr_idle, "waiting for work", &comma);
	for (i = 0; i < HD_WHY_CALLS && threads->idle_calls[i].count; i++)
		hd_out_printf(out, "%s%s %u", i ? ", " : " (",
			      threads->idle_calls[i].name, threads->idle_calls[i].count);
	hd_out_printf(out, "%s", i ? ")" : "");
	say_count(out, threads->nr_threads - stuck - threads->nr_idle, "in no call",
		  &comma);
	hd_out_printf(out, "\n");
	return 1;
}
