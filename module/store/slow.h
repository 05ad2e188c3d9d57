/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The newest events that took longer than their threshold, in the order in which
 * they ended.
 *
 *   hook ──> ring of HD_EVENTS ──> readers, which find an event by its number
 *     └──(irq_work)──> pollers
 */
#ifndef HD_SLOW_H
#define HD_SLOW_H

#include <linux/wait.h>
#include "pure/render.h"

struct hd_place;

#define HD_EVENTS	4096u	/* events in the ring; a power of two */
#define HD_EVENT_PATH	160

/* the task that an event belongs to */
struct hd_event_task {
	u32 tid;
	u32 tgid;
	const char *comm;
};

int hd_slow_init(void);
void hd_slow_exit(void);
void hd_slow_syscall(const struct hd_event_task *who, u32 key, u64 ns, long ret,
		     const char *path);
void hd_slow_dsleep(const struct hd_event_task *who, const struct hd_place *place,
		    u64 ns);
void hd_slow_open(const struct hd_event_task *who, u64 ns, const char *path);
u64 hd_slow_end(void);
u64 hd_slow_first(void);
u64 hd_slow_overwritten(void);
bool hd_slow_is_in_progress(u64 seq);
bool hd_slow_read(u64 seq, struct hd_slow_row *row);
void hd_slow_reset(void);

extern wait_queue_head_t hd_slow_wait;

#endif /* HD_SLOW_H */
