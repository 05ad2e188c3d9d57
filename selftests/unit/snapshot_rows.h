/* SPDX-License-Identifier: GPL-2.0-only */
/* Rows for a snapshot that has everything in it. */
#ifndef SNAPSHOT_ROWS_H
#define SNAPSHOT_ROWS_H

#include "pure/render.h"

static const struct hd_stuck_row stuck = {
	.age_ns = 35000000000ull, .d_age_ns = 7, .abi = HOSTDIAG_ABI_X32,
	.nr = 73, .class = HOSTDIAG_CLASS_LOCK, .state = 'D', .fd = 10,
	.args = { 10, 2, 3, 4, 5, ~0ull }, .is_before = true, .place = "a<b<c",
	.path = "/tmp/\377 x",
};

static const struct hd_error_row emfile = {
	.abi = 0, .nr = 288, .error = 24, .count = 1204, .last_ns = ~0ull,
	.recent = {
		.slice_ns = 3, .recent_ns = 10, .slice = { 1, 2, ~0u, 4 },
		.peak = 5, .peak_ns = 6,
	},
};

static const struct hd_error_row highest = {
	.abi = 1, .nr = HOSTDIAG_NR_BAD, .error = 4095, .count = 1,
};

static const struct hd_place_row place = {
	.count = 3, .total_ns = 900, .max_ns = 400, .iowait_ns = 899,
	.place = "folio_wait_bit_common<filemap_read", .device = "ext4:sda1",
};

static const struct hd_place_row no_place = { .count = 1 };
static const struct hd_open_row pathless = { .age_ns = 9, .tid = 8, .fd = -1 };

static const struct hd_slow_row held = {
	.seq = 1, .when_ns = 100, .dur_ns = 60, .kind = HOSTDIAG_SLOW_OPEN,
	.tid = 4, .tgid = 3, .comm = "sh", .nr = HOSTDIAG_NR_NONE,
	.path = "/tmp/x",
};

static const struct hd_slow_row failed = {
	.seq = 7, .when_ns = 101, .dur_ns = 50, .result = -4,
	.kind = HOSTDIAG_SLOW_SYSCALL, .tid = 4, .tgid = 3, .comm = "sh",
	.abi = 4, .nr = 3, .place = "12345678",
};

static const struct hd_death_row death = {
	.when_ns = 100, .life_ns = 60, .calls = 26, .errors = 2, .d_ns = 8,
	.tid = 5, .tgid = 6, .ppid = 1, .exit_code = 256, .comm = "(sh)",
};

#endif /* SNAPSHOT_ROWS_H */
