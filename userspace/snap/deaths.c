// SPDX-License-Identifier: GPL-2.0-only
/*
 * A task that is freed while a snapshot is being taken is in it twice, as a live
 * task and as a death.  Only the death has its final counts.
 */
#include <stdlib.h>
#include "snap/deaths.h"
#include "util.h"

/**
 * hd_deaths_add() - add a death
 * @deaths: the deaths; all zeroes before the first call
 * @row: the death; no older than those added before
 */
void hd_deaths_add(struct hd_deaths *deaths, const struct hd_death_row *row)
{
	deaths->rows = hd_grow(deaths->rows, deaths->nr_rows, &deaths->room,
			       sizeof(*deaths->rows));
	deaths->rows[deaths->nr_rows++] = *row;
}

/**
 * hd_deaths_find() - find the last death of a tid
 * @deaths: the deaths
 * @tid: number of the task
 * @tgid: number of its process
 *
 * Return: NULL if there is none.
 */
const struct hd_death_row *hd_deaths_find(const struct hd_deaths *deaths,
					  u32 tid, u32 tgid)
{
	const struct hd_death_row *death;
	size_t i;

	for (i = deaths->nr_rows; i > 0; i--) {
		death = &deaths->rows[i - 1];
		if (death->tid == tid && death->tgid == tgid)
			return death;
	}
	return NULL;
}

/**
 * hd_death_of() - make the row that the death of a task would have
 * @task: the task
 */
struct hd_death_row hd_death_of(const struct hd_task_row *task)
{
	struct hd_death_row death = {
		.tid = task->tid,
		.tgid = task->tgid,
		.calls = task->stat[HOSTDIAG_KIND_SYSCALL].count,
		.errors = task->errors,
		.d_ns = task->stat[HOSTDIAG_KIND_DSLEEP].sum_ns,
	};

	memcpy(death.comm, task->comm, sizeof(death.comm));
	return death;
}

/**
 * hd_deaths_have() - is a task that the snapshot shows alive among the deaths?
 * @deaths: deaths of its snapshot
 * @now_ns: time at which the snapshot was begun
 * @task: made by hd_death_of()
 *
 * A task may have exited before @now_ns, and may have been reaped by its parent
 * after it.  Its counts did not change in between: equal counts and an equal name
 * tell it from a new task with the same tid.
 */
bool hd_deaths_have(const struct hd_deaths *deaths, u64 now_ns,
		    const struct hd_death_row *task)
{
	const struct hd_death_row *death;

	death = hd_deaths_find(deaths, task->tid, task->tgid);
	return death && (death->when_ns >= now_ns ||
			 (death->calls == task->calls &&
			  death->errors == task->errors &&
			  death->d_ns == task->d_ns &&
			  !strncmp(death->comm, task->comm,
				   sizeof(death->comm))));
}

/**
 * hd_deaths_free() - free all deaths; new ones may be added afterwards
 * @deaths: the deaths
 */
void hd_deaths_free(struct hd_deaths *deaths)
{
	free(deaths->rows);
	*deaths = (struct hd_deaths){ .nr_rows = 0 };
}
