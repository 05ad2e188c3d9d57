// SPDX-License-Identifier: GPL-2.0-only
#include "render.h"
#include "tap.h"

static void test_escape_bytes(void)
{
	char raw[2] = "", buf[HD_ESCAPED_LEN], want[8];
	u32 wrong = 0;
	int c;

	for (c = 1; c < 256; c++) {
		raw[0] = c;
		if (c > 32 && c < 127 && c != '\\' && c != '#')
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

static void add(struct hd_stat *stat, u64 ns, u64 times)
{
	stat->count += times;
	stat->sum_ns += ns * times;
	if (stat->max_ns < ns)
		stat->max_ns = ns;
	stat->bucket[hd_hist_index(ns)] += times;
	stat->kept = true;
}

static struct hd_task_row sample(void)
{
	struct hd_task_row row = {
		.tid = 813, .tgid = 812, .comm = "my app", .tasks = 1,
		.errors = 4, .iowait_ns = 5000, .opens = 9, .open_now = 7,
	};

	add(&row.stat[HOSTDIAG_KIND_SYSCALL], 16, 98);
	add(&row.stat[HOSTDIAG_KIND_SYSCALL], 3, 1);
	add(&row.stat[HOSTDIAG_KIND_SYSCALL], 1ull << 40, 1);
	add(&row.stat[HOSTDIAG_KIND_OPEN], 4096, 2);
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

#define STATS \
	" calls errors sys_ns sys_p50_ns sys_p99_ns sys_max_ns" \
	" dsleeps d_ns d_p50_ns d_p99_ns d_max_ns iowait_ns" \
	" opens closes open_now open_ns open_p50_ns open_p99_ns open_max_ns"

static void test_columns(void)
{
	static const struct {
		const char *name;
		void (*columns)(struct hd_out *out);
		const char *want;
	} cases[] = {
		{ "tasks", hd_render_tasks_columns,
		  "# tid tgid comm" STATS "\n" },
		{ "exited", hd_render_exited_columns,
		  "# comm tasks" STATS "\n" },
		{ "syscalls", hd_render_syscalls_columns,
		  "# tid tgid comm syscall calls errors total_ns p50_ns p99_ns max_ns\n" },
		{ "hist", hd_render_hist_columns,
		  "# tid tgid comm kind key count sum_ns max_ns buckets\n" },
	};
	char name[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		cases[i].columns(capture_out());
		snprintf(name, sizeof(name), "render: columns of %s",
			 cases[i].name);
		check_string(captured(), cases[i].want, name);
	}
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
		     "813 812 my\\040app 100 4 1099511629347 17 17 1099511627776 0 0 - - 0 5000 9 2 7 8192 4096 4096 4096\n",
		     "render: a line of tasks");
	check_number(count_words(captured()), 22,
		     "render: tasks has 22 columns");

	row.stat[HOSTDIAG_KIND_SYSCALL].kept = false;
	hd_render_tasks(capture_out(), &row);
	check_string(captured(),
		     "813 812 my\\040app 100 4 1099511629347 - - 1099511627776 0 0 - - 0 5000 9 2 7 8192 4096 4096 4096\n",
		     "render: no percentiles without a histogram");

	memset(&row, 0, sizeof(row));
	hd_render_tasks(capture_out(), &row);
	check_string(captured(),
		     "0 0 - 0 0 0 - - 0 0 0 - - 0 0 0 0 0 0 - - 0\n",
		     "render: a line of nothing");

	memset(&row, 0xff, sizeof(row));
	for (i = 0; i < HOSTDIAG_KINDS; i++)
		row.stat[i].kept = true;
	hd_render_tasks(capture_out(), &row);
	check_number(count_words(captured()), 22,
		     "render: tasks has 22 columns with all bits set");
	check(!strncmp(captured(), "4294967295 4294967295 \\377\\377", 30),
	      "render: a comm without its NUL");
}

static void test_exited(void)
{
	struct hd_task_row row = sample();

	row.tasks = 50;
	hd_render_exited(capture_out(), &row);
	check_string(captured(),
		     "my\\040app 50 100 4 1099511629347 17 17 1099511627776 0 0 - - 0 5000 9 2 7 8192 4096 4096 4096\n",
		     "render: a line of exited");
}

static void test_syscalls(void)
{
	struct hd_task_row task = sample();
	struct hd_syscall_row row = {
		.abi = HOSTDIAG_ABI_I386, .nr = 142, .errors = 1,
	};

	add(&row.stat, 1000, 3);
	hd_render_syscalls(capture_out(), &task, &row);
	check_string(captured(),
		     "813 812 my\\040app _newselect 3 1 3000 955 955 1000\n",
		     "render: a line of syscalls");
	row.nr = HOSTDIAG_NR_BAD;
	row.stat.kept = false;
	hd_render_syscalls(capture_out(), &task, &row);
	check_string(captured(), "813 812 my\\040app bad 3 1 3000 - - 1000\n",
		     "render: a bad number, no histogram");
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

	task.stat[HOSTDIAG_KIND_OPEN].kept = false;
	task.stat[HOSTDIAG_KIND_SYSCALL] = (struct hd_stat){ .kept = true };
	hd_render_hist_task(capture_out(), &task);
	check_string(captured(), "", "render: hist is empty without events or histogram");

	add(&row.stat, 1ull << 50, 2);
	hd_render_hist_syscall(capture_out(), &task, &row);
	check_string(captured(),
		     "813 812 my\\040app syscall syscall_999 2 2251799813685248 1125899906842624 70368744177664:2\n",
		     "render: hist of one syscall, last bucket");
	row.stat.kept = false;
	hd_render_hist_syscall(capture_out(), &task, &row);
	check_string(captured(), "", "render: no line where no histogram was kept");
}

static void test_hist_full(void)
{
	struct hd_task_row task = { .tid = 1, .tgid = 1, .comm = "x" };
	const char *at;
	u32 i, wrong = 0;

	for (i = 0; i < HD_HIST_BUCKETS; i++)
		add(&task.stat[HOSTDIAG_KIND_DSLEEP], hd_hist_lower(i), i + 1);
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
	test_head();
	test_columns();
	test_tasks();
	test_exited();
	test_syscalls();
	test_hist_lines();
	test_hist_full();
}
