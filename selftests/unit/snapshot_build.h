/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Snapshots made by hand, for the tests of what reads them: from rows to
 * bytes, by uapi/hostdiag.h alone.
 */
#ifndef SNAPSHOT_BUILD_H
#define SNAPSHOT_BUILD_H

#include "rows.h"

/**
 * struct snapshot_build - a snapshot in the making
 * @data: its bytes
 * @size: how many
 * @records: records so far
 * @longer: bytes that fixed parts are longer than this version has them
 * @behind: bytes that records are longer than their buckets and texts
 * @old: fixed parts are as those of the first modules
 * @sums: it has a checksum
 */
struct snapshot_build {
	u8 data[64 << 10];
	size_t size;
	u64 records;
	u32 longer;
	u32 behind;
	bool old;
	bool sums;
};

void build_head(struct snapshot_build *build);
/* each of these returns where its record begins */
size_t build_task(struct snapshot_build *build, u16 type,
		  const struct hd_task_row *row);
size_t build_syscall(struct snapshot_build *build,
		     const struct hd_syscall_row *row);
/* rows of few calls, which have not waited */
size_t build_calls(struct snapshot_build *build,
		   const struct hd_syscall_row *row, u32 rows);
size_t build_error(struct snapshot_build *build,
		   const struct hd_error_row *row);
size_t build_stuck(struct snapshot_build *build,
		   const struct hd_stuck_row *row);
size_t build_place(struct snapshot_build *build,
		   const struct hd_place_row *row);
size_t build_open(struct snapshot_build *build, const struct hd_open_row *row);
size_t build_slow(struct snapshot_build *build, const struct hd_slow_row *row);
size_t build_death(struct snapshot_build *build,
		   const struct hd_death_row *row);
size_t build_unknown(struct snapshot_build *build, u16 type, u32 size);
size_t build_end(struct snapshot_build *build, u64 lost);

#endif /* SNAPSHOT_BUILD_H */
