// SPDX-License-Identifier: GPL-2.0-only
/* All that waits, by who or what is to blame. */
#include "tap.h"
#include "host_build.h"

#define CROWD	200

/* in D sleep */
static struct hd_stuck_row *sleeps(u32 tid, u32 nr, u64 age_s, const char *place)
{
	struct hd_stuck_row *stuck = host_stuck(tid, tid, nr, age_s, 3);

	stuck->state = 'D';
	stuck->d_age_ns = age_s * 1000000000;
	snprintf(stuck->place, sizeof(stuck->place), "%s", place);
	return stuck;
}

/* task 10 has the lock on a file, and so many want it */
static void make_crowd(u32 waiters, char holder_state)
{
	static char locks[256 * (CROWD + 1)];
	char path[256];
	size_t used;
	u64 inode;
	u32 i;

	inode = host_inode("db", path);
	used = snprintf(locks, sizeof(locks),
			"1: FLOCK  ADVISORY  WRITE 10 08:01:%llu 0 EOF\n", inode);
	host_status(10, 10, "broker", holder_state, 1, 1);
	host_fd(10, 4, path, 2, "");
	for (i = 0; i < waiters; i++) {
		used += snprintf(locks + used, sizeof(locks) - used,
				 "1: -> FLOCK  ADVISORY  WRITE %u 08:01:%llu 0 EOF\n",
				 20 + i, inode);
		host_task(20 + i, 20 + i, "client");
		host_fd(20 + i, 3, path, 2, "");
		snprintf(host_stuck(20 + i, 20 + i, CALL_FLOCK, 60 + i, 3)->path,
			 HD_PATH_LEN, "/db");
	}
	host_file(locks, "proc/locks");
}

static void test_stopped(void)
{
	host_begin();
	make_crowd(3, 'T');
	check_story(host_end_tree(),
		    "10 (broker) is stopped by a signal: kill -CONT 10 lets it go on; 3 wait behind it, the longest for 1m02s\n"
		    "  3 wait for a lock on /db, such as 22 (client) for 1m02s\n",
		    "a lock's holder that is stopped");
	host_begin();
	make_crowd(CROWD, 'T');
	check_says(host_end_tree(), "; 200 wait behind it",
		   "two hundred behind one");
	host_begin();
	host_status(10, 10, "broker", 'T', 1, 1);
	check_story(host_end_tree(), "", "no task waits for a stopped task");
}

/* a pipe of 30, which writes, and 31, which reads */
static void make_pipe(char writer_state)
{
	host_status(30, 30, "maker", writer_state, 1, 1);
	host_fd(30, 1, "pipe:[812]", 1, "");
	host_task(31, 31, "taker");
	host_fd(31, 3, "pipe:[812]", 0, "");
	host_stuck(31, 31, CALL_READ, 5, 3)->class = HOSTDIAG_CLASS_IDLE;
}

static void test_work(void)
{
	host_begin();
	make_pipe('S');
	check_story(host_end_tree(), "", "a wait for work is not in the tree");
	host_begin();
	make_pipe('T');
	check_says(host_end_tree(), "30 (maker) is stopped by a signal",
		   "a wait for a stopped task is a trouble");
	host_begin();
	make_pipe('T');
	host_task(32, 32, "other");
	host_fd(32, 1, "pipe:[812]", 1, "");
	check_story(host_end_tree(), "",
		    "two tasks can write, and one of them is not stopped");
	host_begin();
	host_status(30, 30, "maker", 'S', 1, 2);
	host_fd(30, 1, "pipe:[812]", 1, "");
	host_status(33, 30, "flusher", 'D', 1, 2);
	sleeps(33, CALL_FSYNC, 9, "folio_wait_bit")->fd = -1;
	host_task(31, 31, "taker");
	host_fd(31, 3, "pipe:[812]", 0, "");
	host_stuck(31, 31, CALL_READ, 5, 3)->class = HOSTDIAG_CLASS_IDLE;
	check(!strstr(host_end_tree(), "behind it"),
	      "why: which thread of a process is waited for is not known");
}

/* 40 serves a mount, and reads its requests */
static void test_daemon(void)
{
	host_begin();
	host_task(40, 40, "sshfs");
	host_fd(40, 3, "/dev/fuse", 2, "");
	strcpy(host_stuck(40, 40, CALL_READ, 60, 3)->place,
	       "fuse_dev_do_read<fuse_dev_read");
	check_story(host_end_tree(), "",
		    "a daemon that waits for requests is not in the tree");
}

#define BLOCKED_HEAD \
	"# hostdiag blocked\n# tid\n"

static void test_kernel(void)
{
	/* 50 waits for a mutex of 10, which waits for the lock of a file */
	host_begin();
	make_crowd(1, 'T');
	host_task(50, 50, "ip");
	sleeps(50, CALL_READ, 70, "__mutex_lock<rtnetlink_rcv_msg")->fd = -1;
	host_file(BLOCKED_HEAD
		  "50 50 ip D 70000000000 mutex rtnl_mutex held 20 20 client 1 0 20 20 client __mutex_lock\n",
		  "proc/hostdiag/blocked");
	check_story(host_end_tree(),
		    "10 (broker) is stopped by a signal: kill -CONT 10 lets it go on; 2 wait behind it, the longest for 1m10s\n"
		    "  1 waits for a lock on /db, such as 20 (client) for 1m00s\n"
		    "  1 waits for the mutex rtnl_mutex, such as 50 (ip) for 1m10s\n",
		    "a lock of the kernel's and one of a file are one chain");
	host_begin();
	host_status(51, 51, "dd", 'D', 1, 1);
	sleeps(51, CALL_FSYNC, 9, "folio_wait_bit")->fd = -1;
	host_status(52, 52, "dd", 'D', 1, 1);
	sleeps(52, CALL_FSYNC, 8, "folio_wait_bit")->fd = -1;
	check_story(host_end_tree(),
		    "2 wait for a disk, the longest for 9.00s, such as 51 (dd)\n",
		    "waits without a known culprit are put together");
}

#define LEDGER_HEAD \
	"# hostdiag ledger\n# when_ns\n"

static void test_things(void)
{
	static const char dm[] =
		"15 1 253:0 / /mnt/data rw - ext4 /dev/mapper/data rw\n";
	static const char nfs[] =
		"15 1 0:50 / /mnt/nfs rw - nfs4 10.9.0.2:/ rw\n";
	static const char loop[] = "15 1 7:1 / /srv rw - ext4 /dev/loop1 rw\n";
	const char *story;

	host_begin();
	host_status(60, 60, "ordersd", 'D', 1, 1);
	host_file(dm, "proc/60/mountinfo");
	host_fd(60, 3, "/mnt/data/1", 2, "");
	sleeps(60, CALL_FSYNC, 9, "jbd2_log_wait_commit");
	host_link("sys/dev/block/253:0", "../../devices/virtual/block/dm-0");
	host_file("1\n", "sys/block/dm-0/dm/suspended");
	host_file("data\n", "sys/block/dm-0/dm/name");
	check_story(host_end_tree(),
		    "the device data (dm-0) is suspended: dmsetup resume data lets it go on; 1 waits for that, the longest for 9.00s\n"
		    "  1 waits for the device data (dm-0), such as 60 (ordersd) for 9.00s\n",
		    "a device that is suspended");
	host_begin();
	host_status(61, 61, "trainer", 'D', 1, 1);
	host_file(nfs, "proc/61/mountinfo");
	host_fd(61, 3, "/mnt/nfs/data", 2, "");
	sleeps(61, CALL_READ, 9, "rpc_wait_bit_killable");
	check_says(host_end_tree(),
		   "the NFS server of /mnt/nfs, 10.9.0.2:/, does not answer; 1 waits for that",
		   "an NFS server that does not answer");
	host_begin();
	host_status(61, 61, "trainer", 'D', 1, 1);
	host_file(nfs, "proc/61/mountinfo");
	host_fd(61, 3, "/mnt/nfs/data", 2, "");
	sleeps(61, CALL_READ, 9, "folio_wait_bit_common<filemap_get_pages");
	check_says(host_end_tree(),
		   "the NFS server of /mnt/nfs, 10.9.0.2:/, does not answer; 1 waits for that",
		   "of whom a page is read");
	host_begin();
	host_status(62, 62, "touch", 'D', 1, 1);
	host_file(loop, "proc/62/mountinfo");
	host_fd(62, 3, "/srv/x", 2, "");
	sleeps(62, CALL_WRITE, 9, "percpu_rwsem_wait");
	check_says(host_end_tree(),
		   "the file system of /srv is frozen: fsfreeze -u /srv lets it go on; 1 waits",
		   "a file system that is frozen");
	host_begin();
	host_status(62, 62, "touch", 'D', 1, 1);
	host_file(loop, "proc/62/mountinfo");
	host_fd(62, 3, "/srv/x", 2, "");
	host_file(LEDGER_HEAD
		  "5 freeze stands 8 8 fsfreeze 1 1 - - - 1793 ext4:loop1\n"
		  "6 freeze stands 9 9 other 1 1 - - - 1794 ext4:loop2\n",
		  "proc/hostdiag/ledger");
	sleeps(62, CALL_WRITE, 9, "percpu_rwsem_wait");
	story = host_end(62);
	check_says(story, " ago by fsfreeze[8], which has ended",
		   "the task that froze the awaited file system");
	check(!strstr(story, "other"), "no task that froze another file system");
	host_begin();
	host_status(62, 62, "touch", 'D', 1, 1);
	host_file(loop, "proc/62/mountinfo");
	host_fd(62, 3, "/srv/x", 2, "");
	sleeps(62, CALL_WRITE, 9, "folio_wait_bit");
	check_story(host_end_tree(),
		    "1 waits for a disk, the longest for 9.00s, such as 62 (touch)\n",
		    "a disk of which nothing is known");
}

/* 63 waits for what it has submitted to a device that is suspended */
static const char *wait_async(const char *also)
{
	char path[256];

	host_begin();
	host_inode("f", path);
	host_task(63, 63, "innodb");
	host_file("15 1 253:0 / / rw - ext4 /dev/mapper/data rw\n",
		  "proc/63/mountinfo");
	host_fd(63, 3, path, 2, "");
	host_fd(63, 4, "anon_inode:[io_uring]", 2, "");
	if (also[0])
		host_fd(63, 5, also, 2, "");
	host_link("sys/dev/block/253:0", "../../devices/virtual/block/dm-0");
	host_file("1\n", "sys/block/dm-0/dm/suspended");
	host_file("data\n", "sys/block/dm-0/dm/name");
	host_stuck(63, 63, CALL_IO_URING_ENTER, 9, 4)->class = HOSTDIAG_CLASS_IDLE;
	return host_end_tree();
}

static void test_async(void)
{
	check_says(wait_async(""), "the device data (dm-0) is suspended: ",
		   "a device that all that was submitted is for");
	check_story(wait_async("socket:[71]"), "",
		    "it may as well wait for a socket");
}

static void make_traced(char tracer_state)
{
	make_crowd(1, 't');
	host_file("Name:\tbroker\nState:\tt\nTgid:\t10\nPPid:\t1\n"
		  "TracerPid:\t70\nThreads:\t1\nNSpid:\t10\n",
		  "proc/10/status");
	host_status(70, 70, "gdb", tracer_state, 1, 1);
}

static void test_traced(void)
{
	host_begin();
	make_traced('S');
	check_says(host_end_tree(),
		   "70 (gdb) traces 10 (broker) and keeps it stopped; 1 waits behind it",
		   "a tracer is to blame for whom it stops");
	host_begin();
	make_traced('T');
	check_says(host_end_tree(), "70 (gdb) is stopped by a signal",
		   "or who stopped the tracer");
}

/* the acts of the ledger that others may wait for, of that host */
static struct hd_stalls stalls_of_host(u64 before_ns)
{
	struct hd_why_tree tree;
	struct hd_stalls stalls;

	hd_why_ready(&host);
	hd_why_tree(&host, &tree);
	hd_why_tree_stalls(&host, &tree, before_ns, &stalls);
	hd_why_tree_free(&tree);
	host_end(0);
	return stalls;
}

static void make_stops(void)
{
	host_status(80, 80, "parked", 'T', 1, 1);
	host_file(LEDGER_HEAD
		  "5 stop stands 7 7 sh 0 1 - - - 80 parked\n"
		  "6 stop stands 7 7 sh 0 1 - - - 10 broker\n"
		  "7 freeze stands 8 8 fsfreeze 1 1 - - - 1794 ext4:loop2\n"
		  "9 stop stands 7 7 sh 0 1 - - - 80 parked\n",
		  "proc/hostdiag/ledger");
}

static void test_stalls(void)
{
	struct hd_stalls stalls;

	host_begin();
	make_crowd(1, 'T');
	make_stops();
	stalls = stalls_of_host(8);
	check_number(stalls.len, 2, "acts that others may wait for");
	check_number(stalls.row[1].target, 10, "a stopped task that others wait for is named");
	check_number(stalls.unwanted, 1, "a stopped task that nobody waits for is counted");
	host_begin();
	make_stops();
	stalls = stalls_of_host(8);
	check_number(stalls.unwanted, 2, "so are all where nobody waits");
	host_begin();
	make_stops();
	host_status(62, 62, "touch", 'D', 1, 1);
	sleeps(62, CALL_WRITE, 9, "folio_wait_bit")->fd = -1;
	stalls = stalls_of_host(8);
	check_number(stalls.len + stalls.more, 3, "all are named where the root is not known");
	check_number(stalls.unwanted, 0, "and none is only counted");
	host_begin();
	make_stops();
	host_status(61, 61, "trainer", 'D', 1, 1);
	host_file("15 1 0:50 / /mnt/nfs rw - nfs4 10.9.0.2:/ rw\n", "proc/61/mountinfo");
	host_fd(61, 3, "/mnt/nfs/data", 2, "");
	sleeps(61, CALL_READ, 9, "rpc_wait_bit_killable");
	stalls = stalls_of_host(8);
	check_number(stalls.unwanted, 0, "nor where a server does not answer, which may be one");
}

void test_why_tree(void)
{
	test_stopped();
	test_work();
	test_daemon();
	test_kernel();
	test_things();
	test_traced();
	test_stalls();
	test_async();
}
