/* SPDX-License-Identifier: GPL-2.0-only */
/* A summary that is fed by hand, and what is looked for in it. */
#ifndef SUMMARY_BUILD_H
#define SUMMARY_BUILD_H

#include "rows.h"
#include "pure/lists.h"
#include "pure/summary.h"
#include "tap.h"

#define ALL_GROUPS	HD_GROUPS
#define MS		1000000ull
#define SECOND		1000000000ull
#define MINUTE		(60 * SECOND)
#define HOUR		(3600 * SECOND)
#define SINCE		77

enum {
	READ = 0, POLL = 7, RECVFROM = 45, VFORK = 58, FLOCK = 73, FSYNC = 74,
	CLONE = 56, FCNTL = 72, OPENAT = 257, ACCEPT4 = 288,
};

/* errnos, as Linux has them */
enum {
	E_NOENT = 2, E_IO = 5, E_BADF = 9, E_AGAIN = 11, E_NOMEM = 12,
	E_MFILE = 24, E_RESTARTSYS = 512,
};

extern struct hd_summary sum_fed;
extern u64 sum_now_ns;

void sum_begin_with(u64 elapsed_ns, u64 stuck_ns, u64 lost, u32 flags);
void sum_begin(u64 elapsed_ns);
const char *sum_print(void);
void sum_feed_task(u32 tid, const char *comm);
void sum_feed_call(u32 nr, u64 count, u64 sum_ns);
struct hd_stuck_row sum_stuck_row(u32 nr, u64 age_ns, const char *path);
void sum_feed_stuck(u32 nr, u64 age_ns, const char *path);
void sum_feed_before(u32 nr, u64 age_ns, const char *path);
void sum_feed_d(u32 nr, u64 age_ns, const char *path, const char *place);
void sum_feed_error(u32 nr, u32 error, u64 count, u64 ago_ns);
/* slices of 2.5 s, the newest first, of which all four are over */
void sum_feed_recent(u32 nr, u32 error, u64 count, u64 ago_ns,
		     const u32 slice[HOSTDIAG_SLICES], u32 peak,
		     u64 peak_ago_ns);
void sum_feed_open(u32 tgid, const char *comm, u64 age_ns, const char *path);
void sum_feed_slow(u32 kind, u32 tid, const char *comm, u32 nr, u64 dur_ns,
		   u64 ago_ns, const char *path);
void sum_feed_death(const char *comm, u32 ppid, u64 ago_ns);
void sum_feed_oom(const char *comm, u32 exit_code, u64 ago_ns);
void sum_feed_end(u32 tid, u32 tgid, const char *comm, u32 exit_code, u64 ago_ns);
u32 sum_count_lines(const char *text);
u32 sum_longest_line(const char *text);
bool sum_is_printable(const char *text);
void sum_has(const char *text, const char *part, const char *name);
void sum_hasnt(const char *text, const char *part, const char *name);
void sum_is_quiet(const char *text, const char *name);
void sum_check_bounds(const char *text, u32 lines, const char *name);
void sum_feed_everything(void);

#endif /* SUMMARY_BUILD_H */
