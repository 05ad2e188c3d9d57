// SPDX-License-Identifier: GPL-2.0-only
/* The evidence of a panic: which tasks, and how their lines look. */
#include "pure/dump.h"
#include "tap.h"

#define SECOND	1000000000ull

enum { READ = 0, POLL = 7, RECVFROM = 45, FLOCK = 73, PWRITE64 = 18 };

static struct hd_dump dump;

static void add(u32 tid, bool in_d, u64 age_ns)
{
	struct hd_dump_stuck one = {
		.tid = tid, .in_d = in_d, .age_ns = age_ns, .nr = FLOCK,
	};

	hd_dump_add_stuck(&dump, &one);
}

static void test_order(void)
{
	u32 i, ordered = 0;

	memset(&dump, 0, sizeof(dump));
	add(1, false, 100 * SECOND);
	add(2, true, 2 * SECOND);
	add(3, false, 200 * SECOND);
	add(4, true, 3 * SECOND);
	check(dump.stuck[0].tid == 4 && dump.stuck[1].tid == 2 &&
	      dump.stuck[2].tid == 3 && dump.stuck[3].tid == 1,
	      "dump: in D first, then the oldest");
	memset(&dump, 0, sizeof(dump));
	for (i = 0; i < 1000; i++)
		add(i, false, (i * 617 % 1000) * SECOND);
	for (i = 0; i < HD_DUMP_STUCK; i++)
		ordered += dump.stuck[i].age_ns == (999 - i) * SECOND;
	check_number(ordered, HD_DUMP_STUCK, "dump: the oldest of many");
	check_number(dump.stuck_len + dump.more, 1000,
		     "dump: how many there are");
}

static void test_sleeps(void)
{
	struct hd_dump_sleep one = { .count = 1 };
	u32 i, ordered = 0;

	memset(&dump, 0, sizeof(dump));
	for (i = 0; i < 1000; i++) {
		one.total_ns = i * 617 % 1000;
		hd_dump_add_sleep(&dump, &one);
	}
	for (i = 0; i < HD_DUMP_SLEEPS; i++)
		ordered += dump.sleeps[i].total_ns == 999 - i;
	check_number(ordered, HD_DUMP_SLEEPS, "dump: the longest of many");
	check_number(dump.sleeps_len, HD_DUMP_SLEEPS, "dump: no more of them");
	check(HD_DUMP_STUCK + HD_DUMP_SLEEPS + HD_DUMP_ACTS + 2 == 40,
	      "dump: 40 lines in all");
}

static void test_idle(void)
{
	check(hd_dump_is_idle(HOSTDIAG_ABI_X86_64, POLL, false),
	      "dump: poll waits for work");
	check(hd_dump_is_idle(HOSTDIAG_ABI_X86_64, READ, false),
	      "dump: so does a read outside of D");
	check(!hd_dump_is_idle(HOSTDIAG_ABI_X86_64, READ, true),
	      "dump: one in D does not");
	check(!hd_dump_is_idle(HOSTDIAG_ABI_X86_64, POLL, true),
	      "dump: nor does anything in D");
	check(!hd_dump_is_idle(HOSTDIAG_ABI_X86_64, FLOCK, false),
	      "dump: a lock is no work");
	check(!hd_dump_is_idle(HOSTDIAG_ABI_X86_64, HOSTDIAG_NR_NONE, true),
	      "dump: nor is a kernel thread's D sleep");
}

static void test_lines(void)
{
	struct hd_dump_stuck one = {
		.tid = 139, .in_d = true, .age_ns = 4500000000ull,
		.abi = HOSTDIAG_ABI_X86_64, .nr = PWRITE64, .comm = "ledgerd",
	};
	struct hd_dump_sleep sleep = {
		.tid = 133, .comm = "launcher", .count = 17,
		.total_ns = 7060000000ull, .max_ns = 482000000,
	};
	char line[HD_DUMP_LEN], place[300];
	u32 i;

	hd_dump_stuck_line(&one, 7, "submit_bio_wait", line);
	check_string(line, "stuck: tid 139 ledgerd D 4.50s in pwrite64 fd 7 at submit_bio_wait",
		     "dump: a task in D");
	one.in_d = false;
	one.nr = HOSTDIAG_NR_NONE;
	memcpy(one.comm, "a\n\033[1m", 7);
	hd_dump_stuck_line(&one, -1, "", line);
	check_string(line, "stuck: tid 139 a\\012\\033[1m 4.50s",
		     "dump: nothing is known, and a comm would forge a line");
	hd_dump_sleep_line(&sleep, "kernel_clone", line);
	check_string(line, "dsleep: tid 133 launcher 7.06s in 17 sleeps, max 482ms at kernel_clone",
		     "dump: a place");

	memset(&one, 0xff, sizeof(one));
	one.in_d = true;
	one.nr = 0xfffffff0;
	memset(&sleep, 0xff, sizeof(sleep));
	for (i = 0; i < sizeof(place); i++) {
		memset(place, i % 9 ? 'f' : '<', i);
		place[i] = '\0';
		hd_dump_stuck_line(&one, 0x7fffffff, place, line);
		if (strlen(line) >= HD_DUMP_LEN)
			break;
		hd_dump_sleep_line(&sleep, place, line);
		if (strlen(line) >= HD_DUMP_LEN)
			break;
	}
	check_number(i, sizeof(place), "dump: no line is too long");
	memset(place, 'f', 290);
	place[290] = '\0';
	place[20] = '<';
	one.tid = 1;
	memcpy(one.comm, "a", 2);
	hd_dump_stuck_line(&one, -1, place, line);
	check(!strncmp(line + strlen(line) - 24, " at ffffffffffffffffffff", 24),
	      "dump: whole functions: %s", line);
}

void test_dump(void)
{
	test_order();
	test_sleeps();
	test_idle();
	test_lines();
}
