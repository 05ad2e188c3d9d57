/* SPDX-License-Identifier: GPL-2.0-only */
/* Rows of the view, by what a test has to say of them; all else is 0. */
#ifndef ROWS_H
#define ROWS_H

#include "pure/render.h"

struct hd_task_row row_task(u32 tid, u32 tgid, const char *comm);
/* these two of x86-64 */
struct hd_stuck_row row_stuck(u32 nr, u64 age_ns, s32 fd, const char *path);
struct hd_slow_row row_slow(u32 kind, u32 tid, u32 tgid, const char *comm,
			    u32 nr, u64 dur_ns, u64 when_ns, const char *path);
struct hd_error_row row_error(u32 abi, u32 nr, u32 error, u64 count,
			      u64 last_ns);
struct hd_place_row row_place(const char *place, const char *device,
			      u64 total_ns);
struct hd_open_row row_open(u32 tid, u32 tgid, const char *comm, u64 age_ns,
			    s32 fd, const char *path);
struct hd_death_row row_death(u32 tid, u32 ppid, const char *comm, u64 when_ns);

/* so many events of a duration */
void row_events(struct hd_stat *stat, u64 ns, u64 count);

#endif /* ROWS_H */
