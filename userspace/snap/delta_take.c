// SPDX-License-Identifier: GPL-2.0-only
/* Subtract the counts of an older snapshot. */
#include "snap/delta.h"

static u64 difference(u64 now, u64 before)
{
	return now > before ? now - before : 0;
}

static bool is_stat_behind(const struct hd_stat *stat,
			   const struct hd_stat *before)
{
	return stat->count < before->count || stat->sum_ns < before->sum_ns;
}

/* a time, or a value that rises and falls, may be less than before */
#define IS_BEHIND(name, how, writer)	IS_BEHIND_##how(name)
#define IS_BEHIND_COUNT(name)	task->name < before->name ||
#define IS_BEHIND_TIME(name)
#define IS_BEHIND_LEVEL(name)

static bool is_task_behind(const struct hd_task_row *task,
			   const struct hd_task_row *before)
{
	int kind;

	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		if (is_stat_behind(&task->stat[kind], &before->stat[kind]))
			return true;
	return HD_COUNT_LIST(IS_BEHIND) false;
}

/* the maximum is an older event; of newer ones only the buckets are known */
static u64 max_of_buckets(const struct hd_stat *stat)
{
	u32 i = stat->end;

	while (i > stat->low && !stat->bucket[i - 1])
		i--;
	if (i <= stat->low || i == HD_HIST_BUCKETS ||
	    hd_hist_lower(i) > stat->max_ns)
		return stat->max_ns;
	return hd_hist_lower(i) - 1;
}

/**
 * hd_delta_take_stat() - subtract earlier events from a histogram
 * @stat: the histogram
 * @before: the earlier histogram
 *
 * The remaining maximum is exact if it is a new one, else it is the upper bound of
 * its bucket.
 */
void hd_delta_take_stat(struct hd_stat *stat, const struct hd_stat *before)
{
	u32 i;

	if (!before->count)
		return;
	if (stat->count <= before->count) {
		hd_stat_clear(stat);
		return;
	}
	stat->count -= before->count;
	stat->sum_ns = difference(stat->sum_ns, before->sum_ns);
	stat->valid = stat->valid && before->valid;
	if (!stat->valid)
		return;
	for (i = before->low; i < before->end; i++)
		if (i >= stat->low && i < stat->end)
			stat->bucket[i] = difference(stat->bucket[i],
						     before->bucket[i]);
	if (stat->max_ns <= before->max_ns)
		stat->max_ns = max_of_buckets(stat);
}

static void take_wait(struct hd_wait_sums *wait,
		      const struct hd_wait_sums *before)
{
	wait->valid = wait->valid && before->valid;
	wait->runq_ns = difference(wait->runq_ns, before->runq_ns);
	wait->d_ns = difference(wait->d_ns, before->d_ns);
	wait->sleep_ns = difference(wait->sleep_ns, before->sleep_ns);
}

#define TAKE(name, how, writer)	TAKE_##how(name)
#define TAKE_COUNT(name)	task->name -= before->name;
#define TAKE_TIME(name)		task->name = difference(task->name, before->name);
#define TAKE_LEVEL(name)

/**
 * hd_delta_take_task() - subtract earlier counts from those of a task
 * @task: the task; values that rise and fall are not changed
 * @before: its earlier counts, or those of one of the tasks summed up in it
 *
 * Return: false if @task cannot contain them; then it is not changed.
 */
bool hd_delta_take_task(struct hd_task_row *task,
			const struct hd_task_row *before)
{
	int kind;

	if (is_task_behind(task, before))
		return false;
	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		hd_delta_take_stat(&task->stat[kind], &before->stat[kind]);
	HD_COUNT_LIST(TAKE)
	take_wait(&task->wait, &before->wait);
	return true;
}

/**
 * hd_delta_take_syscall() - subtract earlier counts from those of a syscall
 * @call: the syscall of a task
 * @before: the earlier counts
 */
void hd_delta_take_syscall(struct hd_syscall_row *call,
			   const struct hd_syscall_row *before)
{
	call->errors = difference(call->errors, before->errors);
	hd_delta_take_stat(&call->stat, &before->stat);
	take_wait(&call->wait, &before->wait);
}
