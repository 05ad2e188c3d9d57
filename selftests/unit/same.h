/* SPDX-License-Identifier: GPL-2.0-only */
/* Are two rows the same? */
#ifndef SAME_H
#define SAME_H

#include "pure/render.h"

bool same_task(const struct hd_task_row *a, const struct hd_task_row *b);
bool same_syscall(const struct hd_syscall_row *a,
		  const struct hd_syscall_row *b);
bool same_stuck(const struct hd_stuck_row *a,
		const struct hd_stuck_row *b);
bool same_error(const struct hd_error_row *a,
		const struct hd_error_row *b);
bool same_place(const struct hd_place_row *a,
		const struct hd_place_row *b);
bool same_open(const struct hd_open_row *a, const struct hd_open_row *b);
bool same_slow(const struct hd_slow_row *a, const struct hd_slow_row *b);
bool same_death(const struct hd_death_row *a,
		const struct hd_death_row *b);

#endif /* SAME_H */
