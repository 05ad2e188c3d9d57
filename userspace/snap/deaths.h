/* SPDX-License-Identifier: GPL-2.0-only */
/* The newest deaths of a snapshot, and lookups of its tasks among them. */
#ifndef HD_DEATHS_H
#define HD_DEATHS_H

#include "snap/snapshot.h"

/**
 * struct hd_deaths - deaths, the newest last
 * @rows: the deaths
 * @nr_rows: length of @rows
 * @room: entries allocated in @rows
 */
struct hd_deaths {
	struct hd_death_row *rows;
	size_t nr_rows;
	size_t room;
};

void hd_deaths_add(struct hd_deaths *deaths, const struct hd_death_row *row);
const struct hd_death_row *hd_deaths_find(const struct hd_deaths *deaths,
					  u32 tid, u32 tgid);
struct hd_death_row hd_death_of(const struct hd_task_row *task);
bool hd_deaths_have(const struct hd_deaths *deaths, u64 now_ns,
		    const struct hd_death_row *task);
void hd_deaths_free(struct hd_deaths *deaths);

#endif /* HD_DEATHS_H */
