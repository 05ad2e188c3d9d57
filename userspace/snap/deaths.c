// SPDX-License-Identifier: GPL-2.0-only
/*
 * A task that is freed while a snapshot is being taken is in it twice, alive
 * and among the dead; only the latter is its last word.
 */
#include <stdlib.h>
#include "snap/deaths.h"
#include "util.h"

/**
 * hd_deaths_add() - add one
 * @deaths: zeroed before the first
 * @row: no older than those before
 */
void hd_deaths_add(struct hd_deaths *deaths, const struct hd_death_row *row)
{
	deaths->rows = hd_grow(deaths->rows, deaths->nr_rows, &deaths->room,
			       sizeof(*deaths->rows));
	deaths->rows[deaths->nr_rows++] = *row;
}

/**
 * hd_deaths_find() - the last one of a tid
 * @deaths: all
 * @tid: of the task
 * @tgid: of its process
 *
 * Return: NULL where there is none.
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
 * hd_death_of() - what would be told of the death of a task
 * @task: if it does nothing more
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
 * hd_deaths_have() - has a task that is shown alive ended?
 * @deaths: those of its snapshot
 * @now_ns: when that was begun
 * @task: of hd_death_of()
 *
 * One that ended before that and was freed after it, once its parent had asked
 * for it, did no more: what it did, and its name, tell it from another one that has
 * its tid now.
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
 * hd_deaths_free() - free them; new ones may be added
 * @deaths: all
 */
void hd_deaths_free(struct hd_deaths *deaths)
{
	free(deaths->rows);
	*deaths = (struct hd_deaths){ .nr_rows = 0 };
}
