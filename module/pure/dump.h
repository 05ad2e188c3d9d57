/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The evidence that goes to the kernel's log on a panic: the tasks that have waited
 * for longest, and those that slept most in D.  panic_dump.c adds one task after the
 * other, and prints the lines.
 *
 *   stuck: tid 139 ledgerd D 4.50s in pwrite64 fd 7 at submit_bio_wait<...
 *   dsleep: tid 133 launcher 7.06s in 17 sleeps, max 482ms at kernel_clone<...
 */
#ifndef HD_DUMP_H
#define HD_DUMP_H

#include "pure/pure.h"
#include "uapi/hostdiag.h"

/* with the first and the last line the dump has 40 */
#define HD_DUMP_STUCK	24
#define HD_DUMP_SLEEPS	10
#define HD_DUMP_ACTS	4	/* of the ledger; the caller has them */
/* with "hostdiag: " before it a line has 120 columns */
#define HD_DUMP_LEN	111
/* the most functions of a place */
#define HD_DUMP_DEPTH	10

/**
 * struct hd_dump_stuck - a task that is inside of a call or in D sleep now
 * @age_ns: age of the D sleep, or of the call where it is in none
 * @in_d: the task is in D sleep
 * @tid: in the initial pid namespace
 * @abi: table of @nr
 * @nr: the call; HOSTDIAG_NR_NONE: it is in none
 * @comm: raw bytes
 * @task: for the caller: the record
 * @id: for the caller: the id that the record had
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
 * @total_ns: sum of all sleeps there
 * @max_ns: the longest sleep
 * @count: number of sleeps
 * @tid: in the initial pid namespace
 * @comm: raw bytes
 * @depth: number of addresses in @at
 * @at: for the caller: return addresses, innermost first
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
 * struct hd_dump - the worst so far; zeroed before the first task
 * @tasks: tasks that were looked at
 * @stuck_len: number of @stuck
 * @sleeps_len: number of @sleeps
 * @more: stuck tasks that are not in @stuck
 * @stuck: tasks in D sleep first, then the oldest
 * @sleeps: by total time, the longest first
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
