// SPDX-License-Identifier: GPL-2.0-only
#include "human.h"
#include "summary.h"
#include "tap.h"

#define ALL_GROUPS	(HOSTDIAG_F_SYSCALLS | HOSTDIAG_F_DSLEEP | \
			 HOSTDIAG_F_FILES)
#define MS		1000000ull
#define SECOND		1000000000ull
#define MINUTE		(60 * SECOND)
#define HOUR		(3600 * SECOND)
#define SINCE		77

enum {
	READ = 0, POLL = 7, RECVFROM = 45, VFORK = 58, FLOCK = 73, FSYNC = 74,
	OPENAT = 257, ACCEPT4 = 288,
};

/* errnos, as Linux has them */
enum {
	E_NOENT = 2, E_IO = 5, E_BADF = 9, E_AGAIN = 11, E_NOMEM = 12,
	E_MFILE = 24, E_RESTARTSYS = 512,
};

static struct hd_summary sum;
static u64 now_ns;

static void begin_with(u64 elapsed_ns, u64 stuck_ns, u64 lost, u32 flags)
{
	struct hd_view view = {
		.now_ns = SINCE + elapsed_ns, .since_ns = SINCE, .lost = lost,
		.flags = flags, .stuck_ns = stuck_ns,
	};

	now_ns = view.now_ns;
	hd_summary_init(&sum, &view);
}

static void begin(u64 elapsed_ns)
{
	begin_with(elapsed_ns, SECOND, 0, ALL_GROUPS);
}

static const char *print(void)
{
	hd_summary_print(&sum, capture_out());
	return captured();
}

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

static void feed_call(u32 nr, u64 count, u64 sum_ns)
{
	struct hd_syscall_row row = {
		.abi = HOSTDIAG_ABI_X86_64, .nr = nr,
		.stat = { .count = count, .sum_ns = sum_ns, .max_ns = sum_ns },
	};

	hd_summary_syscall(&sum, &row);
}

static struct hd_stuck_row stuck_row(u32 nr, u64 age_ns, const char *path)
{
	struct hd_stuck_row row = {
		.age_ns = age_ns, .abi = HOSTDIAG_ABI_X86_64, .nr = nr,
		.state = 'S', .fd = 3,
	};

	row.class = hd_wait_class(row.abi, nr, path);
	snprintf(row.path, sizeof(row.path), "%s", path);
	return row;
}

static void feed_stuck(u32 nr, u64 age_ns, const char *path)
{
	struct hd_stuck_row row = stuck_row(nr, age_ns, path);

	hd_summary_stuck(&sum, &row);
}

static void feed_d(u32 nr, u64 age_ns, const char *path, const char *place)
{
	struct hd_stuck_row row = stuck_row(nr, age_ns, path);

	row.d_age_ns = age_ns;
	row.state = 'D';
	snprintf(row.place, sizeof(row.place), "%s", place);
	hd_summary_stuck(&sum, &row);
}

static void feed_error(u32 nr, u32 error, u64 count, u64 ago_ns)
{
	struct hd_error_row row = {
		.abi = HOSTDIAG_ABI_X86_64, .nr = nr, .error = error,
		.count = count, .last_ns = now_ns - ago_ns,
	};

	hd_summary_error(&sum, &row);
}

static void feed_open(u32 tgid, const char *comm, u64 age_ns, const char *path)
{
	struct hd_open_row row = { .age_ns = age_ns, .tid = tgid, .tgid = tgid };

	snprintf(row.comm, sizeof(row.comm), "%s", comm);
	snprintf(row.path, sizeof(row.path), "%s", path);
	hd_summary_open(&sum, &row);
}

static void feed_slow(u32 kind, u32 tid, const char *comm, u32 nr, u64 dur_ns,
		      u64 ago_ns, const char *path)
{
	struct hd_slow_row row = {
		.kind = kind, .tid = tid, .tgid = tid, .dur_ns = dur_ns,
		.when_ns = now_ns - ago_ns, .abi = HOSTDIAG_ABI_X86_64,
		.nr = kind == HOSTDIAG_SLOW_SYSCALL ? nr : HOSTDIAG_NR_NONE,
	};

	snprintf(row.comm, sizeof(row.comm), "%s", comm);
	snprintf(row.path, sizeof(row.path), "%s", path);
	hd_summary_slow(&sum, &row);
}

static void feed_death(const char *comm, u32 ppid, u64 ago_ns)
{
	struct hd_death_row row = {
		.tid = 1, .tgid = 1, .ppid = ppid, .when_ns = now_ns - ago_ns,
	};

	snprintf(row.comm, sizeof(row.comm), "%s", comm);
	hd_summary_death(&sum, &row);
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
	if (strstr(text, part))
		printf("# '%s' in\n# %s\n", part, text);
}

/* nothing but the totals */
static void is_quiet(const char *text, const char *name)
{
	has(text, " files open\n\nnothing stands out\n", name);
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

/* All sections, each with more lines than it may have. */
static void feed_everything(void)
{
	struct hd_task_row task;
	struct hd_syscall_row call;
	struct hd_stuck_row stuck;
	struct hd_error_row error;
	struct hd_place_row place;
	struct hd_open_row file;
	struct hd_slow_row slow;
	struct hd_death_row death;
	u32 i, k;

	for (i = 0; i < 300; i++) {
		memset(&task, 0xff, sizeof(task));
		memset(&call, 0xff, sizeof(call));
		memset(&stuck, 0xff, sizeof(stuck));
		memset(&error, 0xff, sizeof(error));
		memset(&place, 0xff, sizeof(place));
		for (k = 0; k < HOSTDIAG_KINDS; k++)
			task.stat[k].kept = false;
		call.stat.kept = false;
		call.wait.kept = true;
		/* of different kinds, and the longest of the names */
		task.comm[15] = 'a' + i % 20;
		call.abi = HOSTDIAG_ABI_I386;
		call.nr = 423;
		stuck.abi = HOSTDIAG_ABI_I386;
		stuck.nr = 423;
		error.abi = HOSTDIAG_ABI_I386;
		error.nr = 423;
		error.error = E_NOMEM;
		hd_summary_task(&sum, &task);
		hd_summary_stuck(&sum, &stuck);
		hd_summary_syscall(&sum, &call);
		hd_summary_syscall(&sum, &call);
		hd_summary_error(&sum, &error);
		hd_summary_place(&sum, &place);
	}
	for (i = 0; i < 40000; i++) {
		memset(&file, 0xff, sizeof(file));
		file.comm[15] = 'a' + i % 4;
		hd_summary_open(&sum, &file);
	}
	for (i = 0; i < 100; i++) {
		memset(&slow, 0xff, sizeof(slow));
		slow.comm[15] = 'a' + i % 20;
		slow.abi = HOSTDIAG_ABI_I386;
		slow.nr = 423;
		slow.kind = i % 2 ? HOSTDIAG_SLOW_SYSCALL : HOSTDIAG_SLOW_OPEN;
		hd_summary_slow(&sum, &slow);
		memset(&death, 0xff, sizeof(death));
		hd_summary_death(&sum, &death);
	}
	for (i = 0; i < 50; i++)
		hd_summary_exited(&sum, &task);
}

/* the largest numbers, the longest names, bytes of all kinds */
static void test_summary_extremes(void)
{
	const char *text;

	begin_with(~0ull - SINCE, SECOND, ~0ull, 0);
	feed_everything();
	text = print();
	check_bounds(text, HD_SUMMARY_LINES, "largest numbers");
	has(text, "sched_rr_get_interval_time64", "the longest name is there");
	has(text, "\n  15 \\377\\377\\377\\377 in D in ",
	    "a comm is cut at its column, after a whole escape");
	/* of the time counted, all rates are at their highest */
	begin_with(0, 1, ~0ull, 0);
	feed_everything();
	text = print();
	check_bounds(text, HD_SUMMARY_LINES, "no time at all");
	check_number(count_lines(text), HD_SUMMARY_LINES,
		     "summary: all sections fill the screen");
	check(sizeof(sum) <= 17 * 1024, "summary: it takes %zu bytes",
	      sizeof(sum));
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
	task.wait.kept = false;
	call.stat = task.stat[0];
	call.abi = test_random() % 6;
	call.nr = test_random() % 600;
	call.errors = random_number();
	call.wait = (struct hd_wait_sums){
		.kept = test_random() % 2, .runq_ns = random_number(),
		.d_ns = random_number(), .sleep_ns = random_number(),
	};
	randomize(&stuck, sizeof(stuck));
	randomize(&error, sizeof(error));
	randomize(&place, sizeof(place));
	randomize(&file, sizeof(file));
	randomize(&slow, sizeof(slow));
	randomize(&death, sizeof(death));
	stuck.class = test_random() % 4;
	slow.kind = test_random() % 4;
	error.error = test_random() % 600;
	stuck.path[sizeof(stuck.path) - 1] = '\0';
	stuck.place[sizeof(stuck.place) - 1] = '\0';
	place.place[sizeof(place.place) - 1] = '\0';
	place.device[sizeof(place.device) - 1] = '\0';
	file.path[sizeof(file.path) - 1] = '\0';
	slow.place[sizeof(slow.place) - 1] = '\0';
	slow.path[sizeof(slow.path) - 1] = '\0';
	hd_summary_task(&sum, &task);
	hd_summary_stuck(&sum, &stuck);
	hd_summary_syscall(&sum, &call);
	hd_summary_error(&sum, &error);
	hd_summary_place(&sum, &place);
	hd_summary_exited(&sum, &task);
	hd_summary_open(&sum, &file);
	hd_summary_slow(&sum, &slow);
	hd_summary_death(&sum, &death);
}

static void test_summary_random(void)
{
	u32 round, i, lines = 0, columns = 0;
	const char *text;
	bool plain = true;

	for (round = 0; round < 300; round++) {
		begin_with(random_number(), random_number(), test_random() % 2,
			   test_random());
		for (i = 0; i < 20; i++)
			feed_random();
		text = print();
		lines = count_lines(text) > lines ? count_lines(text) : lines;
		columns = longest_line(text) > columns ? longest_line(text) :
							 columns;
		plain &= is_printable(text);
	}
	check(lines <= HD_SUMMARY_LINES && columns <= HD_SUMMARY_COLUMNS && plain,
	      "summary: random rows, at most %u lines of %u columns", lines,
	      columns);
	check(lines > 15 && columns > 90,
	      "summary: random rows, and not much less than that");
}

/* what daemons do all day */
static void test_summary_quiet(void)
{
	struct hd_task_row task;
	struct hd_syscall_row call = {
		.abi = HOSTDIAG_ABI_X86_64, .nr = READ,
		.stat = { .count = 9, .sum_ns = HOUR, .max_ns = HOUR },
		.wait = { .kept = true, .sleep_ns = HOUR - MS },
	};
	u32 i, k;

	begin(HOUR);
	check_string(print(),
		     "1.00h: 0 tasks, 0 ended; 0 calls, 0 failed; D sleep 0; 0 files open\n"
		     "\n"
		     "nothing stands out\n", "summary: an empty host");

	begin(HOUR);
	for (i = 1; i <= 100; i++) {
		task = task_row(i, "daemon");
		task.errors = 5;
		task.open_now = 3;
		task.stat[HOSTDIAG_KIND_DSLEEP] = (struct hd_stat){
			.count = 1, .sum_ns = MS, .max_ns = MS,
		};
		hd_summary_task(&sum, &task);
		if (i % 3 == 0)
			feed_stuck(POLL, HOUR, "");
		else if (i % 3 == 1)
			feed_stuck(READ, HOUR, "pipe:[7]");
		else
			feed_d(FSYNC, 20 * MS, "/var/log/daemon", "io_schedule");
		sum.in_d = i % 5;
		feed_call(POLL, 100, HOUR);
		feed_call(OPENAT, 100, 2 * MS);
		hd_summary_syscall(&sum, &call);
		feed_error(OPENAT, E_NOENT, 3000, 0);
		feed_error(READ, E_AGAIN, 50000000, 0);
		feed_error(READ, E_RESTARTSYS, 50000000, 0);
		feed_error(FSYNC, E_BADF, 5000000, MINUTE);
	}
	for (i = 0; i < 60; i++) {
		/* opened when it started, and by and by: few in all */
		for (k = 0; k < 10; k++)
			feed_open(5, "database", HOUR - 1, "/db/table");
		feed_open(6, "editor", i * MINUTE, "/home/me/letter");
		/* served, and then closed */
		feed_open(7, "server", i * SECOND / 2, "/srv/x");
		feed_open(7, "server", i * SECOND / 3, "/srv/x");
		feed_death("sh", 1, i * MINUTE);
		feed_death("sleep", 1, i * MINUTE);
	}
	feed_slow(HOSTDIAG_SLOW_OPEN, 9, "cron", 0, 5 * SECOND, HOUR / 2,
		  "/etc/crontab");
	feed_slow(HOSTDIAG_SLOW_OPEN, 9, "getty", 0, HOUR / 2, 0, "/dev/tty1");
	feed_slow(HOSTDIAG_SLOW_SYSCALL, 9, "sshd", POLL, HOUR / 2, 0, "");
	feed_slow(HOSTDIAG_SLOW_SYSCALL, 9, "sshd", READ, HOUR / 2, 0,
		  "pipe:[9]");
	feed_slow(HOSTDIAG_SLOW_SYSCALL, 9, "sync", FSYNC, 300 * MS, HOUR / 2,
		  "/var/log/x");
	feed_slow(HOSTDIAG_SLOW_DSLEEP, 9, "sync", 0, 300 * MS, HOUR / 2, "");
	check_string(print(),
		     "1.00h: 100 tasks, 0 ended; 0 calls, 500 failed; D sleep 100ms; 300 files open\n"
		     "\n"
		     "nothing stands out\n", "summary: a quiet host");
}

/* the story of a session's lock: twelve wait in flock for one */
static void test_summary_stuck(void)
{
	const char *text;
	u32 i;

	begin(HOUR);
	feed_task(1111, "httpd");
	feed_stuck(RECVFROM, HOUR, "socket:[77]");
	for (i = 0; i < 12; i++) {
		feed_task(2000 + i, "httpd");
		feed_stuck(FLOCK, (35 - i) * SECOND, "/tmp/sess_abc");
	}
	feed_task(3000, "httpd");
	feed_stuck(FLOCK, 2 * SECOND, "/tmp/sess_def");
	feed_task(3001, "httpd");
	feed_stuck(FLOCK, SECOND - 1, "/tmp/sess_young");
	feed_task(3002, "vi");
	feed_stuck(FSYNC, 4 * SECOND, "");
	text = print();
	has(text, "stuck now: /proc/hostdiag/stuck, hostdiag why TID\n"
	    "  12 httpd in flock on /tmp/sess_abc, longest 35.0s (tid 2000)\n"
	    "  vi[3002] in fsync on fd 3 for 4.00s\n"
	    "  httpd[3000] in flock on /tmp/sess_def for 2.00s\n",
	    "stuck tasks, grouped, the oldest first");
	hasnt(text, "recvfrom", "an idle wait is not stuck");
	hasnt(text, "young", "nor is what has just begun");
	hasnt(text, "load:", "none is in D");
	hasnt(text, "nothing", "something stands out");
}

static void test_summary_stuck_limit(void)
{
	begin_with(HOUR, 40 * SECOND, 0, ALL_GROUPS);
	feed_task(1, "a");
	feed_stuck(FLOCK, 40 * SECOND - 1, "/young");
	is_quiet(print(), "the parameter says what is stuck");
	begin_with(HOUR, 40 * SECOND, 0, ALL_GROUPS);
	feed_task(1, "a");
	feed_stuck(FLOCK, 40 * SECOND, "/old");
	has(print(), "  a[1] in flock on /old for 40.0s\n", "and so is this");
	begin_with(HOUR, 0, 0, ALL_GROUPS);
	feed_task(1, "a");
	feed_stuck(FLOCK, SECOND - 1, "/young");
	feed_task(2, "a");
	feed_stuck(FLOCK, SECOND, "/old");
	hasnt(print(), "young", "a second where it says nothing");
	has(captured(), "/old", "a second and more where it says nothing");
}

/* thirty tasks wait for a disk that does not answer */
static void test_summary_d(void)
{
	const char *text;
	u32 i;

	begin(HOUR);
	feed_task(9, "old");
	feed_stuck(FLOCK, HOUR / 2, "/tmp/lock");
	for (i = 0; i < 28; i++) {
		feed_task(100 + i, "dd");
		feed_d(READ, (i + 2) * SECOND, "/dev/nullb0",
		       "io_schedule<blkdev_direct_read<blkdev_read_iter");
	}
	feed_task(200, "kworker/u4:1");
	feed_d(HOSTDIAG_NR_NONE, 3 * SECOND, "", "wb_wait_for_completion<sync_inodes_sb");
	feed_task(201, "quick");
	feed_d(READ, MS, "/dev/sda", "io_schedule");
	text = print();
	has(text, "\n\nload: 30 tasks in D now: /proc/hostdiag/stuck\n",
	    "what makes the load");
	has(text, "why TID\n"
	    "  28 dd in D in read on /dev/nullb0, longest 29.0s (tid 127), at blkdev_direct_read<blkdev_read_iter\n"
	    "  kworker/u4:1[200] in D on fd 3 for 3.00s, at wb_wait_for_completion<sync_inodes_sb\n"
	    "  old[9] in flock on /tmp/lock for 30.0min\n",
	    "those in D first, and where");
	hasnt(text, "quick", "a short D sleep is not stuck");

	/* a wait for work in D is none */
	begin(HOUR);
	feed_task(1, "a");
	feed_d(POLL, 3 * SECOND, "", "wait");
	has(print(), "  a[1] in D in poll on fd 3 for 3.00s, at wait\n",
	    "no call is idle in D");
}

static void test_summary_errors(void)
{
	struct hd_task_row row = task_row(812, "nginx");
	const char *text;
	u32 i;

	begin(MINUTE);
	row.open_now = 1000;
	hd_summary_task(&sum, &row);
	feed_error(ACCEPT4, E_MFILE, 72240, 0);
	feed_error(ACCEPT4, E_AGAIN, 900000, 0);
	feed_task(900, "renderd");
	feed_error(OPENAT, E_NOENT, 30060, 2 * SECOND);
	feed_task(901, "shell");
	feed_error(OPENAT, E_NOENT, 5900, 0);
	for (i = 0; i < 8; i++) {
		feed_task(910 + i, "php");
		feed_error(OPENAT, E_NOMEM, 10, 20 * SECOND);
	}
	feed_task(950, "once");
	feed_error(OPENAT, E_NOMEM, 9, 0);
	text = print();
	has(text, "calls that fail: /proc/hostdiag/errors\n"
	    "  nginx[812] accept4 EMFILE 1204/s, 72240 in all, just now; 1000 files open\n"
	    "  8 php openat ENOMEM 80/min, 80 in all, last 20.0s ago\n"
	    "  renderd[900] openat ENOENT 501/s, 30060 in all, last 2.00s ago\n",
	    "error storms, what is scarce first");
	hasnt(text, "shell", "a search path is no storm");
	hasnt(text, "once", "nor is a single failure");
	hasnt(text, "EAGAIN", "asking again is ordinary");
}

/* a storm in a long time: the rate is little, and it goes on */
static void test_summary_errors_old(void)
{
	begin(24 * HOUR);
	feed_task(1, "now");
	feed_error(ACCEPT4, E_MFILE, 20, SECOND);
	feed_task(2, "before");
	feed_error(ACCEPT4, E_MFILE, 200, 9 * HOUR);
	feed_task(3, "seldom");
	feed_error(ACCEPT4, E_IO, 20, 9 * HOUR);
	has(print(), "calls that fail: /proc/hostdiag/errors\n"
	    "  now[1] accept4 EMFILE 0/h, 20 in all, last 1.00s ago\n"
	    "  before[2] accept4 EMFILE 8/h, 200 in all, last 9.00h ago\n",
	    "what goes on comes before what is over");
	hasnt(captured(), "seldom", "few, and over");
}

static void test_summary_leak(void)
{
	const char *text;
	u32 i;

	begin(HOUR);
	for (i = 0; i < 4080; i++)
		feed_open(77, "leaky", i * HOUR / 4080, i ? "/srv/old" : "/srv/new");
	for (i = 0; i < 1200; i++)
		feed_open(78 + i % 2, "database", HOUR / 2, "/db/table");
	for (i = 0; i < 900; i++)
		feed_open(80, "small", HOUR / 2, "/db/table");
	for (i = 0; i < 180; i++)
		feed_open(81, "slowly", i * 20 * SECOND, "/tmp/x");
	text = print();
	has(text, "files left open: /proc/hostdiag/open\n"
	    "  leaky[77] 4080 files open, 68/min more, oldest 59.9min, newest /srv/new\n"
	    "  slowly[81] 180 files open, 3/min more, oldest 59.6min, newest /tmp/x\n"
	    "  database 1200 files open, oldest 30.0min, newest /db/table\n",
	    "the fastest grower first, then who has most");
	hasnt(text, "small", "files that are in use");

	/* as soon as some seconds have been counted */
	begin(8 * SECOND);
	for (i = 0; i < 80; i++)
		feed_open(77, "leaky", i * 100 * MS, "/srv/x");
	for (i = 0; i < 80; i++)
		feed_open(78, "starts", 7 * SECOND + i * MS, "/etc/x");
	/* one that began when half of the time was over */
	for (i = 0; i < 80; i++)
		feed_open(79, "late", SECOND + i * 50 * MS, "/srv/y");
	text = print();
	has(text, "leaky[77] 80 files open, 10/s more, oldest 7.90s, newest /srv/x\n",
	    "a leak that is young");
	has(text, "  late[79] 80 files open, ", "a leak that began late");
	hasnt(text, "starts", "what a daemon opens first");
}

static void feed_dsleep(u32 tid, const char *comm, u64 count, u64 sum_ns,
			u64 max_ns, u64 iowait_ns)
{
	struct hd_task_row row = task_row(tid, comm);

	row.iowait_ns = iowait_ns;
	row.stat[HOSTDIAG_KIND_DSLEEP] = (struct hd_stat){
		.count = count, .sum_ns = sum_ns, .max_ns = max_ns,
	};
	if (tid)
		hd_summary_task(&sum, &row);
	else
		hd_summary_exited(&sum, &row);
}

static void feed_place(const char *place, const char *device, u64 total_ns)
{
	struct hd_place_row row = { .total_ns = total_ns };

	snprintf(row.place, sizeof(row.place), "%s", place);
	snprintf(row.device, sizeof(row.device), "%s", device);
	hd_summary_place(&sum, &row);
}

static void test_summary_dsleep(void)
{
	const char *text;

	begin(HOUR);
	feed_dsleep(20, "dd", 4, 2 * SECOND, 1230 * MS, SECOND);
	feed_place("rwsem_down_read<do_fault", "", 300 * MS);
	feed_place("io_schedule<folio_wait_bit", "ext4:sda1", 1700 * MS);
	feed_place("schedule_timeout", "", 10);
	feed_dsleep(21, "often", 900000, 40 * SECOND, 2 * MS, 0);
	feed_dsleep(22, "some", 5, 2 * SECOND, 900 * MS, 0);
	feed_dsleep(31, "pool", 3, 30 * SECOND, 20 * SECOND, 0);
	feed_place("nfs_wait", "nfs:0:45", 30 * SECOND);
	feed_dsleep(32, "pool", 5, 60 * SECOND, 10 * SECOND, 0);
	feed_place("nfs_wait", "nfs:0:45", 60 * SECOND);
	feed_dsleep(0, "gone", 2, 8 * SECOND, 5 * SECOND, 0);
	text = print();
	has(text, "D sleep so far: /proc/hostdiag/dsleep\n"
	    "  2 pool 1.50min in 8 sleeps, max 20.0s, iowait 0, nfs:0:45, at nfs_wait\n"
	    "  often[21] 40.0s in 900k sleeps, max 2.00ms, iowait 0\n"
	    "  gone (ended) 8.00s in 2 sleeps, max 5.00s, iowait 0\n"
	    "  dd[20] 2.00s in 4 sleeps, max 1.23s, iowait 1.00s, ext4:sda1, at folio_wait_bit\n",
	    "D sleep, with where it was longest");
	hasnt(text, "some[", "little in all, and none long");
}

static void test_summary_slow(void)
{
	const char *text;

	begin(HOUR);
	feed_slow(HOSTDIAG_SLOW_SYSCALL, 5, "mysqld", FSYNC, 2 * SECOND,
		  30 * MINUTE, "/db/redo log");
	feed_slow(HOSTDIAG_SLOW_SYSCALL, 5, "mysqld", FSYNC, 3 * SECOND,
		  MINUTE, "/db/redo log");
	feed_slow(HOSTDIAG_SLOW_SYSCALL, 6, "httpd", FLOCK, 35 * SECOND,
		  20 * MINUTE, "/tmp/sess");
	feed_slow(HOSTDIAG_SLOW_SYSCALL, 7, "httpd", FLOCK, 34 * SECOND,
		  10 * MINUTE, "/tmp/sess");
	feed_slow(HOSTDIAG_SLOW_SYSCALL, 8, "launcher", VFORK, 4 * SECOND, 0, "");
	feed_slow(HOSTDIAG_SLOW_SYSCALL, 9, "idler", POLL, 50 * SECOND, 0, "");
	feed_slow(HOSTDIAG_SLOW_OPEN, 10, "reportd", 0, 2 * SECOND, 5 * SECOND,
		  "/srv/report");
	feed_slow(HOSTDIAG_SLOW_OPEN, 10, "reportd", 0, 2 * SECOND, 3 * SECOND,
		  "/srv/report");
	feed_slow(HOSTDIAG_SLOW_OPEN, 11, "backup", 0, 9 * MINUTE, HOUR / 2,
		  "/mnt/disk");
	feed_slow(HOSTDIAG_SLOW_OPEN, 12, "once", 0, 50 * SECOND, HOUR / 2,
		  "/mnt/once");
	text = print();
	has(text, "slow calls so far: /proc/hostdiag/slow\n"
	    "  httpd flock on /tmp/sess: 2 times, longest 35.0s, last 10.0min ago\n"
	    "  launcher[8] vfork: 4.00s, just now\n"
	    "  mysqld[5] fsync on /db/redo\\040log: 2 times, longest 3.00s, last 1.00min ago\n",
	    "slow calls, by the longest");
	has(text, "files held for long, closed since: /proc/hostdiag/slow\n"
	    "  backup[11] held /mnt/disk: 9.00min, last 30.0min ago\n"
	    "  reportd[10] held /srv/report: 2 times, longest 2.00s, last 3.00s ago\n",
	    "files held open");
	hasnt(text, "idler", "an idle wait is not slow");
	hasnt(text, "once", "a file may be held for a while");
}

static void test_summary_busy(void)
{
	struct hd_syscall_row call = {
		.abi = HOSTDIAG_ABI_X86_64, .nr = OPENAT,
		.stat = { .count = 123456, .sum_ns = 600 * SECOND },
		.wait = {
			.kept = true, .runq_ns = 60 * SECOND,
			.d_ns = 120 * SECOND, .sleep_ns = 300 * SECOND,
		},
	};
	const char *text;

	begin(HOUR);
	feed_task(10, "idler");
	feed_call(POLL, 7, 3000 * SECOND);
	feed_task(11, "second");
	feed_call(READ, 4, 80 * SECOND);
	feed_call(FSYNC, 3, 120 * SECOND);
	feed_call(POLL, 9, 900 * SECOND);
	feed_task(12, "first");
	hd_summary_syscall(&sum, &call);
	feed_task(13, "second");
	feed_call(FSYNC, 3, 20 * SECOND);
	feed_task(14, "little");
	feed_call(FSYNC, 3, 100 * SECOND);
	feed_task(15, "locked");
	call.nr = FLOCK;
	hd_summary_syscall(&sum, &call);
	text = print();
	has(text, "time in calls, waits for work left out: /proc/hostdiag/syscalls\n"
	    "  locked[15] 10.0min in 123k calls, mostly flock 10.0min: CPU 20%, run queue 10%, D 20%, locks 50%\n"
	    "  first[12] 5.00min in 123k calls, mostly openat 5.00min: CPU 40%, run queue 20%, D 40%\n"
	    "  2 second 3.66min in 10 calls, mostly fsync 2.00min\n",
	    "the worst first, with its worst syscall and where its time went");
	hasnt(text, "idler", "idle waits are not busy");
	hasnt(text, "little", "100 s in an hour are not, either");
}

static void test_summary_forks(void)
{
	struct hd_task_row dead = task_row(0, "sh");
	const char *text;
	u32 i;

	begin(HOUR);
	for (i = 256; i; i--)
		feed_death(i % 4 ? "sh" : "date", i % 16 == 1 ? 9 : 4711,
			   i * SECOND / 120);
	text = print();
	has(text, "fork storm: 120 tasks a second end, mostly sh (parent 4711): /proc/",
	    "a fork storm, and whose it is");

	begin(HOUR);
	for (i = 256; i; i--)
		feed_death("sh", 1000 + i, i * SECOND / 120);
	has(print(), "mostly sh: ", "of different parents");

	begin(HOUR);
	for (i = 256; i; i--)
		feed_death("sh", 4711, 20 * SECOND + i * SECOND / 120);
	is_quiet(print(), "a burst is over");

	begin(HOUR);
	for (i = 90; i; i--)
		feed_death("sh", 4711, i * MS);
	is_quiet(print(), "a login");

	/* all the time: the newest are of the last moment that there was one */
	begin(HOUR);
	dead.tasks = 108000;
	hd_summary_exited(&sum, &dead);
	for (i = 256; i; i--)
		feed_death("sh", 4711, 20 * SECOND + i * SECOND / 120);
	has(print(), "fork storm: 30 tasks a second end, mostly sh (parent 4711): ",
	    "as many since the start");
}

static void test_summary_top(void)
{
	char path[16];
	const char *text;
	u32 i;

	/* in any order: 3 6 9 12 15 18 2 5 8 11 14 17 1 4 7 10 13 16 */
	begin(HOUR);
	for (i = 1; i <= 18; i++) {
		snprintf(path, sizeof(path), "/%u.", i * 3 % 19);
		feed_task(i, "httpd");
		feed_stuck(FLOCK, i * 3 % 19 * MINUTE, path);
	}
	text = print();
	check_number(count_lines(text), 2 + 1 + 6,
		     "summary: the list has its length");
	check(strstr(text, "/18.") && strstr(text, "/17.") > strstr(text, "/18.") &&
	      strstr(text, "/16.") > strstr(text, "/17.") &&
	      strstr(text, "/15.") > strstr(text, "/16.") &&
	      strstr(text, "/14.") > strstr(text, "/15.") &&
	      strstr(text, "/13.") > strstr(text, "/14.") && !strstr(text, "/12."),
	      "summary: the six worst, in order");

	/* a group is found among many that come between its tasks */
	begin(HOUR);
	for (i = 0; i < 200; i++) {
		snprintf(path, sizeof(path), "t%u", i);
		feed_task(i + 1, i % 2 ? "many" : path);
		feed_call(FSYNC, 1, (i % 2 ? 20 : 1) * MINUTE);
	}
	has(print(), "  100 many 1.38d in 100 calls", "a group among others");
}

static void test_summary_ties(void)
{
	const char *text;
	char path[16];
	u32 i;

	begin(HOUR);
	for (i = 1; i <= 12; i++) {
		snprintf(path, sizeof(path), "/%u.", i);
		feed_task(i, "httpd");
		feed_stuck(FLOCK, MINUTE, path);
	}
	text = print();
	check(strstr(text, "/2.") > strstr(text, "/1.") &&
	      strstr(text, "/6.") > strstr(text, "/5.") && !strstr(text, "/7."),
	      "summary: of equals the first are kept");
}

/* a terminal must not take a name for an order */
static void test_summary_bytes(void)
{
	char path[HD_PATH_LEN];
	const char *text;

	begin(HOUR);
	feed_task(1, "\033[2J\a");
	feed_stuck(FLOCK, MINUTE, "/tmp/\033]0;x\a\n\177\200");
	text = print();
	has(text, "  \\033[2J\\007[1] in flock on /tmp/\\033]0;x\\007\\012\\177\\200 for 1.00min\n",
	    "control bytes are escaped");
	check_bounds(text, HD_SUMMARY_LINES, "control bytes");

	begin(HOUR);
	memset(path, 'x', sizeof(path));
	memcpy(path, "/beginning/", 11);
	strcpy(path + sizeof(path) - 6, "/name");
	feed_task(1, "a");
	feed_stuck(FLOCK, MINUTE, path);
	text = print();
	has(text, " on ...x", "a path that is cut says so");
	has(text, "xx/name for 1.00min\n", "it keeps its end");
	check_bounds(text, HD_SUMMARY_LINES, "a long path");

	/* they differ in what is cut off */
	path[1] = 'B';
	feed_task(2, "a");
	feed_stuck(FLOCK, MINUTE, path);
	hasnt(print(), "2 a", "other paths of the same end are others");
}

static void test_summary_gaps(void)
{
	const char *text;

	begin_with(HOUR, SECOND, 17, HOSTDIAG_F_DSLEEP);
	text = print();
	has(text, "\nLOST: 17 events were not counted", "what is lost");
	has(text, "\nOFF: syscalls files; ", "groups that are off");
	begin(HOUR);
	text = print();
	hasnt(text, "LOST", "nothing is lost");
	hasnt(text, "OFF", "all groups are on");
}

static void test_summary_totals(void)
{
	struct hd_task_row row = task_row(20, "dd");

	begin(HOUR);
	row.errors = 7300;
	row.open_now = 30;
	row.stat[HOSTDIAG_KIND_SYSCALL].count = 1000;
	row.stat[HOSTDIAG_KIND_DSLEEP].sum_ns = 2 * SECOND;
	hd_summary_task(&sum, &row);
	row = task_row(0, "sh");
	row.tasks = 36000;
	row.stat[HOSTDIAG_KIND_SYSCALL].count = 1500000;
	hd_summary_exited(&sum, &row);
	has(print(), "1.00h: 1 tasks, 36000 ended; 1.50M calls, 7300 failed; "
	    "D sleep 2.00s; 30 files open\n", "totals");
}

/* a snapshot may come from a file that somebody has edited */
static void test_summary_backwards(void)
{
	struct hd_view view = { .since_ns = SECOND, .flags = ALL_GROUPS };

	hd_summary_init(&sum, &view);
	feed_task(1, "a");
	feed_error(ACCEPT4, E_MFILE, 1000, 0);
	feed_slow(HOSTDIAG_SLOW_SYSCALL, 1, "a", FSYNC, HOUR, 0, "");
	feed_death("a", 1, 0);
	hd_summary_print(&sum, capture_out());
	has(captured(), "0: 1 tasks", "read before it began");
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
		{ 59999999999ull, "59.9s:" }, { 60 * SECOND, "1.00min:" },
		{ HOUR - 1, "59.9min:" }, { HOUR, "1.00h:" },
		{ 24 * HOUR - 1, "23.9h:" }, { 24 * HOUR, "1.00d:" },
		{ ~0ull - 77, "213503d:" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		begin(cases[i].ns);
		check(!strncmp(print(), cases[i].want,
			       strlen(cases[i].want)),
		      "summary: %llu ns is %s", cases[i].ns, cases[i].want);
	}
}

void test_summary(void)
{
	test_summary_extremes();
	test_summary_random();
	test_summary_quiet();
	test_summary_stuck();
	test_summary_stuck_limit();
	test_summary_d();
	test_summary_errors();
	test_summary_errors_old();
	test_summary_leak();
	test_summary_dsleep();
	test_summary_slow();
	test_summary_busy();
	test_summary_forks();
	test_summary_top();
	test_summary_ties();
	test_summary_bytes();
	test_summary_gaps();
	test_summary_totals();
	test_summary_backwards();
	test_summary_rates();
	test_summary_units();
}
