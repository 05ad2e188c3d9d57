// SPDX-License-Identifier: GPL-2.0-only
/* The summary: each story that it tells. */
#include "pure/human.h"
#include "summary_build.h"

/* what daemons do all day */
static void test_summary_quiet(void)
{
	struct hd_task_row task;
	struct hd_syscall_row call = {
		.abi = HOSTDIAG_ABI_X86_64, .nr = READ,
		.stat = { .count = 9, .sum_ns = HOUR, .max_ns = HOUR },
		.wait = { .valid = true, .sleep_ns = HOUR - MS },
	};
	u32 i, k;

	sum_begin(HOUR);
	check_string(sum_print(),
		     "1h00m: 0 tasks, 0 ended; 0 calls, 0 failed; D sleep 0; 0 files open\n"
		     "\n"
		     "nothing stands out\n", "summary: an empty host");

	sum_begin(HOUR);
	for (i = 1; i <= 100; i++) {
		task = row_task(i, i, "daemon");
		task.errors = 5;
		task.open_now = 3;
		task.stat[HOSTDIAG_KIND_DSLEEP] = (struct hd_stat){
			.count = 1, .sum_ns = MS, .max_ns = MS,
		};
		hd_summary_task(&sum_fed, &task);
		if (i % 3 == 0)
			sum_feed_stuck(POLL, HOUR, "");
		else if (i % 3 == 1)
			sum_feed_stuck(READ, HOUR, "pipe:[7]");
		else
			sum_feed_d(FSYNC, 20 * MS, "/var/log/daemon", "io_schedule");
		sum_fed.in_d = i % 5;
		sum_feed_call(POLL, 100, HOUR);
		sum_feed_call(OPENAT, 100, 2 * MS);
		hd_summary_syscall(&sum_fed, &call);
		sum_feed_error(OPENAT, E_NOENT, 3000, 0);
		sum_feed_error(READ, E_AGAIN, 50000000, 0);
		sum_feed_error(READ, E_RESTARTSYS, 50000000, 0);
		sum_feed_error(FSYNC, E_BADF, 5000000, MINUTE);
	}
	for (i = 0; i < 60; i++) {
		/* opened when it started, and by and by: few in all */
		for (k = 0; k < 10; k++)
			sum_feed_open(5, "database", HOUR - 1, "/db/table");
		sum_feed_open(6, "editor", i * MINUTE, "/home/me/letter");
		/* served, and then closed */
		sum_feed_open(7, "server", i * SECOND / 2, "/srv/x");
		sum_feed_open(7, "server", i * SECOND / 3, "/srv/x");
		sum_feed_death("sh", 1, i * MINUTE);
		sum_feed_death("sleep", 1, i * MINUTE);
	}
	sum_feed_slow(HOSTDIAG_SLOW_OPEN, 9, "cron", 0, 5 * SECOND, HOUR / 2,
		      "/etc/crontab");
	sum_feed_slow(HOSTDIAG_SLOW_OPEN, 9, "getty", 0, HOUR / 2, 0, "/dev/tty1");
	sum_feed_slow(HOSTDIAG_SLOW_SYSCALL, 9, "sshd", POLL, HOUR / 2, 0, "");
	sum_feed_slow(HOSTDIAG_SLOW_SYSCALL, 9, "sshd", READ, HOUR / 2, 0,
		      "pipe:[9]");
	sum_feed_slow(HOSTDIAG_SLOW_SYSCALL, 9, "sync", FSYNC, 300 * MS, HOUR / 2,
		      "/var/log/x");
	sum_feed_slow(HOSTDIAG_SLOW_DSLEEP, 9, "sync", 0, 300 * MS, HOUR / 2, "");
	check_string(sum_print(),
		     "1h00m: 100 tasks, 0 ended; 0 calls, 500 failed; D sleep 100ms; 300 files open\n"
		     "\n"
		     "nothing stands out\n", "summary: a quiet host");
}

/* the story of a session's lock: twelve wait in flock for one */
static void test_summary_stuck(void)
{
	const char *text;
	u32 i;

	sum_begin(HOUR);
	sum_feed_task(1111, "httpd");
	sum_feed_stuck(RECVFROM, HOUR, "socket:[77]");
	for (i = 0; i < 12; i++) {
		sum_feed_task(2000 + i, "httpd");
		sum_feed_stuck(FLOCK, (35 - i) * SECOND, "/tmp/sess_abc");
	}
	sum_feed_task(3000, "httpd");
	sum_feed_stuck(FLOCK, 2 * SECOND, "/tmp/sess_def");
	sum_feed_task(3001, "httpd");
	sum_feed_stuck(FLOCK, SECOND - 1, "/tmp/sess_young");
	sum_feed_task(3002, "vi");
	sum_feed_stuck(FSYNC, 4 * SECOND, "");
	sum_feed_task(3003, "httpd");
	sum_feed_before(FLOCK, 3 * SECOND, "/tmp/sess_ghi");
	text = sum_print();
	sum_has(text, "stuck now: /proc/hostdiag/stuck, hostdiag why TID\n"
		"  12 httpd in flock on /tmp/sess_abc, longest 35.0s (tid 2000)\n"
		"  vi[3002] in fsync on fd 3 for 4.00s\n"
		"  httpd[3003] in flock on /tmp/sess_ghi for about 3.00s\n"
		"  httpd[3000] in flock on /tmp/sess_def for 2.00s\n",
		"stuck tasks, grouped, the oldest first");
	sum_hasnt(text, "recvfrom", "an idle wait is not stuck");
	sum_hasnt(text, "young", "nor is what has just begun");
	sum_hasnt(text, "load:", "none is in D");
	sum_hasnt(text, "nothing", "something stands out");
}

static void test_summary_stuck_limit(void)
{
	sum_begin_with(HOUR, 40 * SECOND, 0, ALL_GROUPS);
	sum_feed_task(1, "a");
	sum_feed_stuck(FLOCK, 40 * SECOND - 1, "/young");
	sum_is_quiet(sum_print(), "the parameter says what is stuck");
	sum_begin_with(HOUR, 40 * SECOND, 0, ALL_GROUPS);
	sum_feed_task(1, "a");
	sum_feed_stuck(FLOCK, 40 * SECOND, "/old");
	sum_has(sum_print(), "  a[1] in flock on /old for 40.0s\n", "and so is this");
	sum_begin_with(HOUR, 0, 0, ALL_GROUPS);
	sum_feed_task(1, "a");
	sum_feed_stuck(FLOCK, SECOND - 1, "/young");
	sum_feed_task(2, "a");
	sum_feed_stuck(FLOCK, SECOND, "/old");
	sum_hasnt(sum_print(), "young", "a second where it says nothing");
	sum_has(captured(), "/old", "a second and more where it says nothing");
}

/* thirty tasks wait for a disk that does not answer */
static void test_summary_d(void)
{
	const char *text;
	u32 i;

	sum_begin(HOUR);
	sum_feed_task(9, "old");
	sum_feed_stuck(FLOCK, HOUR / 2, "/tmp/lock");
	for (i = 0; i < 28; i++) {
		sum_feed_task(100 + i, "dd");
		sum_feed_d(READ, (i + 2) * SECOND, "/dev/nullb0",
			   "io_schedule<blkdev_direct_read<blkdev_read_iter");
	}
	sum_feed_task(200, "kworker/u4:1");
	sum_feed_d(HOSTDIAG_NR_NONE, 3 * SECOND, "", "wb_wait_for_completion<sync_inodes_sb");
	sum_feed_task(201, "quick");
	sum_feed_d(READ, MS, "/dev/sda", "io_schedule");
	text = sum_print();
	sum_has(text, "\n\nload: 30 tasks in D now: /proc/hostdiag/stuck\n",
		"the tasks that make the load");
	sum_has(text, "why TID\n"
		"  28 dd in D in read on /dev/nullb0, longest 29.0s (tid 127), at blkdev_direct_read<blkdev_read_iter\n"
		"  kworker/u4:1[200] in D on fd 3 for 3.00s, at wb_wait_for_completion<sync_inodes_sb\n"
		"  old[9] in flock on /tmp/lock for 30m00s\n",
		"tasks in D come first, with their places");
	sum_hasnt(text, "quick", "a short D sleep is not stuck");

	/* a wait for work in D is none */
	sum_begin(HOUR);
	sum_feed_task(1, "a");
	sum_feed_d(POLL, 3 * SECOND, "", "wait");
	sum_has(sum_print(), "  a[1] in D in poll on fd 3 for 3.00s, at wait\n",
		"no call is idle in D");
}

static void test_summary_errors(void)
{
	struct hd_task_row row = row_task(812, 812, "nginx");
	const char *text;
	u32 i;

	sum_begin(MINUTE);
	row.open_now = 1000;
	hd_summary_task(&sum_fed, &row);
	sum_feed_error(ACCEPT4, E_MFILE, 72240, 0);
	sum_feed_error(ACCEPT4, E_AGAIN, 900000, 0);
	sum_feed_task(900, "renderd");
	sum_feed_error(OPENAT, E_NOENT, 30060, 2 * SECOND);
	sum_feed_task(901, "shell");
	sum_feed_error(OPENAT, E_NOENT, 5900, 0);
	for (i = 0; i < 8; i++) {
		sum_feed_task(910 + i, "php");
		sum_feed_error(OPENAT, E_NOMEM, 10, 20 * SECOND);
	}
	sum_feed_task(950, "once");
	sum_feed_error(OPENAT, E_NOMEM, 9, 0);
	text = sum_print();
	sum_has(text, "calls that fail: /proc/hostdiag/errors\n"
		"  nginx[812] accept4 EMFILE 1204/s, 72240 in all, just now; 1000 files open\n"
		"  8 php openat ENOMEM 80/min, 80 in all, last 20.0s ago\n"
		"  renderd[900] openat ENOENT 501/s, 30060 in all, last 2.00s ago\n",
		"error storms, what is scarce first");
	sum_hasnt(text, "shell", "a search path is no storm");
	sum_hasnt(text, "once", "nor is a single failure");
	sum_hasnt(text, "EAGAIN", "asking again is ordinary");
}

/* a storm in a long time: the rate is little, and it goes on */
static void test_summary_errors_old(void)
{
	sum_begin(24 * HOUR);
	sum_feed_task(1, "now");
	sum_feed_error(ACCEPT4, E_MFILE, 20, SECOND);
	sum_feed_task(2, "before");
	sum_feed_error(ACCEPT4, E_MFILE, 200, 9 * HOUR);
	sum_feed_task(3, "seldom");
	sum_feed_error(ACCEPT4, E_IO, 20, 9 * HOUR);
	sum_has(sum_print(), "calls that fail: /proc/hostdiag/errors\n"
		"  now[1] accept4 EMFILE 0/h, 20 in all, last 1.00s ago\n"
		"  before[2] accept4 EMFILE 8/h, 200 in all, last 9h00m ago\n",
		"errors of now come before errors of the past");
	sum_hasnt(captured(), "seldom", "few, and over");
}

#define DAYS	(9 * 24 * HOUR)

/* at one rate, for as long as it is known */
static void feed_steady(u32 nr, u32 error, u64 count, u64 ago_ns, u32 each,
			u32 peak, u64 peak_ago_ns)
{
	const u32 slice[HOSTDIAG_SLICES] = { each, each, each, each };

	sum_feed_recent(nr, error, count, ago_ns, slice, peak, peak_ago_ns);
}

/* what begins after days, and what has ended */
static void test_summary_errors_recent(void)
{
	static const u32 burst[] = { 0, 4000, 3000, 0 };
	static const u32 begun[] = { 100, 732, 733, 0 };
	const char *text;
	u32 i;

	sum_begin(DAYS);
	sum_feed_task(812, "nginx");
	feed_steady(ACCEPT4, E_MFILE, 2000000, 0, 3010, 3010, 0);
	sum_feed_task(813, "quota");
	feed_steady(OPENAT, E_NOMEM, 400, 2 * HOUR, 0, 75, 3 * HOUR);
	sum_feed_task(814, "short");
	feed_steady(OPENAT, E_NOMEM, 300, 2 * HOUR, 0, 0, 0);
	sum_feed_task(900, "renderd");
	feed_steady(OPENAT, E_NOENT, 29300, 0, 7325, 7325, 0);
	sum_feed_task(901, "calm");
	feed_steady(OPENAT, E_NOENT, 1ull << 32, 0, 10, 12, MINUTE);
	sum_feed_task(902, "starts");
	sum_feed_recent(FSYNC, E_BADF, 7000, 5 * SECOND, burst, 0, 0);
	sum_feed_task(903, "past");
	feed_steady(OPENAT, E_NOENT, 99000, HOUR, 0, 9000, 2 * HOUR);
	for (i = 0; i < 200; i++) {
		sum_feed_task(1000 + i, "worker");
		feed_steady(OPENAT, E_NOENT, 8, SECOND, 2, 2, MINUTE);
	}
	text = sum_print();
	sum_has(text, "calls that fail: /proc/hostdiag/errors\n"
		"  nginx[812] accept4 EMFILE 1204/s, 2.00M in all, just now\n"
		"  quota[813] openat ENOMEM was 30/s 3h00m ago, 400 in all, last 2h00m ago\n"
		"  short[814] openat ENOMEM 300 in all, last 2h00m ago\n"
		"  renderd[900] openat ENOENT 2930/s, 29300 in all, just now\n",
		"late errors count more than early ones");
	sum_hasnt(text, "calm", "a low rate now is no storm, whatever the average");
	sum_hasnt(text, "starts", "a burst is no storm");
	sum_hasnt(text, "past", "nor is one of hours ago");

	sum_begin(DAYS);
	for (i = 0; i < 200; i++) {
		sum_feed_task(1000 + i, "worker");
		feed_steady(OPENAT, E_NOENT, 8, SECOND, 2, 2, MINUTE);
	}
	sum_feed_task(900, "renderd");
	feed_steady(OPENAT, E_NOENT, 2936, 3 * MINUTE, 0, 733, 4 * MINUTE);
	sum_feed_task(901, "trickle");
	feed_steady(OPENAT, E_NOENT, 99000, 0, 1, 700, 5 * MINUTE);
	sum_feed_task(902, "begun");
	sum_feed_recent(RECVFROM, E_BADF, 1565, 0, begun, 100, 0);
	sum_has(sum_print(), "calls that fail: /proc/hostdiag/errors\n"
		"  200 worker openat ENOENT 160/s, 1600 in all, last 1.00s ago\n"
		"  trickle[901] openat ENOENT was 280/s 5m00s ago, 99000 in all, just now\n"
		"  renderd[900] openat ENOENT was 293/s 4m00s ago, 2936 in all, last 3m00s ago\n",
		"the storms that are over, too");
	sum_hasnt(sum_print(), "begun", "some seconds make no storm");
}

/* of EAGAIN, what says that a limit was met, or that a lock is held */
static void test_summary_eagain(void)
{
	const char *text;

	sum_begin(DAYS);
	sum_feed_task(812, "forker");
	feed_steady(CLONE, E_AGAIN, 400, 0, 30, 30, 0);
	sum_feed_task(813, "locker");
	feed_steady(FCNTL, E_AGAIN, 400, 0, 10, 10, 0);
	sum_feed_task(814, "once");
	feed_steady(FLOCK, E_AGAIN, 3, 0, 0, 0, 0);
	sum_feed_task(815, "server");
	feed_steady(ACCEPT4, E_AGAIN, 1ull << 32, 0, 9000, 9000, 0);
	text = sum_print();
	sum_has(text, "calls that fail: /proc/hostdiag/errors\n"
		"  forker[812] clone EAGAIN 12/s, 400 in all, just now\n"
		"  locker[813] fcntl EAGAIN 240/min, 400 in all, just now\n",
		"no more tasks, and a lock that is asked for again and again");
	sum_hasnt(text, "once", "a lock that was taken now and then");
	sum_hasnt(text, "server", "asking again is ordinary elsewhere");

	sum_begin(HOUR);
	sum_feed_task(812, "forker");
	feed_steady(CLONE, E_AGAIN, 9, 0, 3, 3, 0);
	sum_is_quiet(sum_print(), "few refused forks");
}

static void test_summary_leak(void)
{
	const char *text;
	u32 i;

	sum_begin(HOUR);
	for (i = 0; i < 4080; i++)
		sum_feed_open(77, "leaky", i * HOUR / 4080, i ? "/srv/old" : "/srv/new");
	for (i = 0; i < 1200; i++)
		sum_feed_open(78 + i % 2, "database", HOUR / 2, "/db/table");
	for (i = 0; i < 900; i++)
		sum_feed_open(80, "small", HOUR / 2, "/db/table");
	for (i = 0; i < 180; i++)
		sum_feed_open(81, "slowly", i * 20 * SECOND, "/tmp/x");
	text = sum_print();
	sum_has(text, "files left open: /proc/hostdiag/open\n"
		"  leaky[77] 4080 files open, 68/min more, oldest 59m59s, newest /srv/new\n"
		"  slowly[81] 180 files open, 3/min more, oldest 59m40s, newest /tmp/x\n"
		"  database 1200 files open, oldest 30m00s, newest /db/table\n",
		"the fastest grower first, then who has most");
	sum_hasnt(text, "small", "files that are in use");

	/* what has ended is told as the past, and after what goes on */
	sum_begin(HOUR);
	for (i = 0; i < 300; i++)
		sum_feed_open(76, "ended", 4 * MINUTE + i * SECOND, "/srv/old");
	for (i = 0; i < 180; i++)
		sum_feed_open(81, "slowly", i * 20 * SECOND, "/tmp/x");
	sum_has(sum_print(), "files left open: /proc/hostdiag/open\n"
		"  slowly[81] 180 files open, 3/min more, oldest 59m40s, newest /tmp/x\n"
		"  ended[76] 300 files open, 33/min more until 4m00s ago, oldest 8m59s, newest /srv/old\n",
		"a leak that is over");

	/* as soon as some seconds have been counted */
	sum_begin(8 * SECOND);
	for (i = 0; i < 80; i++)
		sum_feed_open(77, "leaky", i * 100 * MS, "/srv/x");
	for (i = 0; i < 80; i++)
		sum_feed_open(78, "starts", 7 * SECOND + i * MS, "/etc/x");
	/* one that began when half of the time was over */
	for (i = 0; i < 80; i++)
		sum_feed_open(79, "late", SECOND + i * 50 * MS, "/srv/y");
	text = sum_print();
	sum_has(text, "leaky[77] 80 files open, 10/s more, oldest 7.90s, newest /srv/x\n",
		"a leak that is young");
	sum_has(text, "  late[79] 80 files open, ", "a leak that began late");
	sum_hasnt(text, "starts", "the files that a daemon opens at its start");
}

static void feed_dsleep(u32 tid, const char *comm, u64 count, u64 sum_ns,
			u64 max_ns, u64 iowait_ns)
{
	struct hd_task_row row = row_task(tid, tid, comm);

	row.iowait_ns = iowait_ns;
	row.stat[HOSTDIAG_KIND_DSLEEP] = (struct hd_stat){
		.count = count, .sum_ns = sum_ns, .max_ns = max_ns,
	};
	if (tid)
		hd_summary_task(&sum_fed, &row);
	else
		hd_summary_exited(&sum_fed, &row);
}

static void feed_place(const char *place, const char *device, u64 total_ns)
{
	struct hd_place_row row = row_place(place, device, total_ns);

	hd_summary_place(&sum_fed, &row);
}

static void test_summary_dsleep(void)
{
	const char *text;

	sum_begin(HOUR);
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
	text = sum_print();
	sum_has(text, "D sleep so far: /proc/hostdiag/dsleep\n"
		"  2 pool 1m30s in 8 sleeps, max 20.0s, iowait 0, nfs:0:45, at nfs_wait\n"
		"  often[21] 40.0s in 900k sleeps, max 2.00ms, iowait 0\n"
		"  gone (ended) 8.00s in 2 sleeps, max 5.00s, iowait 0\n"
		"  dd[20] 2.00s in 4 sleeps, max 1.23s, iowait 1.00s, ext4:sda1, at folio_wait_bit\n",
		"D sleep, with where it was longest");
	sum_hasnt(text, "some[", "little in all, and none long");
}

static void test_summary_slow(void)
{
	const char *text;

	sum_begin(HOUR);
	sum_feed_slow(HOSTDIAG_SLOW_SYSCALL, 5, "mysqld", FSYNC, 2 * SECOND,
		      30 * MINUTE, "/db/redo log");
	sum_feed_slow(HOSTDIAG_SLOW_SYSCALL, 5, "mysqld", FSYNC, 3 * SECOND,
		      MINUTE, "/db/redo log");
	sum_feed_slow(HOSTDIAG_SLOW_SYSCALL, 6, "httpd", FLOCK, 35 * SECOND,
		      20 * MINUTE, "/tmp/sess");
	sum_feed_slow(HOSTDIAG_SLOW_SYSCALL, 7, "httpd", FLOCK, 34 * SECOND,
		      10 * MINUTE, "/tmp/sess");
	sum_feed_slow(HOSTDIAG_SLOW_SYSCALL, 8, "launcher", VFORK, 4 * SECOND, 0, "");
	sum_feed_slow(HOSTDIAG_SLOW_SYSCALL, 9, "idler", POLL, 50 * SECOND, 0, "");
	sum_feed_slow(HOSTDIAG_SLOW_OPEN, 10, "reportd", 0, 2 * SECOND, 5 * SECOND,
		      "/srv/report");
	sum_feed_slow(HOSTDIAG_SLOW_OPEN, 10, "reportd", 0, 2 * SECOND, 3 * SECOND,
		      "/srv/report");
	sum_feed_slow(HOSTDIAG_SLOW_OPEN, 11, "backup", 0, 9 * MINUTE, HOUR / 2,
		      "/mnt/disk");
	sum_feed_slow(HOSTDIAG_SLOW_OPEN, 12, "once", 0, 50 * SECOND, HOUR / 2,
		      "/mnt/once");
	text = sum_print();
	sum_has(text, "slow calls so far: /proc/hostdiag/slow\n"
		"  httpd flock on /tmp/sess: 2 times, longest 35.0s, last 10m00s ago\n"
		"  launcher[8] vfork: 4.00s, just now\n"
		"  mysqld[5] fsync on /db/redo\\040log: 2 times, longest 3.00s, last 1m00s ago\n",
		"slow calls, by the longest");
	sum_has(text, "files held for long, closed since: /proc/hostdiag/slow\n"
		"  backup[11] held /mnt/disk: 9m00s, last 30m00s ago\n"
		"  reportd[10] held /srv/report: 2 times, longest 2.00s, last 3.00s ago\n",
		"files held open");
	sum_hasnt(text, "idler", "an idle wait is not slow");
	sum_hasnt(text, "once", "a file may be held for a while");
}

/* of a file of record, which has the slow events of its own time alone */
static void feed_trimmed(u64 ago_ns)
{
	sum_begin(HOUR);
	sum_fed.view.flags |= HOSTDIAG_F_TRIMMED;
	sum_fed.view.slow_from_ns = ago_ns ? sum_fed.view.now_ns - ago_ns : 0;
	sum_feed_slow(HOSTDIAG_SLOW_SYSCALL, 6, "httpd", FLOCK, 35 * SECOND,
		      SECOND, "/tmp/sess");
	sum_feed_slow(HOSTDIAG_SLOW_OPEN, 11, "backup", 0, 9 * MINUTE, SECOND,
		      "/mnt/disk");
}

static void test_summary_trimmed(void)
{
	const char *text;

	feed_trimmed(10 * SECOND);
	text = sum_print();
	sum_has(text, "slow calls in the last 10.0s: /proc/hostdiag/slow\n",
		"slow calls since the snapshot before");
	sum_has(text, "files held for long, closed in the last 10.0s: /proc/",
		"files held since the snapshot before");
	feed_trimmed(0);
	text = sum_print();
	sum_has(text, "slow calls since the snapshot before: /proc/",
		"the same, of an older reader's");
	sum_hasnt(text, "so far", "nothing is said of all time");
}

static void test_summary_busy(void)
{
	struct hd_syscall_row call = {
		.abi = HOSTDIAG_ABI_X86_64, .nr = OPENAT,
		.stat = { .count = 123456, .sum_ns = 600 * SECOND },
		.wait = {
			.valid = true, .runq_ns = 60 * SECOND,
			.d_ns = 120 * SECOND, .sleep_ns = 300 * SECOND,
		},
	};
	const char *text;

	sum_begin(HOUR);
	sum_feed_task(10, "idler");
	sum_feed_call(POLL, 7, 3000 * SECOND);
	sum_feed_task(11, "second");
	sum_feed_call(READ, 4, 80 * SECOND);
	sum_feed_call(FSYNC, 3, 120 * SECOND);
	sum_feed_call(POLL, 9, 900 * SECOND);
	sum_feed_task(12, "first");
	hd_summary_syscall(&sum_fed, &call);
	sum_feed_task(13, "second");
	sum_feed_call(FSYNC, 3, 20 * SECOND);
	sum_feed_task(14, "little");
	sum_feed_call(FSYNC, 3, 100 * SECOND);
	sum_feed_task(15, "locked");
	call.nr = FLOCK;
	hd_summary_syscall(&sum_fed, &call);
	sum_feed_task(16, "mixed");
	sum_feed_call(READ, 4, 200 * SECOND);
	sum_feed_task(17, "mixed");
	sum_feed_call(FSYNC, 3, 190 * SECOND);
	sum_feed_task(18, "mixed");
	sum_feed_call(OPENAT, 3, 180 * SECOND);
	text = sum_print();
	sum_has(text, "time in calls, waits for work left out: /proc/hostdiag/syscalls\n"
		"  locked[15] 10m00s in 123k calls, mostly flock 10m00s: CPU 20%, run queue 10%, D 20%, locks 50%\n"
		"  3 mixed 9m30s in 10 calls, among them read 3m20s\n"
		"  first[12] 5m00s in 123k calls, mostly openat 5m00s: CPU 40%, run queue 20%, D 40%\n"
		"  2 second 3m40s in 10 calls, mostly fsync 2m20s\n",
		"the worst first, with its worst syscall and where its time went");
	sum_hasnt(text, "idler", "idle waits are not busy");
	sum_hasnt(text, "little", "100 s in an hour are not, either");
}

static void test_summary_forks(void)
{
	struct hd_task_row dead = row_task(0, 0, "sh");
	const char *text;
	u32 i;

	sum_begin(HOUR);
	for (i = 256; i; i--)
		sum_feed_death(i % 4 ? "sh" : "date", i % 16 == 1 ? 9 : 4711,
			       i * SECOND / 120);
	text = sum_print();
	sum_has(text, "fork storm: 120 tasks a second end, mostly sh (parent 4711): /proc/",
		"a fork storm, and whose it is");

	sum_begin(HOUR);
	for (i = 256; i; i--)
		sum_feed_death("sh", 1000 + i, i * SECOND / 120);
	sum_has(sum_print(), "mostly sh: ", "ended tasks of different parents");

	sum_begin(HOUR);
	for (i = 256; i; i--)
		sum_feed_death("sh", 4711, 20 * SECOND + i * SECOND / 120);
	sum_is_quiet(sum_print(), "a burst is over");

	sum_begin(HOUR);
	for (i = 256; i; i--)
		sum_feed_death("sh", 4711, 9 * SECOND + i * SECOND / 128);
	sum_has(sum_print(), "fork storm: 128 tasks a second ended, the last one 9.00s ago, mostly sh (parent 4711): ",
		"a fork storm that has just ended is told in the past tense");

	sum_begin(HOUR);
	for (i = 90; i; i--)
		sum_feed_death("sh", 4711, i * MS);
	sum_is_quiet(sum_print(), "a login");

	/* all the time: the newest are of the last moment that there was one */
	sum_begin(HOUR);
	dead.tasks = 108000;
	hd_summary_exited(&sum_fed, &dead);
	for (i = 256; i; i--)
		sum_feed_death("sh", 4711, 20 * SECOND + i * SECOND / 120);
	sum_has(sum_print(), "fork storm: 120 tasks a second ended, the last one 20.0s ago, mostly sh (parent 4711): ",
		"as many since the start");
}

/* @first: of so many by one parent, before @others by another one */
static const char *storm_of(u32 first, u32 others)
{
	u32 i;

	sum_begin(HOUR);
	for (i = 0; i < first + others; i++)
		sum_feed_death("sh", i < first ? 4711 : 9,
			       (first + others - i) * SECOND / 120);
	return sum_print();
}

/* how many more by one parent than by all others make it the parent of most */
static void test_summary_fork_parents(void)
{
	struct hd_task_row dead = row_task(0, 0, "sh");
	u32 i;

	sum_has(storm_of(63, 38), "mostly sh: ", "25 more of 101 are too few");
	sum_has(storm_of(64, 37), "mostly sh (parent 4711): ", "27 more are not");

	/* 20 a second are a storm */
	sum_begin(10 * SECOND);
	for (i = 200; i; i--)
		sum_feed_death("sh", 4711, i * SECOND / 20);
	sum_has(sum_print(), "fork storm: 20 tasks a second end", "20 a second");
	sum_begin(10 * SECOND);
	for (i = 190; i; i--)
		sum_feed_death("sh", 4711, i * SECOND / 19);
	sum_is_quiet(sum_print(), "19 a second");

	/* in less than a second, as if it had been one */
	sum_begin(SECOND / 2);
	dead.tasks = 1000;
	hd_summary_exited(&sum_fed, &dead);
	for (i = 100; i; i--)
		sum_feed_death("sh", 4711, i * 4 * MS);
	sum_has(sum_print(), "fork storm: 1000 tasks a second end", "the first second");
}

static void test_summary_crashes(void)
{
	const char *text;
	u32 i;

	sum_begin(HOUR);
	for (i = 5; i; i--) {
		sum_feed_end(100 + i, 100 + i, "shopd", 11, i * 10 * SECOND);
		/* its other thread ends with it */
		sum_feed_end(200 + i, 100 + i, "shopd", 11, i * 10 * SECOND);
		sum_feed_end(300 + i, 300 + i, "stopped", 15, i * SECOND);
		sum_feed_end(400 + i, 400 + i, "failed", 256, i * SECOND);
	}
	for (i = 2; i; i--)
		sum_feed_end(500 + i, 500 + i, "rare", 128 + 6, i * SECOND);
	text = sum_print();
	sum_has(text, "\ncrash loop: shopd (parent 812) SIGSEGV 5 times in 40.0s, last 10.0s ago: /proc/hostdiag/deaths\n",
		"a program that crashes again and again");
	sum_hasnt(text, "stopped", "a task that was ended by SIGTERM has not crashed");
	sum_hasnt(text, "loop: failed", "nor who gives up");
	sum_hasnt(text, "rare", "nor does two times make a loop");

	sum_begin(3 * HOUR);
	for (i = 5; i; i--)
		sum_feed_end(100 + i, 100 + i, "shopd", 11, 2 * HOUR + i * SECOND);
	sum_is_quiet(sum_print(), "crashes of long ago");

	sum_begin(HOUR);
	sum_feed_oom("mysqld", 9, 50 * SECOND);
	sum_feed_oom("java", 9, 40 * SECOND);
	sum_has(sum_print(), "\nout of memory: the kernel killed 2 processes, the last one java (parent 812), last 40.0s ago\n",
		"the processes that the OOM killer has killed");

	sum_begin(3 * HOUR);
	sum_feed_oom("java", 9, 2 * HOUR);
	sum_is_quiet(sum_print(), "want of memory of long ago");

	/* those of many names: the newest are kept */
	sum_begin(HOUR);
	for (i = 0; i < 3 * HD_SUMMARY_COMMS; i++)
		sum_feed_end(100 + i, 100 + i, (const char[]){ 'a' + i, '\0' }, 11,
			     (200 - i) * SECOND);
	for (i = 3; i; i--)
		sum_feed_end(100 + i, 100 + i, "loops", 128 + 6, i * SECOND);
	sum_has(sum_print(), "crash loop: loops (parent 812) SIGABRT 3 times in 2.00s, last 1.00s ago: ",
		"among crashes of many names");
}

void test_summary(void)
{
	test_summary_quiet();
	test_summary_stuck();
	test_summary_stuck_limit();
	test_summary_d();
	test_summary_errors();
	test_summary_errors_old();
	test_summary_errors_recent();
	test_summary_eagain();
	test_summary_leak();
	test_summary_dsleep();
	test_summary_slow();
	test_summary_trimmed();
	test_summary_busy();
	test_summary_forks();
	test_summary_fork_parents();
	test_summary_crashes();
}
