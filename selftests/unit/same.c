// SPDX-License-Identifier: GPL-2.0-only
/* Are two rows the same?  Field by field, since there is padding between. */
#include <string.h>
#include "same.h"

static bool same_stat(const struct hd_stat *a, const struct hd_stat *b)
{
	return a->count == b->count && a->sum_ns == b->sum_ns &&
	       a->max_ns == b->max_ns && a->valid == b->valid &&
	       a->low == b->low && a->end == b->end &&
	       !memcmp(&a->bucket[a->low], &b->bucket[b->low],
		       (a->end - a->low) * sizeof(a->bucket[0]));
}

static bool same_wait(const struct hd_wait_sums *a,
		      const struct hd_wait_sums *b)
{
	return a->valid == b->valid && a->runq_ns == b->runq_ns &&
	       a->d_ns == b->d_ns && a->sleep_ns == b->sleep_ns;
}

bool same_task(const struct hd_task_row *a, const struct hd_task_row *b)
{
	return a->tid == b->tid && a->tgid == b->tgid &&
	       !memcmp(a->comm, b->comm, sizeof(a->comm)) &&
	       !memcmp(&a->counts, &b->counts, sizeof(a->counts)) &&
	       a->id == b->id &&
	       same_stat(&a->stat[0], &b->stat[0]) &&
	       same_stat(&a->stat[1], &b->stat[1]) &&
	       same_stat(&a->stat[2], &b->stat[2]) &&
	       same_wait(&a->wait, &b->wait);
}

bool same_syscall(const struct hd_syscall_row *a,
		  const struct hd_syscall_row *b)
{
	return a->abi == b->abi && a->nr == b->nr && a->errors == b->errors &&
	       same_stat(&a->stat, &b->stat) && same_wait(&a->wait, &b->wait);
}

bool same_stuck(const struct hd_stuck_row *a,
		const struct hd_stuck_row *b)
{
	return a->age_ns == b->age_ns && a->d_age_ns == b->d_age_ns &&
	       a->abi == b->abi && a->nr == b->nr && a->class == b->class &&
	       a->state == b->state && a->fd == b->fd &&
	       a->is_before == b->is_before &&
	       !memcmp(a->args, b->args, sizeof(a->args)) &&
	       !strcmp(a->place, b->place) && !strcmp(a->path, b->path);
}

static bool same_recent(const struct hd_recent_row *a,
			const struct hd_recent_row *b)
{
	return a->slice_ns == b->slice_ns && a->recent_ns == b->recent_ns &&
	       !memcmp(a->slice, b->slice, sizeof(a->slice)) &&
	       a->peak == b->peak && a->peak_ns == b->peak_ns;
}

bool same_error(const struct hd_error_row *a,
		const struct hd_error_row *b)
{
	return a->abi == b->abi && a->nr == b->nr && a->error == b->error &&
	       a->count == b->count && a->last_ns == b->last_ns &&
	       same_recent(&a->recent, &b->recent);
}

bool same_place(const struct hd_place_row *a,
		const struct hd_place_row *b)
{
	return a->count == b->count && a->total_ns == b->total_ns &&
	       a->max_ns == b->max_ns && a->iowait_ns == b->iowait_ns &&
	       !strcmp(a->place, b->place) && !strcmp(a->device, b->device);
}

bool same_open(const struct hd_open_row *a, const struct hd_open_row *b)
{
	return a->age_ns == b->age_ns && a->tid == b->tid &&
	       a->tgid == b->tgid && a->fd == b->fd &&
	       a->holder == b->holder &&
	       !memcmp(a->comm, b->comm, sizeof(a->comm)) &&
	       !strcmp(a->path, b->path);
}

bool same_slow(const struct hd_slow_row *a, const struct hd_slow_row *b)
{
	return a->seq == b->seq && a->when_ns == b->when_ns &&
	       a->dur_ns == b->dur_ns && a->result == b->result &&
	       a->kind == b->kind && a->tid == b->tid && a->tgid == b->tgid &&
	       !memcmp(a->comm, b->comm, sizeof(a->comm)) &&
	       a->abi == b->abi && a->nr == b->nr &&
	       !strcmp(a->place, b->place) && !strcmp(a->path, b->path);
}

bool same_death(const struct hd_death_row *a,
		const struct hd_death_row *b)
{
	return a->when_ns == b->when_ns && a->life_ns == b->life_ns &&
	       a->calls == b->calls && a->errors == b->errors &&
	       a->d_ns == b->d_ns && a->tid == b->tid && a->tgid == b->tgid &&
	       a->ppid == b->ppid && a->exit_code == b->exit_code && a->oom == b->oom &&
	       !memcmp(a->comm, b->comm, sizeof(a->comm));
}
