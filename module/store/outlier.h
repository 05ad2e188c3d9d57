/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The newest events over their thresholds, in the order in which they ended.
 *
 *   hook ──> ring of HD_EVENTS ──> reader, who finds an event by its number
 *     └──(irq_work)──> whoever polls
 */
#ifndef HD_OUTLIER_H
#define HD_OUTLIER_H

#include <linux/wait.h>
#include "pure/render.h"

struct hd_place;

#define HD_EVENTS	4096u	/* a power of two */
#define HD_EVENT_PATH	160

/* whose event it is */
struct hd_who {
	u32 tid;
	u32 tgid;
	const char *comm;
};

int hd_outlier_init(void);
void hd_outlier_exit(void);
void hd_outlier_syscall(const struct hd_who *who, u32 key, u64 ns, long ret,
			const char *path);
void hd_outlier_dsleep(const struct hd_who *who, const struct hd_place *place,
		       u64 ns);
void hd_outlier_open(const struct hd_who *who, u64 ns, const char *path);
u64 hd_outlier_end(void);
u64 hd_outlier_first(void);
u64 hd_outlier_overwritten(void);
bool hd_outlier_is_due(u64 seq);
bool hd_outlier_read(u64 seq, struct hd_slow_row *row);
void hd_outlier_reset(void);

extern wait_queue_head_t hd_outlier_wait;

#endif /* HD_OUTLIER_H */
