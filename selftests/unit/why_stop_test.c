// SPDX-License-Identifier: GPL-2.0-only
/* Why: tasks that are stopped, daemons, dead owners, and files that hang. */
#include "util.h"
#include "tap.h"
#include "host_build.h"

static void test_futex_others(void)
{
	const u32 at_fork[5] = { 2, 0, 49, 1, 0 }, shared[5] = { 2, 0, 0, 1, 0 };

	/* 48 is a child of 40, and 49 a thread of that */
	host_begin();
	host_status(40, 40, "app", 'S', 1, 2);
	host_status(49, 40, "logger", 'S', 1, 2);
	host_status(48, 48, "app", 'S', 40, 1);
	host_memory(48, 0x1000, at_fork, sizeof(at_fork));
	host_stuck(48, 48, CALL_FUTEX, 9, 0x1000)->args[1] = 128;
	check_says(host_end(48),
		   "likely nobody will release a lock of 48 (app): at the fork 49 (logger, thread of 40) had it\n",
		   "a mutex that was locked at the fork");

	/* the word is 2, and there is a task of that number */
	host_begin();
	host_task(2, 2, "kthreadd");
	host_task(46, 46, "one");
	host_file("5000-7000 rw-s 00003000 00:05 812 /dev/shm/x\n",
		  "proc/46/maps");
	host_memory(46, 0x6010, shared, sizeof(shared));
	host_stuck(46, 46, CALL_FUTEX, 9, 0x6010)->args[2] = 2;
	check_story(host_end(46),
		    "46 (one) is in futex at 0x6010 for 9.00s\n"
		    "  who holds the lock is not known: no owner is noted beside it\n"
		    "root: somebody who is not known holds a lock of 46 (one)\n",
		    "a mutex that is locked is not held by the task 2");
}

static void test_new(void)
{
	host_begin();
	host_task(81, 81, "new");
	host_file("0 0x3 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7f00\n", "proc/81/syscall");
	hd_why_add_seen(&host, 90);
	hd_why_add_seen(&host, 81);
	check_says(host_end(81), "81 (new) is in read on fd 3 since just now\n",
		   "a call that began after the snapshot");
	host_begin();
	host_task(81, 81, "new");
	host.since_ns = 5000000000;
	host_file("0 0x3 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7f00\n", "proc/81/syscall");
	check_says(host_end(81), "81 (new) is in read on fd 3 since just now\n",
		   "a call of a task that was made after the module");
}

static void test_stopped(void)
{
	host_begin();
	host_status(31, 31, "svc", 'T', 1, 1);
	host_fd(31, 0, "pipe:[900]", 0, "");
	host_stuck(31, 31, CALL_READ, 9, 0)->state = 'T';
	check_story(host_end(31),
		    "31 (svc) is stopped by a signal: kill -CONT 31 lets it go on\n"
		    "  it is in read on fd 0 = pipe:[900] for 9.00s, and goes on with that only then\n",
		    "a task that is stopped does not wait in its call");

	host_begin();
	host_file("Name:\tsvc\nState:\tt (tracing stop)\nTgid:\t32\nTracerPid:\t33\nThreads:\t1\n",
		  "proc/32/status");
	host_task(33, 33, "gdb");
	host_stuck(33, 33, CALL_READ, 60, 0);
	check_says(host_end(32),
		   "32 (svc) is stopped by its tracer, 33 (gdb)\n"
		   "33 (gdb) is in read on fd 0 for 1m00s\n",
		   "a task that is traced waits for its tracer");

	host_begin();
	host_task(34, 34, "svc");
	host_file("0::/a/svc\n", "proc/34/cgroup");
	host_file("0\n", "sys/fs/cgroup/a/svc/cgroup.freeze");
	host_file("1\n", "sys/fs/cgroup/a/cgroup.freeze");
	strcpy(host_stuck(34, 34, CALL_FLOCK, 9, 3)->place,
	       "do_freezer_trap<get_signal");
	check_says(host_end(34),
		   "34 (svc) is frozen: its cgroup /sys/fs/cgroup/a is\n"
		   "  it is in flock on fd 3 for 9.00s, and goes on",
		   "a task whose cgroup is frozen");

	/* inlined, of a task that the snapshot has not */
	host_begin();
	host_task(34, 34, "svc");
	host_file("0::/a\n", "proc/34/cgroup");
	host_file("1\n", "sys/fs/cgroup/a/cgroup.freeze");
	host_file("get_signal", "proc/34/wchan");
	host_file("0 0x3 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7f00\n", "proc/34/syscall");
	hd_why_add_seen(&host, 34);
	check_story(host_end(34),
		    "34 (svc) is frozen: its cgroup /sys/fs/cgroup/a is\n"
		    "  it is in read on fd 3, and goes on with that only then\n",
		    "a frozen task whose call's age is not known");
	host_begin();
	host_task(34, 34, "svc");
	host_file("get_signal", "proc/34/wchan");
	check_says(host_end(34), "34 (svc) sleeps (state S)",
		   "a task that handles a signal is not frozen");

	host_begin();
	host_task(35, 35, "svc");
	host_file("3:cpu,freezer:/x\n0::/\n", "proc/35/cgroup");
	host_file("1\n", "sys/fs/cgroup/freezer/x/freezer.self_freezing");
	host_file("__refrigerator", "proc/35/wchan");
	check_says(host_end(35), "is frozen: its cgroup /sys/fs/cgroup/freezer/x is\n",
		   "the same of cgroups of version 1");
}

static void test_cpu(void)
{
	host_begin();
	host_status(36, 36, "svc", 'R', 1, 1);
	host_file("5000 6000 7\n", "proc/36/schedstat");
	host_file("0::/svc\n", "proc/36/cgroup");
	host_file("5000 100000\n", "sys/fs/cgroup/svc/cpu.max");
	host_file("usage_usec 1\nnr_periods 9\nnr_throttled 7\n",
		  "sys/fs/cgroup/svc/cpu.stat");
	check_story(host_end(36),
		    "36 (svc) is not waiting in any call now: it waits for a CPU: it has not run in the last 30 ms\n"
		    "  its cgroup /sys/fs/cgroup/svc may run 5000 of each 100000 us, and was throttled 7 times\n",
		    "a task that waits for a CPU, and is throttled");
}

static void test_fuse(void)
{
	struct hd_stuck_row *stuck;

	host_begin();
	host_task(37, 37, "ls");
	host_task(38, 38, "sshfs");
	host_task(39, 39, "other");
	host_fd(37, 3, "/mnt/remote/data", 2, "");
	host_fd(38, 4, "/dev/fuse", 2, "");
	host_file("15 1 0:40 / /mnt/remote rw - fuse.sshfs host:/ rw\n",
		  "proc/37/mountinfo");
	host_file("3\n", "sys/fs/fuse/connections/40/waiting");
	stuck = host_stuck(37, 37, CALL_READ, 9, 3);
	strcpy(stuck->place, "request_wait_answer<__fuse_simple_request");
	host_stuck(38, 38, CALL_RECVFROM, 9, 5);
	check_says(host_end(37),
		   "37 (ls) is in read on fd 3 = /mnt/remote/data for 9.00s\n"
		   "  it waits for the daemon of /mnt/remote (fuse.sshfs), where 3 requests wait\n"
		   "  the daemon is 38 (sshfs) as fd 4\n"
		   "38 (sshfs) is in recvfrom",
		   "the daemon of a FUSE mount, and what that waits for");

	host_begin();
	host_task(37, 37, "ls");
	host_task(38, 38, "sshfs");
	host_task(39, 39, "other");
	host_fd(38, 4, "/dev/fuse", 2, "");
	host_fd(39, 4, "/dev/fuse", 2, "");
	strcpy(host_stuck(37, 37, CALL_READ, 9, 3)->place, "fuse_get_req");
	check_says(host_end(37),
		   "the daemon is one of 38 (sshfs) as fd 4, 39 (other) as fd 4\n",
		   "several daemons: it may be any");

	host_begin();
	host_task(38, 38, "loopfs");
	host_fd(38, 4, "/dev/fuse", 2, "");
	strcpy(host_stuck(38, 38, CALL_READ, 9, 3)->place, "request_wait_answer");
	check_says(host_end(38),
		   "deadlock: 38 (loopfs) waits for itself\n",
		   "a daemon that waits on its own mount");
}

/* whatever is read of it hangs: what is known without that is told, soon */
static void test_hangs(void)
{
	u64 start_ns = hd_now_ns();

	host_begin();
	host_status(95, 95, "svc", 'S', 1, 1);
	host_hangs("proc/95/mem");
	host_hangs("proc/95/maps");
	host_hangs("proc/95/exe");
	host_hangs("proc/95/syscall");
	host_hangs("proc/95/fdinfo/3");
	host_hangs("proc/95/cgroup");
	host_hangs("proc/locks");
	host_link("proc/95/fd/3", "/mnt/remote/data");
	host_stuck(95, 95, CALL_FUTEX, 9, 0x1000)->args[2] = 2;
	check_story(host_end(95),
		    "95 (svc) is in futex at 0x1000 for 9.00s\n"
		    "  who holds it is not known: its memory cannot be read: reading it hangs\n",
		    "memory that nobody can read");
	host_begin();
	host_task(95, 95, "svc");
	host_hangs("proc/locks");
	host_hangs("proc/95/fdinfo/3");
	host_link("proc/95/fd/3", "/mnt/remote/data");
	host_stuck(95, 95, CALL_FLOCK, 9, 3);
	check_story(host_end(95),
		    "95 (svc) is in flock on fd 3 = /mnt/remote/data for 9.00s\n"
		    "  who holds the lock is not known: /proc/locks: reading it hangs\n",
		    "locks that nobody can read");
	host_begin();
	host_task(95, 95, "svc");
	host_hangs("proc/95/syscall");
	check_story(host_end(95),
		    "95 (svc) sleeps (state S): in which call is not known: looking hangs, as while it is in exec\n",
		    "a call that nobody can look at");
	check(hd_now_ns() - start_ns < 5000000000ull,
	      "why: what hangs is not waited for");
}

void test_why_stop(void)
{
	test_new();
	test_stopped();
	test_cpu();
	test_fuse();
	test_futex_others();
	test_hangs();
}
