/* SPDX-License-Identifier: GPL-2.0-only */
/* Results as TAP lines; main() ends with the plan. */
#ifndef TAP_H
#define TAP_H

#include "pure/pure.h"

/**
 * check() - one test
 * @ok: whether it passed
 * @fmt: its name, as printf
 */
__printf(2, 3)
void check(bool ok, const char *fmt, ...);

/* a test that can't be made here, and why */
void skip(const char *name, const char *reason);

/* as check(), and shows both where they differ */
void check_string(const char *got, const char *want, const char *name);
void check_number(u64 got, u64 want, const char *name);

/* the same numbers at each run */
u64 test_random(void);

/* what was printed to an hd_out of capture_out() since the last reset */
struct hd_out *capture_out(void);
const char *captured(void);

void test_hist(void);
void test_recent(void);
void test_blocked(void);
void test_calls(void);
void test_ledger(void);
void test_names(void);
void test_render(void);
void test_summary(void);
void test_summary_host(void);
void test_summary_limits(void);
void test_snapshot(void);
void test_delta(void);
void test_uapi(void);
void test_reasons(void);
void test_cgroup(void);
void test_why(void);
void test_why_stop(void);
void test_why_tree(void);
void test_guard(void);
void test_dump(void);

#endif /* TAP_H */
