// SPDX-License-Identifier: GPL-2.0-only
/* See rows.h. */
#include "rows.h"

#define put_text(to, text) snprintf(to, sizeof(to), "%s", text)

struct hd_task_row row_task(u32 tid, u32 tgid, const char *comm)
{
	struct hd_task_row row = { .tid = tid, .tgid = tgid, .tasks = 1 };

	put_text(row.comm, comm);
	return row;
}

struct hd_stuck_row row_stuck(u32 nr, u64 age_ns, s32 fd, const char *path)
{
	struct hd_stuck_row row = {
		.age_ns = age_ns, .abi = HOSTDIAG_ABI_X86_64, .nr = nr,
		.state = 'S', .fd = fd,
	};

	put_text(row.path, path);
	return row;
}

struct hd_slow_row row_slow(u32 kind, u32 tid, u32 tgid, const char *comm,
			    u32 nr, u64 dur_ns, u64 when_ns, const char *path)
{
	struct hd_slow_row row = {
		.kind = kind, .tid = tid, .tgid = tgid, .dur_ns = dur_ns,
		.when_ns = when_ns, .abi = HOSTDIAG_ABI_X86_64,
		.nr = kind == HOSTDIAG_SLOW_SYSCALL ? nr : HOSTDIAG_NR_NONE,
	};

	put_text(row.comm, comm);
	put_text(row.path, path);
	return row;
}

struct hd_error_row row_error(u32 abi, u32 nr, u32 error, u64 count,
			      u64 last_ns)
{
	return (struct hd_error_row){
		.abi = abi, .nr = nr, .error = error, .count = count,
		.last_ns = last_ns,
	};
}

struct hd_place_row row_place(const char *place, const char *device,
			      u64 total_ns)
{
	struct hd_place_row row = { .total_ns = total_ns };

	put_text(row.place, place);
	put_text(row.device, device);
	return row;
}

struct hd_open_row row_open(u32 tid, u32 tgid, const char *comm, u64 age_ns,
			    s32 fd, const char *path)
{
	struct hd_open_row row = {
		.age_ns = age_ns, .tid = tid, .tgid = tgid, .fd = fd,
		.holder = path[0] ? tgid : 0,
	};

	put_text(row.comm, comm);
	put_text(row.path, path);
	return row;
}

struct hd_death_row row_death(u32 tid, u32 ppid, const char *comm, u64 when_ns)
{
	struct hd_death_row row = {
		.when_ns = when_ns, .tid = tid, .tgid = tid, .ppid = ppid,
	};

	put_text(row.comm, comm);
	return row;
}

void row_events(struct hd_stat *stat, u64 ns, u64 count)
{
	stat->valid = true;
	stat->count += count;
	stat->sum_ns += count * ns;
	if (stat->max_ns < ns)
		stat->max_ns = ns;
	*hd_stat_bucket(stat, hd_hist_index(ns)) += count;
}
