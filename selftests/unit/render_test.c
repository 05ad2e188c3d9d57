// SPDX-License-Identifier: GPL-2.0-only
#include "pure/render.h"
#include "rows.h"
#include "tap.h"

static void test_escape_bytes(void)
{
	char raw[2] = "", buf[HD_ESCAPED_LEN], want[8];
	u32 wrong = 0;
	int c;

	for (c = 1; c < 256; c++) {
		raw[0] = c;
		if (c > 32 && c < 127 && !strchr("\\#-", c))
			snprintf(want, sizeof(want), "%c", c);
		else
			snprintf(want, sizeof(want), "\\%03o", c);
		wrong += strcmp(hd_escape(raw, 1, buf, sizeof(buf)), want) != 0;
	}
	check(!wrong, "escape: each of the bytes 1 to 255");
}

static void test_escape_cases(void)
{
	static const struct {
		const char *name;
		const char *raw;
		size_t len;
		size_t size;
		const char *want;
	} cases[] = {
		{ "empty", "", 16, 65, "-" },
		{ "no length", "abc", 0, 65, "-" },
		{ "plain", "kworker/0:1H-x", 16, 65, "kworker/0:1H-x" },
		{ "ends at NUL", "ab\0cd", 5, 65, "ab" },
		{ "ends at the length", "abcdef", 3, 65, "abc" },
		{ "space, backslash, newline", "a b\\c\n", 16, 65,
		  "a\\040b\\134c\\012" },
		{ "no comment line", "#x", 16, 65, "\\043x" },
		{ "a name that would read as absent", "-", 16, 65, "\\055" },
		{ "the same, of its length", "-x", 1, 65, "\\055" },
		{ "more than that", "--", 16, 65, "--" },
		{ "cut", "abcdef", 16, 4, "abc" },
		{ "cut before an escape", "abc d", 16, 7, "abc" },
		{ "an escape that just fits", "abc d", 16, 8, "abc\\040" },
		{ "smallest buffer", "", 16, 2, "-" },
		{ "sixteen, no NUL",
		  "\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1x", 16, HD_ESCAPED_LEN,
		  "\\001\\001\\001\\001\\001\\001\\001\\001"
		  "\\001\\001\\001\\001\\001\\001\\001\\001" },
	};
	char buf[HD_ESCAPED_LEN], name[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		snprintf(name, sizeof(name), "escape: %s", cases[i].name);
		check_string(hd_escape(cases[i].raw, cases[i].len, buf,
				       cases[i].size), cases[i].want, name);
	}
}

/* no word, and one that would be taken for that */
static void test_dash(void)
{
	struct hd_out *out = capture_out();

	hd_line_escaped(out, "", 16);
	hd_line_char(out, ' ');
	hd_line_escaped(out, "-", 16);
	hd_line_char(out, ' ');
	hd_line_escaped(out, "-x", 1);
	hd_line_char(out, ' ');
	hd_line_escaped(out, "-x", 16);
	hd_line_end(out);
	check_string(captured(), "- \\055 \\055 -x\n",
		     "line: a word that is absent, and one that is not");
}

static void test_numbers(void)
{
	char want[32], name[64];
	struct hd_out *out;
	u32 shift, i;
	u64 ten;

	for (shift = 0; shift <= 64; shift += 4) {
		u64 number = shift < 64 ? (1ull << shift) - 1 : ~0ull;

		out = capture_out();
		hd_line_number(out, number);
		hd_line_end(out);
		snprintf(want, sizeof(want), "%llu\n", number);
		snprintf(name, sizeof(name), "line: 2^%u - 1", shift);
		check_string(captured(), want, name);
	}
	/* where one digit more is needed, and just below */
	for (i = 0, ten = 1; i < 40; i++) {
		u64 number = ten - (i % 2 ? 0 : 1);

		out = capture_out();
		hd_line_number(out, number);
		hd_line_end(out);
		snprintf(want, sizeof(want), "%llu\n", number);
		snprintf(name, sizeof(name), "line: %llu", number);
		check_string(captured(), want, name);
		ten *= i % 2 ? 10 : 1;
	}
	for (i = 0; i < 1000; i++) {
		u64 number = test_random() >> test_random() % 64;

		out = capture_out();
		hd_line_number(out, number);
		hd_line_end(out);
		snprintf(want, sizeof(want), "%llu\n", number);
		if (strcmp(captured(), want))
			break;
	}
	check(i == 1000, "line: random numbers");
}

/* pieces of each length, so that they end anywhere in the line's room */
static void test_long_line(void)
{
	static char want[8192], word[2 * HD_LINE_MIN + 60], buf[8 * sizeof(word)];
	struct hd_out *out;
	size_t len, i, wrong = 0;

	for (len = 0; len < sizeof(word); len++) {
		out = capture_out();
		for (i = 0; i < len; i++)
			word[i] = i % 7 ? 'a' + i % 26 : ' ';
		word[len] = '\0';
		hd_line_text(out, word);
		hd_line_number_after(out, ' ', ~0ull);
		hd_line_escaped(out, word, len);
		hd_line_char(out, '.');
		hd_line_end(out);
		snprintf(want, sizeof(want), "%s %llu%s.\n", word, ~0ull,
			 hd_escape(word, len, buf, sizeof(buf)));
		wrong += strcmp(captured(), want) != 0;
	}
	check(!wrong, "line: as long as it may be, cut nowhere");
}

static struct hd_task_row sample(void)
{
	struct hd_task_row row = {
		.tid = 813, .tgid = 812, .comm = "my app", .tasks = 1,
		.errors = 4, .iowait_ns = 5000, .opens = 9, .open_now = 7,
	};

	row_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 16, 98);
	row_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 3, 1);
	row_events(&row.stat[HOSTDIAG_KIND_SYSCALL], 1ull << 40, 1);
	row_events(&row.stat[HOSTDIAG_KIND_OPEN], 4096, 2);
	return row;
}

static void test_head(void)
{
	struct hd_view view = { .now_ns = ~0ull, .since_ns = 12, .lost = 3 };

	hd_render_head(capture_out(), "tasks", &view);
	check_string(captured(),
		     "# hostdiag tasks v1 now_ns=18446744073709551615 since_ns=12 lost=3\n",
		     "render: first line");
}

/* the lines that scripts know; selftests/static/columns has them all */
static void test_columns(void)
{
	check_string(HD_COLUMN_LINE(OPEN), "# age_ns tid tgid comm fd holder path\n",
		     "render: columns of open");
	check_string(HD_COLUMN_LINE(DEATHS),
		     "# when_ns tid tgid ppid comm life_ns exit_code calls errors d_ns oom\n",
		     "render: columns of deaths");
}

static u32 count_words(const char *line)
{
	u32 words = 1;

	for (; *line; line++)
		words += *line == ' ';
	return words;
}

static void test_tasks(void)
{
	struct hd_task_row row = sample();
	u32 i;

	hd_render_tasks(capture_out(), &row);
	check_string(captured(),
		     "813 812 my\\040app 100 4 1099511629347 17 17 1099511627776 0 0 - - 0 5000 9 2 7 8192 4096 4096 4096 - - - -\n",
		     "render: a line of tasks");
	check_number(count_words(captured()), 26,
		     "render: tasks has 26 columns");

	row.ids_len = 0;
	hd_render_ids(&row);
	hd_render_tasks(capture_out(), &row);
	check(!strncmp(captured(), "813 812 my\\040app 100 4 ", 24),
	      "render: a line of tasks, ids made before");
	memset(row.comm, '#', sizeof(row.comm));
	row.tid = ~0u;
	row.tgid = ~0u;
	row.ids_len = 0;
	hd_render_tasks(capture_out(), &row);
	hd_render_ids(&row);
	check(row.ids_len == 22 + 4 * sizeof(row.comm) &&
	      !memcmp(captured(), row.ids, row.ids_len) &&
	      captured()[row.ids_len] == ' ', "render: the longest ids");
	row = sample();

	row.wait = (struct hd_wait_sums){
		.valid = true, .runq_ns = 347, .d_ns = 5, .sleep_ns = 1ull << 40,
	};
	hd_render_tasks(capture_out(), &row);
	check_string(captured(),
		     "813 812 my\\040app 100 4 1099511629347 17 17 1099511627776 0 0 - - 0 5000 9 2 7 8192 4096 4096 4096 1219 347 5 1099511627776\n",
		     "render: where the time of calls went");
	row.wait.valid = false;

	row.stat[HOSTDIAG_KIND_SYSCALL].valid = false;
	hd_render_tasks(capture_out(), &row);
	check_string(captured(),
		     "813 812 my\\040app 100 4 1099511629347 - - 1099511627776 0 0 - - 0 5000 9 2 7 8192 4096 4096 4096 - - - -\n",
		     "render: no percentiles without a histogram");

	memset(&row, 0, sizeof(row));
	hd_render_tasks(capture_out(), &row);
	check_string(captured(),
		     "0 0 - 0 0 0 - - 0 0 0 - - 0 0 0 0 0 0 - - 0 - - - -\n",
		     "render: a line of nothing");

	memset(&row, 0xff, sizeof(row));
	for (i = 0; i < HOSTDIAG_KINDS; i++)
		row.stat[i].valid = true;
	row.wait.valid = true;
	row.ids_len = 0;
	hd_render_tasks(capture_out(), &row);
	check_number(count_words(captured()), 26,
		     "render: tasks has 26 columns with all bits set");
	check(!strncmp(captured(), "4294967295 4294967295 \\377\\377", 30),
	      "render: a comm without its NUL");
}

static void test_exited(void)
{
	struct hd_task_row row = sample();

	row.tasks = 50;
	hd_render_exited(capture_out(), &row);
	check_string(captured(),
		     "my\\040app 50 100 4 1099511629347 17 17 1099511627776 0 0 - - 0 5000 9 2 7 8192 4096 4096 4096 - - - -\n",
		     "render: a line of exited");
}

static void test_syscalls(void)
{
	struct hd_task_row task = sample();
	struct hd_syscall_row row = {
		.abi = HOSTDIAG_ABI_I386, .nr = 142, .errors = 1,
	};

	row_events(&row.stat, 1000, 3);
	hd_render_syscalls(capture_out(), &task, &row);
	check_string(captured(),
		     "813 812 my\\040app _newselect 3 1 3000 955 955 1000 - - - -\n",
		     "render: a line of syscalls");
	row.nr = HOSTDIAG_NR_BAD;
	row.stat.valid = false;
	hd_render_syscalls(capture_out(), &task, &row);
	check_string(captured(), "813 812 my\\040app bad 3 1 3000 - - 1000 - - - -\n",
		     "render: a bad number, no histogram");
	row.wait = (struct hd_wait_sums){
		.valid = true, .runq_ns = 1, .d_ns = 2000, .sleep_ns = 30,
	};
	hd_render_syscalls(capture_out(), &task, &row);
	check_string(captured(),
		     "813 812 my\\040app bad 3 1 3000 - - 1000 969 1 2000 30\n",
		     "render: where the time of a syscall went");
}

static void test_wait_cpu(void)
{
	static const struct {
		u64 sum, runq, d, sleep, want;
	} cases[] = {
		{ 0, 0, 0, 0, 0 },
		{ 10, 1, 2, 3, 4 },
		{ 10, 5, 5, 0, 0 },
		{ 10, 5, 5, 1, 0 },
		{ ~0ull, 0, 0, 0, ~0ull },
		{ 10, ~0ull, ~0ull, ~0ull, 0 },
		{ ~0ull, ~0ull - 7, 3, 3, 1 },
	};
	struct hd_wait_sums wait = { .valid = true };
	struct hd_stat stat = { .count = 1 };
	u32 i, wrong = 0;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		stat.sum_ns = cases[i].sum;
		wait.runq_ns = cases[i].runq;
		wait.d_ns = cases[i].d;
		wait.sleep_ns = cases[i].sleep;
		wrong += hd_wait_cpu(&stat, &wait) != cases[i].want;
	}
	check(!wrong, "render: on-CPU time is what is left, and never below 0");
}

static void test_errors(void)
{
	struct hd_task_row task = sample();
	struct hd_error_row row = {
		.abi = HOSTDIAG_ABI_X86_64, .nr = 288, .error = 24,
		.count = 1204, .last_ns = ~0ull,
	};

	hd_render_errors(capture_out(), &task, &row);
	check_string(captured(),
		     "813 812 my\\040app accept4 EMFILE 1204 18446744073709551615 0 0 0 -\n",
		     "render: a line of errors");
	row.recent = (struct hd_recent_row){
		.slice_ns = 2500000000ull, .recent_ns = 9 * 1000000000ull,
		.slice = { 1, 20, 300, ~0u }, .peak = 251, .peak_ns = 77,
	};
	hd_render_errors(capture_out(), &task, &row);
	check_string(captured(),
		     "813 812 my\\040app accept4 EMFILE 1204 18446744073709551615 4294967616 9000000000 100 77\n",
		     "render: how many errors of late");
	memset(&row.recent, 0, sizeof(row.recent));
	row.error = 4000;
	row.nr = HOSTDIAG_NR_BAD;
	hd_render_errors(capture_out(), &task, &row);
	check_string(captured(),
		     "813 812 my\\040app bad errno_4000 1204 18446744073709551615 0 0 0 -\n",
		     "render: an error without a name");
}

static void test_stuck(void)
{
	struct hd_task_row task = sample();
	struct hd_stuck_row row = {
		.age_ns = 35000000000ull, .abi = HOSTDIAG_ABI_X86_64, .nr = 73,
		.class = HOSTDIAG_CLASS_LOCK, .state = 'S', .fd = 10,
		.args = { 10, 2 }, .place = "locks_lock_inode_wait<do_flock",
		.path = "/tmp/sess abc",
	};

	hd_render_stuck(capture_out(), &task, &row);
	check_string(captured(),
		     "813 812 my\\040app S 35000000000 flock lock 10 locks_lock_inode_wait<do_flock - seen /tmp/sess\\040abc\n",
		     "render: a line of stuck");

	row = (struct hd_stuck_row){
		.age_ns = 7, .d_age_ns = 7, .abi = 0, .nr = HOSTDIAG_NR_NONE,
		.state = 'D', .fd = -1, .is_before = true,
	};
	hd_render_stuck(capture_out(), &task, &row);
	check_string(captured(), "813 812 my\\040app D 7 - other - - 7 before -\n",
		     "render: stuck outside of any call");
}

static void test_dsleep(void)
{
	struct hd_task_row task = sample();
	struct hd_place_row row = {
		.count = 3, .total_ns = 900, .max_ns = 400, .iowait_ns = 899,
		.place = "folio_wait_bit_common<filemap_read",
		.device = "ext4:sda1",
	};

	hd_render_dsleep(capture_out(), &task, &row);
	check_string(captured(),
		     "813 812 my\\040app 3 900 400 899 folio_wait_bit_common<filemap_read ext4:sda1\n",
		     "render: a line of dsleep");
	row.place[0] = '\0';
	row.device[0] = '\0';
	hd_render_dsleep(capture_out(), &task, &row);
	check_string(captured(), "813 812 my\\040app 3 900 400 899 - -\n",
		     "render: a place that is not known");
}

static void test_open(void)
{
	struct hd_open_row row = {
		.age_ns = 5, .tid = 4, .tgid = 3, .comm = "a b", .fd = 0,
		.path = "/x\ny #1",
	};
	char want[64 + 4 * HD_PATH_LEN];
	u32 i, at;

	hd_render_open(capture_out(), &row);
	check_string(captured(), "5 4 3 a\\040b 0 - /x\\012y\\040\\0431\n",
		     "render: a line of open");
	row.fd = -1;
	row.holder = 7;
	row.path[0] = '\0';
	hd_render_open(capture_out(), &row);
	check_string(captured(), "5 4 3 a\\040b - 7 -\n",
		     "render: an open file that little is known of");

	memset(row.path, '\1', sizeof(row.path));
	at = sprintf(want, "5 4 3 a\\040b - 7 ");
	for (i = 0; i < HD_PATH_LEN; i++)
		at += sprintf(want + at, "\\001");
	sprintf(want + at, "\n");
	hd_render_open(capture_out(), &row);
	check_string(captured(), want, "render: the longest path, without NUL");
	row.path[HOSTDIAG_COMM_LEN] = '\0';
	hd_render_open(capture_out(), &row);
	sprintf(want + strlen("5 4 3 a\\040b - 7 ") + 4 * HOSTDIAG_COMM_LEN, "\n");
	check_string(captured(), want, "render: a path that ends where a piece does");
}

static void test_slow(void)
{
	struct hd_slow_row row = {
		.seq = 9, .when_ns = 100, .dur_ns = 60, .result = 3,
		.kind = HOSTDIAG_SLOW_SYSCALL, .tid = 4, .tgid = 3,
		.comm = "sh", .abi = HOSTDIAG_ABI_X86_64, .nr = 257,
		.path = "/mnt/x",
	};

	hd_render_slow(capture_out(), &row);
	check_string(captured(), "100 syscall 4 3 sh 60 openat 3 /mnt/x\n",
		     "render: a slow call");
	row.result = -2;
	row.path[0] = '\0';
	hd_render_slow(capture_out(), &row);
	check_string(captured(), "100 syscall 4 3 sh 60 openat ENOENT -\n",
		     "render: a slow call that failed");
	row.result = -4096;
	hd_render_slow(capture_out(), &row);
	check_string(captured(), "100 syscall 4 3 sh 60 openat -4096 -\n",
		     "render: a negative result that is no error");

	row.kind = HOSTDIAG_SLOW_DSLEEP;
	row.nr = HOSTDIAG_NR_NONE;
	strcpy(row.place, "io_schedule<x");
	hd_render_slow(capture_out(), &row);
	check_string(captured(), "100 dsleep 4 3 sh 60 io_schedule<x - -\n",
		     "render: a long D sleep");
	row.kind = HOSTDIAG_SLOW_OPEN;
	row.place[0] = '\0';
	strcpy(row.path, "/tmp/f");
	hd_render_slow(capture_out(), &row);
	check_string(captured(), "100 open 4 3 sh 60 - - /tmp/f\n",
		     "render: a file that was held open");
	check_string(hd_slow_name(3), "-", "render: no such kind of slow events");
}

static void test_deaths(void)
{
	struct hd_death_row row = {
		.when_ns = 100, .life_ns = 60, .calls = 26, .errors = 2,
		.d_ns = 8, .tid = 5, .tgid = 5, .ppid = 1, .exit_code = 256,
		.oom = 1,
		.comm = "(sh)",
	};

	hd_render_deaths(capture_out(), &row);
	check_string(captured(), "100 5 5 1 (sh) 60 256 26 2 8 1\n",
		     "render: a line of deaths");
}

static void test_hist_lines(void)
{
	struct hd_task_row task = sample();
	struct hd_syscall_row row = { .abi = HOSTDIAG_ABI_X86_64, .nr = 999 };

	hd_render_hist_task(capture_out(), &task);
	check_string(captured(),
		     "813 812 my\\040app syscall all 100 1099511629347 1099511627776 0:1,16:98,1099511627776:1\n"
		     "813 812 my\\040app open all 2 8192 4096 4096:2\n",
		     "render: hist has a line for each kind with events");

	task.stat[HOSTDIAG_KIND_OPEN].valid = false;
	task.stat[HOSTDIAG_KIND_SYSCALL] = (struct hd_stat){ .valid = true };
	hd_render_hist_task(capture_out(), &task);
	check_string(captured(), "", "render: hist is empty without events or histogram");

	row_events(&row.stat, 1ull << 50, 2);
	hd_render_hist_syscall(capture_out(), &task, &row);
	check_string(captured(),
		     "813 812 my\\040app syscall syscall_999 2 2251799813685248 1125899906842624 70368744177664:2\n",
		     "render: hist of one syscall, last bucket");
	row.stat.valid = false;
	hd_render_hist_syscall(capture_out(), &task, &row);
	check_string(captured(), "", "render: no line where no histogram was kept");
}

static void test_hist_full(void)
{
	struct hd_task_row task = { .tid = 1, .tgid = 1, .comm = "x" };
	const char *at;
	u32 i, wrong = 0;

	for (i = 0; i < HD_HIST_BUCKETS; i++)
		row_events(&task.stat[HOSTDIAG_KIND_DSLEEP], hd_hist_lower(i), i + 1);
	hd_render_hist_task(capture_out(), &task);
	at = strrchr(captured(), ' ');
	for (i = 0; i < HD_HIST_BUCKETS; i++) {
		u64 lower, count;
		int used = 0;

		if (!at || sscanf(at + 1, "%llu:%llu%n", &lower, &count,
				  &used) != 2) {
			wrong++;
			break;
		}
		wrong += lower != hd_hist_lower(i) || count != i + 1;
		at += 1 + used;
		wrong += *at != (i + 1 < HD_HIST_BUCKETS ? ',' : '\n');
	}
	check(!wrong, "render: all buckets of a full histogram");
}

void test_render(void)
{
	test_escape_bytes();
	test_escape_cases();
	test_dash();
	test_numbers();
	test_long_line();
	test_head();
	test_columns();
	test_tasks();
	test_exited();
	test_syscalls();
	test_wait_cpu();
	test_errors();
	test_stuck();
	test_dsleep();
	test_open();
	test_slow();
	test_deaths();
	test_hist_lines();
	test_hist_full();
}
