// SPDX-License-Identifier: GPL-2.0-only
#include "summary.h"
#include "tap.h"

#define ALL_GROUPS	(HOSTDIAG_F_SYSCALLS | HOSTDIAG_F_DSLEEP | \
			 HOSTDIAG_F_FILES)
#define SECOND		1000000000ull
#define HOUR		(3600 * SECOND)

enum { READ = 0, FSYNC = 74, POLL = 7, OPENAT = 257 };

static struct hd_summary sum;

static struct hd_task_row task_row(u32 tid, const char *comm)
{
	struct hd_task_row row = { .tid = tid, .tgid = tid, .tasks = 1 };

	snprintf(row.comm, sizeof(row.comm), "%s", comm);
	return row;
}

static void feed_task(u32 tid, const char *comm)
{
	struct hd_task_row row = task_row(tid, comm);

	hd_summary_task(&sum, &row);
}

static void feed_call(u32 nr, u64 count, u64 sum_ns, u64 errors)
{
	struct hd_syscall_row row = {
		.abi = HOSTDIAG_ABI_X86_64, .nr = nr, .errors = errors,
		.stat = { .count = count, .sum_ns = sum_ns, .max_ns = sum_ns },
	};

	hd_summary_syscall(&sum, &row);
}

static const char *print(u64 elapsed_ns, u64 lost, u32 flags)
{
	struct hd_view view = {
		.now_ns = 77 + elapsed_ns, .since_ns = 77, .lost = lost,
		.flags = flags,
	};

	hd_summary_print(&sum, &view, capture_out());
	return captured();
}

static u32 count_lines(const char *text)
{
	u32 lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

static u32 longest_line(const char *text)
{
	u32 len = 0, longest = 0;

	for (; *text; text++) {
		len = *text == '\n' ? 0 : len + 1;
		longest = longest < len ? len : longest;
	}
	return longest;
}

static bool is_printable(const char *text)
{
	for (; *text; text++)
		if (*text != '\n' && (*text < ' ' || *text > '~'))
			return false;
	return true;
}

static void has(const char *text, const char *part, const char *name)
{
	check(strstr(text, part), "summary: %s", name);
	if (!strstr(text, part))
		printf("# no '%s' in\n# %s\n", part, text);
}

static void hasnt(const char *text, const char *part, const char *name)
{
	check(!strstr(text, part), "summary: %s", name);
}

static void check_bounds(const char *text, u32 lines, const char *name)
{
	check(count_lines(text) <= lines, "summary: %s, %u of %u lines", name,
	      count_lines(text), lines);
	check(longest_line(text) <= HD_SUMMARY_COLUMNS,
	      "summary: %s, %u of %u columns", name, longest_line(text),
	      HD_SUMMARY_COLUMNS);
	check(is_printable(text), "summary: %s, printable ASCII", name);
}

/* the largest numbers, the longest names, bytes of all kinds */
static void test_summary_extremes(void)
{
	struct hd_task_row task;
	struct hd_syscall_row row;
	const char *text;
	u32 i, k;

	hd_summary_init(&sum);
	for (i = 0; i < 50; i++) {
		memset(&task, 0xff, sizeof(task));
		memset(&row, 0xff, sizeof(row));
		for (k = 0; k < HOSTDIAG_KINDS; k++)
			task.stat[k].kept = false;
		row.stat.kept = false;
		/* the longest of the names */
		row.abi = HOSTDIAG_ABI_I386;
		row.nr = 423;
		hd_summary_task(&sum, &task);
		hd_summary_syscall(&sum, &row);
		hd_summary_syscall(&sum, &row);
		hd_summary_exited(&sum, &task);
	}
	text = print(~0ull - 77, ~0ull, 0);
	check_bounds(text, HD_SUMMARY_LINES, "largest numbers");
	check_number(count_lines(text), HD_SUMMARY_LINES,
		     "summary: largest numbers fill the screen");
	has(text, "sched_rr_get_interval_time64", "the longest name is there");
	has(text, "\n  213503d 4294967295 \\377\\377\\377\\377 ",
	    "a comm is cut at its column, after a whole escape");
	check_bounds(print(0, ~0ull, 0), HD_SUMMARY_LINES, "no time at all");
}

static void test_summary_random(void)
{
	struct hd_task_row task;
	struct hd_syscall_row row;
	u32 round, i, k, lines = 0, columns = 0;
	const char *text;
	bool plain = true;

	for (round = 0; round < 300; round++) {
		hd_summary_init(&sum);
		for (i = 0; i < 20; i++) {
			memset(&task, 0, sizeof(task));
			memset(&row, 0, sizeof(row));
			for (k = 0; k < sizeof(task.comm); k++)
				task.comm[k] = test_random();
			task.tid = test_random();
			task.tasks = test_random() >> (test_random() % 64);
			task.errors = test_random() >> (test_random() % 64);
			task.open_now = test_random() >> (test_random() % 64);
			task.opens = test_random();
			for (k = 0; k < HOSTDIAG_KINDS; k++) {
				task.stat[k].count = test_random();
				task.stat[k].sum_ns = test_random() >>
						      (test_random() % 64);
				task.stat[k].max_ns = test_random() >>
						      (test_random() % 64);
			}
			row.abi = test_random() % 6;
			row.nr = test_random() % 600;
			row.errors = task.errors;
			row.stat = task.stat[0];
			hd_summary_task(&sum, &task);
			hd_summary_syscall(&sum, &row);
			hd_summary_exited(&sum, &task);
		}
		text = print(test_random() >> (test_random() % 64),
			     test_random() % 2, test_random());
		lines = count_lines(text) > lines ? count_lines(text) : lines;
		columns = longest_line(text) > columns ? longest_line(text) :
							 columns;
		plain &= is_printable(text);
	}
	check(lines <= HD_SUMMARY_LINES && columns <= HD_SUMMARY_COLUMNS && plain,
	      "summary: random rows, at most %u lines of %u columns", lines,
	      columns);
}

static void test_summary_quiet(void)
{
	struct hd_task_row task;
	const char *text;
	u32 i;

	hd_summary_init(&sum);
	text = print(HOUR, 0, ALL_GROUPS);
	check_string(text,
		     "1.00h: 0 tasks, 0 ended; 0 calls, 0 failed; D sleep 0; 0 files open\n"
		     "\n"
		     "nothing stands out\n", "summary: an empty host");

	hd_summary_init(&sum);
	for (i = 1; i <= 100; i++) {
		task = task_row(i, "daemon");
		task.errors = 5;
		task.open_now = 3;
		task.stat[HOSTDIAG_KIND_DSLEEP].count = 1;
		task.stat[HOSTDIAG_KIND_DSLEEP].sum_ns = 1000000;
		task.stat[HOSTDIAG_KIND_DSLEEP].max_ns = 1000000;
		hd_summary_task(&sum, &task);
		feed_call(POLL, 100, HOUR, 5);
		feed_call(READ, 100, 2000000, 0);
	}
	text = print(HOUR, 0, ALL_GROUPS);
	check_string(text,
		     "1.00h: 100 tasks, 0 ended; 0 calls, 500 failed; D sleep 100ms; 300 files open\n"
		     "\n"
		     "nothing stands out\n", "summary: a quiet host");
}

static void test_summary_busy(void)
{
	const char *text;

	hd_summary_init(&sum);
	feed_task(10, "idler");
	feed_call(POLL, 7, 3000 * SECOND, 0);
	feed_task(11, "second");
	feed_call(READ, 4, 2 * SECOND, 0);
	feed_call(FSYNC, 3, 3 * SECOND, 0);
	feed_call(POLL, 9, 9 * SECOND, 0);
	feed_task(12, "first");
	feed_call(OPENAT, 123456, 90 * SECOND, 0);
	text = print(HOUR, 0, ALL_GROUPS);
	has(text, "time in syscalls, idle waits left out: /proc/hostdiag/syscalls\n"
	    "  1.50min         12 first            123k calls, max 1.50min, mostly openat 1.50min\n"
	    "    5.00s         11 second           7 calls, max 3.00s, mostly fsync 3.00s\n",
	    "the worst first, with its worst syscall");
	hasnt(text, "idler", "idle waits are not busy");
}

static void test_summary_top(void)
{
	char comm[16];
	const char *text;
	u32 i;

	/* in any order: 3 6 9 1 4 7 10 2 5 8 */
	hd_summary_init(&sum);
	for (i = 1; i <= 10; i++) {
		snprintf(comm, sizeof(comm), "t%u.", i * 3 % 11);
		feed_task(i, comm);
		feed_call(FSYNC, 1, i * 3 % 11 * SECOND, 0);
	}
	text = print(HOUR, 0, ALL_GROUPS);
	check_number(count_lines(text), 2 + 1 + HD_SUMMARY_TOP,
		     "summary: the list has its length");
	check(strstr(text, "t10.") && strstr(text, "t9.") > strstr(text, "t10.") &&
	      strstr(text, "t8.") > strstr(text, "t9.") &&
	      strstr(text, "t7.") > strstr(text, "t8.") &&
	      strstr(text, "t6.") > strstr(text, "t7.") && !strstr(text, "t5."),
	      "summary: the five worst, in order");
}

static void test_summary_ties(void)
{
	const char *text;
	char comm[16];
	u32 i;

	hd_summary_init(&sum);
	for (i = 1; i <= HD_SUMMARY_TOP + 1; i++) {
		snprintf(comm, sizeof(comm), "t%u.", i);
		feed_task(i, comm);
		feed_call(FSYNC, 1, SECOND, 0);
	}
	text = print(HOUR, 0, ALL_GROUPS);
	check(strstr(text, "t5.") > strstr(text, "t4.") && !strstr(text, "t6."),
	      "summary: of equals the first are kept");
}

static void test_summary_others(void)
{
	struct hd_task_row row;
	const char *text;

	hd_summary_init(&sum);
	row = task_row(20, "dd");
	row.iowait_ns = SECOND;
	row.stat[HOSTDIAG_KIND_DSLEEP] = (struct hd_stat){
		.count = 4, .sum_ns = 2 * SECOND, .max_ns = 1230000000,
	};
	hd_summary_task(&sum, &row);

	row = task_row(21, "failing");
	row.errors = 7300;
	row.stat[HOSTDIAG_KIND_SYSCALL].count = 9000;
	hd_summary_task(&sum, &row);
	feed_call(READ, 1, 1, 300);
	feed_call(OPENAT, 1, 1, 7000);

	row = task_row(22, "holder");
	row.opens = 40;
	row.open_now = 30;
	row.stat[HOSTDIAG_KIND_OPEN] = (struct hd_stat){
		.count = 10, .sum_ns = SECOND, .max_ns = SECOND / 2,
	};
	hd_summary_task(&sum, &row);

	row = task_row(0, "sh");
	row.tasks = 360000;
	row.stat[HOSTDIAG_KIND_SYSCALL].count = 1500000;
	hd_summary_exited(&sum, &row);
	row = task_row(0, "cron");
	row.tasks = 90;
	hd_summary_exited(&sum, &row);

	text = print(HOUR, 0, ALL_GROUPS);
	has(text, "1.00h: 3 tasks, 360k ended; 1.50M calls, 7300 failed; D sleep 2.00s; 30 ",
	    "totals");
	has(text, "D sleep: /proc/hostdiag/tasks\n"
	    "    2.00s         20 dd               4 sleeps, max 1.23s, iowait 1.00s\n",
	    "D sleep");
	has(text, "failed syscalls: /proc/hostdiag/syscalls\n"
	    "     7300         21 failing          2 a second, of 9000 calls, mostly openat 7000\n",
	    "errors");
	has(text, "files held open, closed since: /proc/hostdiag/tasks\n"
	    "    1.00s         22 holder           10 closed, max 500ms\n",
	    "files held");
	has(text, "files open now: /proc/hostdiag/tasks\n"
	    "       30         22 holder           of 40 opened\n",
	    "files open");
	has(text, "tasks that ended: /proc/hostdiag/exited\n"
	    "     360k      ended sh               100 a second, 1.50M calls together\n"
	    "       90      ended cron             1 a minute, 0 calls together\n",
	    "the dead, with their rate");
}

static void test_summary_dead(void)
{
	struct hd_task_row row = task_row(0, "gone");
	const char *text;

	hd_summary_init(&sum);
	row.tasks = 2;
	row.errors = 5000;
	row.stat[HOSTDIAG_KIND_SYSCALL].sum_ns = HOUR;
	row.stat[HOSTDIAG_KIND_DSLEEP].sum_ns = 8 * SECOND;
	hd_summary_exited(&sum, &row);
	text = print(HOUR, 0, ALL_GROUPS);
	has(text, "    8.00s      ended gone ", "D sleep of the dead");
	has(text, "     5000      ended gone             1 a second, of 0 calls\n",
	    "errors of the dead, no syscall known");
	hasnt(text, "time in syscalls", "no syscall time of the dead");
}

static void test_summary_gaps(void)
{
	const char *text;

	hd_summary_init(&sum);
	text = print(HOUR, 17, HOSTDIAG_F_DSLEEP);
	has(text, "\nLOST: 17 events were not counted", "what is lost");
	has(text, "\nOFF: syscalls files; ", "groups that are off");
	text = print(HOUR, 0, ALL_GROUPS);
	hasnt(text, "LOST", "nothing is lost");
	hasnt(text, "OFF", "all groups are on");
}

/* a snapshot may come from a file that somebody has edited */
static void test_summary_backwards(void)
{
	struct hd_view view = { .since_ns = SECOND, .flags = ALL_GROUPS };

	hd_summary_init(&sum);
	hd_summary_print(&sum, &view, capture_out());
	has(captured(), "0: 0 tasks", "read before it began");
}

static void test_summary_units(void)
{
	static const struct {
		u64 ns;
		const char *want;
	} cases[] = {
		{ 0, "0:" }, { 1, "1ns:" }, { 999, "999ns:" },
		{ 1000, "1.00us:" }, { 12345, "12.3us:" },
		{ 999999, "999us:" }, { 1000000, "1.00ms:" },
		{ 59999999999ull, "59.9s:" }, { 60 * SECOND, "1.00min:" },
		{ HOUR - 1, "59.9min:" }, { HOUR, "1.00h:" },
		{ 24 * HOUR - 1, "23.9h:" }, { 24 * HOUR, "1.00d:" },
		{ ~0ull - 77, "213503d:" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		hd_summary_init(&sum);
		check(!strncmp(print(cases[i].ns, 0, ALL_GROUPS), cases[i].want,
			       strlen(cases[i].want)),
		      "summary: %llu ns is %s", cases[i].ns, cases[i].want);
	}
}

void test_summary(void)
{
	test_summary_extremes();
	test_summary_random();
	test_summary_quiet();
	test_summary_busy();
	test_summary_top();
	test_summary_ties();
	test_summary_others();
	test_summary_dead();
	test_summary_gaps();
	test_summary_backwards();
	test_summary_units();
}
