/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The evidence that goes to the kernel's log when the host dies: who waits
 * for longest now, and who slept most in D.  Pure: panic_dump.c feeds it, one
 * task after the other, and prints its lines.
 *
 *   stuck: tid 139 ledgerd D 4.50s in pwrite64 fd 7 at submit_bio_wait<...
 *   dsleep: tid 133 launcher 7.06s in 17 sleeps, max 482ms at kernel_clone<...
 */
#ifndef HD_DUMP_H
#define HD_DUMP_H

#include "pure/pure.h"
#include "uapi/hostdiag.h"

/* with a line before and one behind they are 40 */
#define HD_DUMP_STUCK	24
#define HD_DUMP_SLEEPS	14
/* with the name of the module before it 120 columns */
#define HD_DUMP_LEN	111
/* functions of a place */
#define HD_DUMP_DEPTH	10

/**
 * struct hd_dump_stuck - a task inside of a call or in D now
 * @age_ns: of the D sleep, or of the call where there is none
 * @in_d: it is in D
 * @tid: in the first pid namespace
 * @abi: table of @nr
 * @nr: the call; HOSTDIAG_NR_NONE: it is in none
 * @comm: raw bytes
 * @task: the caller's
 * @id: the caller's, too: of what @task was then
 */
struct hd_dump_stuck {
	u64 age_ns;
	bool in_d;
	u32 tid;
	u32 abi;
	u32 nr;
	char comm[HOSTDIAG_COMM_LEN];
	void *task;
	u64 id;
};

/**
 * struct hd_dump_sleep - a place where a task slept in D
 * @total_ns: for so long
 * @max_ns: the longest sleep
 * @count: sleeps
 * @tid: in the first pid namespace
 * @comm: raw bytes
 * @depth: of @at; the caller's, too
 * @at: the place: return addresses, innermost first
 */
struct hd_dump_sleep {
	u64 total_ns;
	u64 max_ns;
	u64 count;
	u32 tid;
	char comm[HOSTDIAG_COMM_LEN];
	u32 depth;
	unsigned long at[HD_DUMP_DEPTH];
};

/**
 * struct hd_dump - the worst so far; zeroed at first
 * @tasks: that were looked at
 * @stuck_len: of @stuck
 * @sleeps_len: of @sleeps
 * @more: stuck ones that have no line
 * @stuck: D first, then the oldest
 * @sleeps: the longest in all first
 */
struct hd_dump {
	u32 tasks;
	u32 stuck_len;
	u32 sleeps_len;
	u32 more;
	struct hd_dump_stuck stuck[HD_DUMP_STUCK];
	struct hd_dump_sleep sleeps[HD_DUMP_SLEEPS];
};

bool hd_dump_is_idle(u32 abi, u32 nr, bool in_d);
void hd_dump_add_stuck(struct hd_dump *dump, const struct hd_dump_stuck *one);
void hd_dump_add_sleep(struct hd_dump *dump, const struct hd_dump_sleep *one);
void hd_dump_stuck_line(const struct hd_dump_stuck *one, s32 fd,
			const char *place, char line[HD_DUMP_LEN]);
void hd_dump_sleep_line(const struct hd_dump_sleep *one, const char *place,
			char line[HD_DUMP_LEN]);

#endif /* HD_DUMP_H */
