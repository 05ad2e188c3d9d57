// SPDX-License-Identifier: GPL-2.0-only
/* The rule of the guard, second by second. */
#include "pure/guard_rule.h"
#include "tap.h"

#define SECOND	1000000000ull
#define MS	1000000ull

#define FILES	HOSTDIAG_F_FILES
#define CALLS	HOSTDIAG_F_SYSCALLS
#define ALL	(HOSTDIAG_F_SYSCALLS | HOSTDIAG_F_DSLEEP | HOSTDIAG_F_FILES)

static struct hd_guard_rule rule;

/* what a second of each takes while it is on, of two CPUs' seconds */
static u64 calls_ns, dsleep_ns, files_ns, rest_ns;

static void begin(u64 calls, u64 dsleep, u64 files, u64 rest)
{
	memset(&rule, 0, sizeof(rule));
	calls_ns = calls;
	dsleep_ns = dsleep;
	files_ns = files;
	rest_ns = rest;
}

static struct hd_guard_sample a_second(void)
{
	return (struct hd_guard_sample){
		.elapsed_ns = SECOND, .cpus = 2, .percent = 1,
		.cost_ns = {
			[HD_GUARD_SYSCALLS] = rule.shed & CALLS ? 0 : calls_ns,
			[HD_GUARD_DSLEEP] = rule.shed & HOSTDIAG_F_DSLEEP ?
					    0 : dsleep_ns,
			[HD_GUARD_FILES] = rule.shed & FILES ? 0 : files_ns,
			[HD_GUARD_REST] = rest_ns,
		},
	};
}

static bool pass_second(void)
{
	struct hd_guard_sample sample = a_second();

	return hd_guard_rule_step(&rule, &sample);
}

/* seconds until something changes; 0: nothing does in 10000 */
static u32 until_change(void)
{
	u32 s;

	for (s = 1; s <= 10000; s++)
		if (pass_second())
			return s;
	return 0;
}

static void test_budget(void)
{
	begin(20 * MS, 0, 0, 0);
	check_number(until_change(), 0, "guard: the budget may be spent");
	begin(21 * MS, 0, 0, 0);
	check_number(until_change(), 10, "guard: and be passed for ten seconds");
	check_number(rule.shed, CALLS | FILES, "guard: who costs it is shed");
	begin(21 * MS, 0, 0, 0);
	for (u32 i = 0; i < 100; i++) {
		calls_ns = i % 10 == 9 ? 0 : 500 * MS;
		check(!pass_second(), "guard: a second within it begins anew");
	}
}

static void test_order(void)
{
	begin(50 * MS, 50 * MS, 50 * MS, 0);
	check_number(until_change(), 10, "guard: a first step");
	check_number(rule.shed, FILES, "guard: files go first");
	check_number(until_change(), 10, "guard: a second");
	check_number(rule.shed, FILES | CALLS, "guard: syscalls go next");
	check_number(until_change(), 10, "guard: a third");
	check_number(rule.shed, ALL, "guard: D sleep goes last");

	begin(100 * MS, 0, 5 * MS, 0);
	until_change();
	check_number(rule.shed, FILES | CALLS,
		     "guard: a step that takes less than a tenth is left out");
	begin(10 * MS, 10 * MS, 10 * MS, 1000 * MS);
	check_number(until_change(), 0,
		     "guard: nothing is shed where it does not help");
	check_number(rule.shed, 0, "guard: nothing was");
}

static void test_back(void)
{
	begin(50 * MS, 0, 50 * MS, 0);
	until_change();
	until_change();
	calls_ns = 0;
	files_ns = 0;
	check_number(until_change(), 30, "guard: back after a while");
	check_number(rule.shed, FILES, "guard: the last goes back first");
	check_number(until_change(), 30, "guard: the other after another");
	check_number(rule.shed, 0, "guard: all is back");
	check_number(until_change(), 0, "guard: and stays");

	begin(50 * MS, 0, 0, 0);
	until_change();
	rest_ns = 1000 * MS;
	check_number(until_change(), 0, "guard: nothing comes back past the budget");
}

/* a storm that goes on for hours: each trial is longer in coming */
static void test_flapping(void)
{
	u64 wait = 30, shed_s = 0, on_s = 0;
	u32 i, s;

	begin(500 * MS, 0, 0, 0);
	on_s += until_change();
	for (i = 0; i < 12; i++) {
		s = until_change();
		check(s == wait && !rule.shed, "guard: trial %u after %llu s",
		      i, wait);
		shed_s += s;
		on_s += until_change();
		wait = wait * 2 < 3600 ? wait * 2 : 3600;
	}
	check(on_s * 100 < shed_s, "guard: on for %llu s, shed for %llu s",
	      on_s, shed_s);
	calls_ns = 0;
	until_change();
	for (i = 0; i < 4000; i++)
		pass_second();
	calls_ns = 500 * MS;
	until_change();
	check_number(until_change(), 30, "guard: another storm begins anew");
}

static void test_extremes(void)
{
	struct hd_guard_sample sample;

	begin(0, 0, 0, 0);
	sample = a_second();
	sample.elapsed_ns = 0;
	check_number(hd_guard_ppm(&sample), 0, "guard: no time");
	sample = a_second();
	sample.cost_ns[HD_GUARD_SYSCALLS] = 2 * SECOND;
	check_number(hd_guard_ppm(&sample), 1000000, "guard: all the time");
	sample.percent = 100;
	for (u32 i = 0; i < 20; i++)
		hd_guard_rule_step(&rule, &sample);
	check(!rule.over_ns && !rule.shed,
	      "guard: a budget of all the time is never passed");
	begin(0, 0, 0, 0);
	sample = a_second();
	sample.cost_ns[HD_GUARD_REST] = 0;
	sample.cost_ns[HD_GUARD_SYSCALLS] = 600 * SECOND;
	sample.elapsed_ns = 600 * SECOND;
	sample.cpus = 8192;
	check_number(hd_guard_ppm(&sample), 122, "guard: a host of many CPUs");
	sample.cpus = 1;
	check(hd_guard_rule_step(&rule, &sample),
	      "guard: a second that took ten minutes counts as these");
}

void test_guard(void)
{
	test_budget();
	test_order();
	test_back();
	test_flapping();
	test_extremes();
}
