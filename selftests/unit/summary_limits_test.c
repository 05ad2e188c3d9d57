// SPDX-License-Identifier: GPL-2.0-only
/* The summary: its bounds, whatever it is fed. */
#include "pure/human.h"
#include "summary_build.h"

static void test_summary_extremes(void)
{
	const char *text;

	sum_begin_with(~0ull - SINCE, SECOND, ~0ull, 0);
	sum_feed_everything();
	text = sum_print();
	sum_check_bounds(text, HD_SUMMARY_LINES, "largest numbers");
	sum_has(text, "sched_rr_get_interval_time64", "the longest name is there");
	sum_has(text, "\n  15 \\377\\377\\377\\377 in D in ",
		"a comm is cut at its column, after a whole escape");
	/* of the time counted, all rates are at their highest */
	sum_begin_with(0, 1, ~0ull, 0);
	sum_feed_everything();
	text = sum_print();
	sum_check_bounds(text, HD_SUMMARY_LINES, "no time at all");
	check_number(sum_count_lines(text), HD_SUMMARY_LINES,
		     "summary: all sections fill the screen");
	check(sizeof(sum_fed) <= 18 * 1024, "summary: it takes %zu bytes",
	      sizeof(sum_fed));
}

static u64 random_number(void)
{
	return test_random() >> (test_random() % 64);
}

/* random bits, then what a row must have: NULs at the end of its texts */
static void randomize(void *row, size_t size)
{
	u8 *byte = row;

	while (size--)
		*byte++ = test_random() >> (test_random() % 8);
}

static void feed_random(void)
{
	struct hd_task_row task;
	struct hd_syscall_row call;
	struct hd_stuck_row stuck;
	struct hd_error_row error;
	struct hd_place_row place;
	struct hd_open_row file;
	struct hd_slow_row slow;
	struct hd_death_row death;
	u32 k;

	randomize(&task, sizeof(task) - sizeof(task.stat) - sizeof(task.wait));
	for (k = 0; k < HOSTDIAG_KINDS; k++)
		task.stat[k] = (struct hd_stat){
			.count = random_number(), .sum_ns = random_number(),
			.max_ns = random_number(),
		};
	task.wait.valid = false;
	call.stat = task.stat[0];
	call.abi = test_random() % 6;
	call.nr = test_random() % 600;
	call.errors = random_number();
	call.wait = (struct hd_wait_sums){
		.valid = test_random() % 2, .runq_ns = random_number(),
		.d_ns = random_number(), .sleep_ns = random_number(),
	};
	randomize(&stuck, sizeof(stuck));
	randomize(&error, sizeof(error));
	randomize(&place, sizeof(place));
	randomize(&file, sizeof(file));
	randomize(&slow, sizeof(slow));
	randomize(&death, sizeof(death));
	stuck.class = test_random() % 4;
	stuck.is_before = test_random() % 2;
	slow.kind = test_random() % 4;
	error.error = test_random() % 600;
	stuck.path[sizeof(stuck.path) - 1] = '\0';
	stuck.place[sizeof(stuck.place) - 1] = '\0';
	place.place[sizeof(place.place) - 1] = '\0';
	place.device[sizeof(place.device) - 1] = '\0';
	file.path[sizeof(file.path) - 1] = '\0';
	slow.place[sizeof(slow.place) - 1] = '\0';
	slow.path[sizeof(slow.path) - 1] = '\0';
	hd_summary_task(&sum_fed, &task);
	hd_summary_stuck(&sum_fed, &stuck);
	hd_summary_syscall(&sum_fed, &call);
	hd_summary_error(&sum_fed, &error);
	hd_summary_place(&sum_fed, &place);
	hd_summary_exited(&sum_fed, &task);
	hd_summary_open(&sum_fed, &file);
	hd_summary_slow(&sum_fed, &slow);
	hd_summary_death(&sum_fed, &death);
}

static void test_summary_random(void)
{
	u32 round, i, lines = 0, columns = 0;
	const char *text;
	bool plain = true;

	for (round = 0; round < 300; round++) {
		sum_begin_with(random_number(), random_number(), test_random() % 2,
			       test_random());
		for (i = 0; i < 20; i++)
			feed_random();
		text = sum_print();
		lines = sum_count_lines(text) > lines ? sum_count_lines(text) : lines;
		columns = sum_longest_line(text) > columns ? sum_longest_line(text) :
							 columns;
		plain &= sum_is_printable(text);
	}
	check(lines <= HD_SUMMARY_LINES && columns <= HD_SUMMARY_COLUMNS && plain,
	      "summary: random rows, at most %u lines of %u columns", lines,
	      columns);
	check(lines > 15 && columns > 90,
	      "summary: random rows, and not much less than that");
}

static void test_summary_top(void)
{
	char path[16];
	const char *text;
	u32 i;

	/* in any order: 3 6 9 12 15 18 2 5 8 11 14 17 1 4 7 10 13 16 */
	sum_begin(HOUR);
	for (i = 1; i <= 18; i++) {
		snprintf(path, sizeof(path), "/%u.", i * 3 % 19);
		sum_feed_task(i, "httpd");
		sum_feed_stuck(FLOCK, i * 3 % 19 * MINUTE, path);
	}
	text = sum_print();
	check_number(sum_count_lines(text), 2 + 1 + 5,
		     "summary: the list has its length");
	check(strstr(text, "/18.") && strstr(text, "/17.") > strstr(text, "/18.") &&
	      strstr(text, "/16.") > strstr(text, "/17.") &&
	      strstr(text, "/15.") > strstr(text, "/16.") &&
	      strstr(text, "/14.") > strstr(text, "/15.") && !strstr(text, "/13."),
	      "summary: the five worst, in order");

	/* a group is found among many that come between its tasks */
	sum_begin(HOUR);
	for (i = 0; i < 200; i++) {
		snprintf(path, sizeof(path), "t%u", i);
		sum_feed_task(i + 1, i % 2 ? "many" : path);
		sum_feed_call(FSYNC, 1, (i % 2 ? 20 : 1) * MINUTE);
	}
	sum_has(sum_print(), "  100 many 1d09h in 100 calls", "a group among others");
}

static void test_summary_ties(void)
{
	const char *text;
	char path[16];
	u32 i;

	sum_begin(HOUR);
	for (i = 1; i <= 12; i++) {
		snprintf(path, sizeof(path), "/%u.", i);
		sum_feed_task(i, "httpd");
		sum_feed_stuck(FLOCK, MINUTE, path);
	}
	text = sum_print();
	check(strstr(text, "/2.") > strstr(text, "/1.") &&
	      strstr(text, "/5.") > strstr(text, "/4.") && !strstr(text, "/6."),
	      "summary: of equals the first are kept");
}

/* a terminal must not take a name for an order */
static void test_summary_bytes(void)
{
	char path[HD_PATH_LEN];
	const char *text;

	sum_begin(HOUR);
	sum_feed_task(1, "\033[2J\a");
	sum_feed_stuck(FLOCK, MINUTE, "/tmp/\033]0;x\a\n\177\200");
	text = sum_print();
	sum_has(text, "  \\033[2J\\007[1] in flock on ",
		"control bytes of a comm are escaped");
	sum_has(text, " on /tmp/\\033]0;x\\007\\012\\177\\200 for 1m00s\n",
		"control bytes of a path are escaped");
	sum_check_bounds(text, HD_SUMMARY_LINES, "control bytes");

	sum_begin(HOUR);
	memset(path, 'x', sizeof(path));
	memcpy(path, "/beginning/", 11);
	strcpy(path + sizeof(path) - 6, "/name");
	sum_feed_task(1, "a");
	sum_feed_stuck(FLOCK, MINUTE, path);
	text = sum_print();
	sum_has(text, " on ...x", "a path that is cut says so");
	sum_has(text, "xx/name for 1m00s\n", "it keeps its end");
	sum_check_bounds(text, HD_SUMMARY_LINES, "a long path");

	/* they differ in what is cut off */
	path[1] = 'B';
	sum_feed_task(2, "a");
	sum_feed_stuck(FLOCK, MINUTE, path);
	sum_hasnt(sum_print(), "2 a", "other paths of the same end are others");
}

static void test_summary_gaps(void)
{
	const char *text;

	sum_begin_with(HOUR, SECOND, 17, HOSTDIAG_F_DSLEEP);
	text = sum_print();
	sum_has(text, "\nLOST: 17 events were not counted", "what is lost");
	sum_has(text, "\nOFF: syscalls files; ", "groups that are off");
	sum_begin_with(HOUR, SECOND, 0, HOSTDIAG_F_DSLEEP |
		       HOSTDIAG_F_SHED(HOSTDIAG_F_FILES | HOSTDIAG_F_SYSCALLS) |
		       HOSTDIAG_F_MISSED(HOSTDIAG_F_FILES));
	sum_has(sum_print(), "\nSHED: syscalls files, over budget_percent\n",
		"groups that are shed");
	sum_begin_with(HOUR, SECOND, 0, HOSTDIAG_F_DSLEEP |
		       HOSTDIAG_F_SHED(HOSTDIAG_F_FILES));
	sum_has(sum_print(), "\nSHED: files, over budget_percent; OFF: syscalls; on with: ",
		"one group is shed, another is off");
	sum_begin_with(HOUR, SECOND, 0, ALL_GROUPS |
		       HOSTDIAG_F_MISSED(HOSTDIAG_F_FILES));
	sum_fed.view.shed_ns = 40 * SECOND;
	sum_has(sum_print(), "\nGAP: files not counted for 40.0s, see budget_percent\n",
		"a group was shed");
	sum_begin_with(HOUR, SECOND, 0,
		       HOSTDIAG_F_SHED(ALL_GROUPS) | HOSTDIAG_F_MISSED(ALL_GROUPS));
	sum_has(sum_print(), "\nSHED: syscalls dsleep files, over budget_percent",
		"all three are shed");
	sum_begin_with(HOUR, SECOND, 0, ALL_GROUPS |
		       HOSTDIAG_F_MISSED(HOSTDIAG_F_DSLEEP));
	sum_fed.view.shed_ns = 40 * SECOND;
	sum_has(sum_print(), "\nGAP: dsleep not counted for 40.0s, see budget_percent\n",
		"D sleep was shed");
	sum_begin_with(HOUR, SECOND, 17, ~ALL_GROUPS);
	sum_feed_everything();
	sum_check_bounds(sum_print(), HD_SUMMARY_LINES, "all are shed");
	sum_begin(HOUR);
	text = sum_print();
	sum_hasnt(text, "LOST", "nothing is lost");
	sum_hasnt(text, "OFF", "all groups are on");
}

static void test_summary_totals(void)
{
	struct hd_task_row row = row_task(20, 20, "dd");

	sum_begin(HOUR);
	row.errors = 7300;
	row.open_now = 30;
	row.stat[HOSTDIAG_KIND_SYSCALL].count = 1000;
	row.stat[HOSTDIAG_KIND_DSLEEP].sum_ns = 2 * SECOND;
	hd_summary_task(&sum_fed, &row);
	row = row_task(0, 0, "sh");
	row.tasks = 36000;
	row.stat[HOSTDIAG_KIND_SYSCALL].count = 1500000;
	hd_summary_exited(&sum_fed, &row);
	sum_has(sum_print(), "1h00m: 1 tasks, 36000 ended; 1.50M calls, 7300 failed; "
		"D sleep 2.00s; 30 files open\n", "totals");
}

/* a snapshot may come from a file that somebody has edited */
static void test_summary_backwards(void)
{
	struct hd_view view = { .since_ns = SECOND, .flags = ALL_GROUPS };

	hd_summary_init(&sum_fed, &view);
	sum_feed_task(1, "a");
	sum_feed_error(ACCEPT4, E_MFILE, 1000, 0);
	sum_feed_slow(HOSTDIAG_SLOW_SYSCALL, 1, "a", FSYNC, HOUR, 0, "");
	sum_feed_death("a", 1, 0);
	hd_summary_print(&sum_fed, capture_out());
	sum_has(captured(), "0: 1 tasks", "read before it began");
}

static void test_summary_rates(void)
{
	static const struct {
		u64 count, ns;
		const char *want;
	} cases[] = {
		{ 0, 0, "0/h" }, { 7, 0, "420/min" }, { 7, MS, "420/min" },
		{ 72240, MINUTE, "1204/s" }, { 600, MINUTE, "10/s" },
		{ 599, MINUTE, "599/min" }, { 60, HOUR, "1/min" },
		{ 59, HOUR, "59/h" }, { 1, 2 * HOUR, "0/h" },
		{ ~0ull, SECOND, "18.4E/s" }, { ~0ull, ~0ull, "1.00G/s" },
	};
	char buf[HD_HUMAN_LEN];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		check_string(hd_human_rate(cases[i].count, cases[i].ns, buf),
			     cases[i].want, "summary: a rate");
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
		{ 59999999999ull, "59.9s:" }, { 60 * SECOND, "1m00s:" },
		{ HOUR - 1, "59m59s:" }, { HOUR, "1h00m:" },
		{ 24 * HOUR - 1, "23h59m:" }, { 24 * HOUR, "1d00h:" },
		{ 157 * SECOND, "2m37s:" }, { ~0ull - 77, "213503d23h:" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		sum_begin(cases[i].ns);
		check(!strncmp(sum_print(), cases[i].want,
			       strlen(cases[i].want)),
		      "summary: %llu ns is %s", cases[i].ns, cases[i].want);
	}
}

/* a process that ends may have lost the root of its paths */
static void test_summary_no_path(void)
{
	sum_begin(HOUR);
	sum_feed_slow(HOSTDIAG_SLOW_OPEN, 11, "backup", 0, 9 * MINUTE, MINUTE, "");
	sum_has(sum_print(), "  backup[11] held files of unknown path: 9m00s, last 1m00s ago\n",
		"a file whose path is not known");
}

void test_summary_limits(void)
{
	test_summary_extremes();
	test_summary_random();
	test_summary_top();
	test_summary_ties();
	test_summary_bytes();
	test_summary_gaps();
	test_summary_totals();
	test_summary_backwards();
	test_summary_rates();
	test_summary_units();
	test_summary_no_path();
}
