// SPDX-License-Identifier: GPL-2.0-only
/* Why: from files and stuck tasks to the story. */
#include <stdlib.h>
#include <sys/file.h>

#include "tap.h"
#include "host_build.h"

#define LISTEN_3306 \
	"   0: 00000000:0CEA 00000000:0000 0A 00000000:00000001 00:00000000 00000000 0 0 70 1 0 100 0 0 10 0\n"
#define CLIENT_3306 \
	"   1: 0100007F:A1B2 0100007F:0CEA 01 00000000:00000000 00:00000000 00000000 0 0 71 1 0 20 4 30 10 -1\n"
#define SERVER_3306(inode) \
	"   2: 0100007F:0CEA 0100007F:A1B2 01 00000000:00000000 00:00 00000000 0 0 " inode "\n"
#define HEAD \
	"  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt uid timeout inode\n"

static u32 count_lines(const char *story)
{
	u32 lines = 0;

	while ((story = strchr(story, '\n'))) {
		story++;
		lines++;
	}
	return lines;
}

static void test_session_lock(void)
{
	struct hd_open_row row = {
		.age_ns = 3720ull * 1000000000, .tid = 1111, .tgid = 1111,
		.comm = "httpd", .fd = 9,
	};
	char path[256], locks[256], lock[128];
	u64 inode;

	host_begin();
	inode = host_inode("sess_abc", path);
	snprintf(row.path, sizeof(row.path), "%s", path);
	snprintf(lock, sizeof(lock),
		 "lock:\t1: FLOCK  ADVISORY  WRITE 1111 08:01:%llu 0 EOF\n",
		 inode);
	snprintf(locks, sizeof(locks),
		 "1: FLOCK  ADVISORY  WRITE 1111 08:01:%llu 0 EOF\n"
		 "1: -> FLOCK  ADVISORY  WRITE 2222 08:01:%llu 0 EOF\n",
		 inode, inode);
	host_file(locks, "proc/locks");
	host_task(1111, 1111, "httpd");
	host_task(2222, 2222, "httpd");
	host_fd(1111, 3, path, 0, "");
	host_fd(1111, 9, path, 2, lock);
	host_fd(1111, 11, "socket:[71]", 2, "");
	host_fd(2222, 10, path, 2, "");
	host_file(HEAD CLIENT_3306, "proc/self/net/tcp");
	host_stuck(2222, 2222, CALL_FLOCK, 35, 10);
	host_stuck(1111, 1111, CALL_RECVFROM, 3720, 11)->class =
		HOSTDIAG_CLASS_IDLE;
	hd_why_add_open(&host, &row);
	check_story(host_end(2222),
		    "2222 (httpd) is in flock on fd 10 = /sess_abc for 35.0s\n"
		    "  the lock is held by 1111 (httpd) as fd 9, which opened the file 1h02m ago\n"
		    "1111 (httpd) is in recvfrom on fd 11 = TCP connection from 127.0.0.1:41394 to 127.0.0.1:3306 for 1h02m\n"
		    "  nothing was received in that time\n"
		    "  the other end, 127.0.0.1:3306, is gone: the connection is dead\n"
		    "root: 1111 (httpd) is in recvfrom on fd 11 = TCP connection from 127.0.0.1:41394 to 127.0.0.1:3306 for 1h02m\n",
		    "a session lock, and a connection that is dead");
}

/* task 13 waits behind the request of task 12, so that /proc/locks does not show it */
static void test_hidden_request(void)
{
	struct hd_stuck_row *stuck;
	char path[256], locks[256];
	u64 inode;
	u32 tid;

	host_begin();
	inode = host_inode("file", path);
	snprintf(locks, sizeof(locks),
		 "1: FLOCK  ADVISORY  WRITE 11 08:01:%llu 0 EOF\n"
		 "1: -> FLOCK  ADVISORY  WRITE 12 08:01:%llu 0 EOF\n",
		 inode, inode);
	host_file(locks, "proc/locks");
	for (tid = 11; tid <= 13; tid++) {
		host_task(tid, tid, "svc");
		host_fd(tid, 3, path, 2, "");
	}
	stuck = host_stuck(13, 13, CALL_FLOCK, 5, 3);
	stuck->args[1] = LOCK_EX;
	check_says(host_end(13), "the lock is held by 11 (svc) as fd 3",
		   "a request that /proc/locks does not show");
}

/* who holds the lock on file N is task 11 + N, who waits for it the one before */
static void make_ring(u32 tasks, bool closed)
{
	char path[256], name[16], locks[8192];
	size_t used = 0;
	u64 inode;
	u32 i;

	host_begin();
	for (i = 0; i < tasks; i++) {
		u32 waiter = 11 + i, holder = 11 + (i + 1) % tasks;

		snprintf(name, sizeof(name), "f%u", i);
		inode = host_inode(name, path);
		host_task(waiter, waiter, "dl");
		host_fd(waiter, 3, path, 2, "");
		if (i + 1 == tasks && !closed)
			break;
		host_fd(holder, 4, path, 2, "");
		host_stuck(waiter, waiter, CALL_FLOCK, 5, 3);
		used += snprintf(locks + used, sizeof(locks) - used,
				 "%u: FLOCK  ADVISORY  WRITE %u 08:01:%llu 0 EOF\n"
				 "%u: -> FLOCK  ADVISORY  WRITE %u 08:01:%llu 0 EOF\n",
				 i, holder, inode, i, waiter, inode);
	}
	host_file(locks, "proc/locks");
}

static void test_deadlock(void)
{
	const char *story;

	make_ring(3, true);
	story = host_end(11);
	check_says(story, "\n"
		   "deadlock: 11 (dl) waits for 12 (dl), which waits for 13 (dl), which waits for 11 (dl)\n",
		   "three that wait for each other are a deadlock");
	check_says(story, "13 (dl) is in flock on fd 3 = ",
		   "each is told of before");
	make_ring(40, false);
	story = host_end(11);
	check_says(story, "More is left out", "a long chain is cut");
	check(count_lines(story) <= 20, "why: at most 20 lines");
	make_ring(1, true);
	check_says(host_end(11), "\ndeadlock: 11 (dl) waits for itself\n",
		   "a task may wait for its own lock");
}

static void test_chain(void)
{
	bool is_circle;
	u32 chain[8], length;

	make_ring(3, true);
	hd_why_ready(&host);
	length = hd_why_chain(&host, 12, chain, ARRAY_SIZE(chain), &is_circle);
	check(length == 3 && chain[0] == 12 && chain[1] == 13 &&
	      chain[2] == 11 && is_circle, "why: a chain as data: a circle");
	host_end(11);
	make_ring(3, false);
	hd_why_ready(&host);
	length = hd_why_chain(&host, 11, chain, ARRAY_SIZE(chain), &is_circle);
	check(length == 3 && chain[2] == 13 && !is_circle,
	      "why: a chain as data: up to the last");
	check(hd_why_chain(&host, 4711, chain, ARRAY_SIZE(chain),
			   &is_circle) == 0, "why: no chain of no task");
	host_end(11);
}

/* 21 waits for a lock on bytes 100 to 199 of a file */
static void begin_range(u32 command, const char *locks, char path[256])
{
	char text[1024];
	u64 inode;

	host_begin();
	inode = host_inode("data base", path);
	snprintf(text, sizeof(text), locks, inode, inode, inode, inode);
	host_file(text, "proc/locks");
	host_task(21, 21, "db");
	host_task(22, 22, "db");
	host_task(23, 23, "db");
	host_fd(21, 3, path, 2, "");
	host_fd(22, 3, path, 2, "");
	host_stuck(21, 21, CALL_FCNTL, 1, 3)->args[1] = command;
}

static void test_ranges(void)
{
	char path[256], lock[128];
	const char *story;

	begin_range(7, "1: POSIX  ADVISORY  READ  22 08:01:%llu 0 99\n"
		       "2: POSIX  ADVISORY  READ  23 08:01:%llu 150 EOF\n"
		       "2: -> POSIX  ADVISORY  WRITE 21 08:01:%llu 100 199\n"
		       "2:  -> POSIX  ADVISORY  WRITE 22 08:01:%llu 100 199\n",
		    path);
	story = host_end(21);
	check_says(story, "it wants bytes 100 to 199, exclusive",
		   "the bytes of a POSIX lock");
	check_says(story, "the lock is held by 23 (db)\n",
		   "the holder of a lock on the bytes");
	check(!strstr(story, "22 (db)"),
	      "why: not who has others, nor who waits too");
	check_says(story, "data\\040base", "a path is escaped");

	begin_range(38, "1: OFDLCK ADVISORY  WRITE -1 08:01:%llu 0 EOF\n"
			"1: -> OFDLCK ADVISORY  WRITE -1 08:01:%llu 0 EOF\n",
		    path);
	snprintf(lock, sizeof(lock),
		 "lock:\t1: OFDLCK ADVISORY  WRITE -1 08:01:%llu 0 EOF\n",
		 host_inode("data base", path));
	host_fd(23, 7, path, 2, lock);
	check_says(host_end(21),
		   "the lock is that of an open file, held by 23 (db) as fd 7\n",
		   "the holder of an open file that has a lock");
}

static void test_lock_left_behind(void)
{
	char path[256], locks[256], lock[128];
	u64 inode;

	host_begin();
	inode = host_inode("pid", path);
	snprintf(locks, sizeof(locks),
		 "1: FLOCK  ADVISORY  WRITE 30 08:01:%llu 0 EOF\n"
		 "1: -> FLOCK  ADVISORY  WRITE 31 08:01:%llu 0 EOF\n",
		 inode, inode);
	snprintf(lock, sizeof(lock),
		 "lock:\t1: FLOCK  ADVISORY  WRITE 30 08:01:%llu 0 EOF\n",
		 inode);
	host_file(locks, "proc/locks");
	host_task(31, 31, "cron");
	host_status(32, 32, "child", 'T', 1, 1);
	host_fd(31, 3, path, 0, "");
	host_fd(32, 5, path, 0, lock);
	host_stuck(31, 31, CALL_FLOCK, 1, 3);
	check_story(host_end(31),
		    "31 (cron) is in flock on fd 3 = /pid for 1.00s\n"
		    "  the lock was taken by 30, which is gone; its open file is held by 32 (child) as fd 5\n"
		    "32 (child) is stopped by a signal: kill -CONT 32 lets it go on\n"
		    "root: 32 (child) is stopped by a signal: kill -CONT 32 lets it go on\n",
		    "a lock outlives who took it");
}

/* 40 with threads 41 and 42; 41 waits for a futex at 0x1000 */
static void begin_threads(u32 op, u32 value)
{
	struct hd_stuck_row *stuck;

	host_begin();
	host_status(40, 40, "app", 'S', 1, 3);
	host_status(41, 40, "worker", 'S', 1, 3);
	host_status(42, 40, "owner", 'S', 1, 3);
	stuck = host_stuck(41, 40, CALL_FUTEX, 9, 0x1000);
	stuck->args[1] = op;
	stuck->args[2] = value;
	stuck->class = HOSTDIAG_CLASS_IDLE;
	host_stuck(42, 40, CALL_FSYNC, 9, 3);
	host_stuck(40, 40, CALL_EPOLL_WAIT, 9, 5);
}

static void check_futex(u32 op, u32 value, u32 word, u32 owner,
			const char *words, const char *name)
{
	const u32 memory[5] = { word, 0, owner, 1, 0 };

	begin_threads(op, value);
	host_memory(41, 0x1000, memory, sizeof(memory));
	check_says(host_end(41), words, name);
}

static void test_futex(void)
{
	check_futex(128, 2, 2, 42,
		    "the lock is likely held by 42 (owner, thread of 40)\n"
		    "42 (owner, thread of 40) is in fsync on fd 3 for 9.00s\n",
		    "a mutex of glibc names its owner");
	check_futex(128, 2, 2, 0, "no owner is noted",
		    "not when there is none");
	check_futex(128, 2, 2, 4711,
		    "likely nobody will release a lock of 40 (app): its owner, 4711, has ended\n",
		    "an owner that has ended");
	check_futex(128, 2, 2, 77000000, "no owner is noted",
		    "a number that is none of a task");
	check_futex(128, 0x80000000 | 4711, 0x80000000 | 4711, 0,
		    "the owner of the lock has ended without releasing it",
		    "a robust mutex whose owner has ended");
	check_futex(6 | 128, 0, 0x80000000 | 42, 0,
		    "the lock is held by 42 (owner, thread of 40)\n",
		    "a PI futex names its owner for sure");
	check_futex(9 | 256, 42, 42, 0, "it likely waits for the end of 42 (",
		    "a join");
	check_futex(128, 0x80000000 | 42, 0x80000000 | 42, 0,
		    "the lock is likely held by 42 (", "a robust mutex");
	check_futex(128, 7, 7, 0, "nobody is known to hold it",
		    "a condition variable");
	check_futex(128, 2, 2, 41,
		    "likely a deadlock: 41 (worker, thread of 40) waits for itself\n",
		    "a mutex that is locked twice");
	begin_threads(128, 2);
	check_says(host_end(41), "its memory cannot be read: No such file",
		   "memory that cannot be read");
}

/* a mutex in a file that 45, 46 and 47 have mapped, each in its own place */
static void test_shared_futex(void)
{
	const u32 memory[5] = { 2, 0, 45, 2, 0 };
	const char *story;

	host_begin();
	host_task(45, 45, "owner");
	host_task(46, 46, "one");
	host_task(47, 47, "other");
	host_file("1000-2000 r--p 00000000 08:01 7 /bin/one\n"
		  "5000-7000 rw-s 00003000 00:05 812 /dev/shm/x\n",
		  "proc/46/maps");
	host_file("9000-a000 rw-s 00004000 00:05 812 /dev/shm/x\n",
		  "proc/47/maps");
	host_memory(46, 0x6010, memory, sizeof(memory));
	host_memory(47, 0x9010, memory, sizeof(memory));
	host_stuck(46, 46, CALL_FUTEX, 9, 0x6010)->args[2] = 2;
	host_stuck(47, 47, CALL_FUTEX, 8, 0x9010)->args[2] = 2;
	story = host_end(46);
	check_says(story, "the lock is likely held by 45 (owner)\n",
		   "a mutex that processes share");
	check_says(story, "47 (other) waits for the same",
		   "and who waits for it at another address");
}

static void test_threads(void)
{
	const u32 memory[5] = { 2, 0, 42, 2, 0 };
	const char *story;

	begin_threads(128, 2);
	host_status(43, 40, "worker", 'S', 1, 3);
	*host_stuck(43, 40, CALL_FUTEX, 8, 0x1000) = host.tasks[0].stuck;
	host_status(44, 40, "worker", 'R', 1, 3);
	host_memory(41, 0x1000, memory, sizeof(memory));
	host_memory(43, 0x1000, memory, sizeof(memory));
	story = host_end(40);
	check_says(story, "40 (app) has 5 threads: 3 stuck, 1 waiting for work (epoll_wait 1), 1",
		   "the threads of a process");
	check_says(story, "43 (worker, thread of 40) waits for the same",
		   "a task that waits for the same is told of with the first");
	check(!strstr(story, "epoll_wait on fd"),
	      "why: who waits for work is not told of");
}

static void test_pipes(void)
{
	const char *story;

	host_begin();
	host_task(51, 51, "reader");
	host_task(52, 52, "writer");
	host_fd(51, 0, "pipe:[900]", 0, "");
	host_fd(51, 1, "pipe:[901]", 1, "");
	host_fd(52, 0, "pipe:[901]", 0, "");
	host_fd(52, 1, "pipe:[900]", 1, "");
	host_fd(52, 2, "pipe:[900]", 0, "");
	host_stuck(51, 51, CALL_READ, 3, 0);
	host_stuck(52, 52, CALL_READ, 4, 0);
	story = host_end(51);
	check_says(story, "51 (reader) is in read on fd 0 = pipe:[900] for 3.00s\n"
		   "  the pipe is empty; its write end is held by 52 (writer) as fd 1\n",
		   "a reader of a pipe waits for a task that can write");
	check_says(story, "a deadlock, unless they wait for work: 51 (reader) waits for 52",
		   "two that read from each other");

	host_begin();
	host_task(53, 53, "writer");
	host_fd(53, 1, "pipe:[902]", 1, "");
	host_fd(53, 4, "pipe:[902]", 0, "");
	host_stuck(53, 53, CALL_WRITE, 3, 1);
	check_says(host_end(53),
		   "the pipe is full; its read end is held by its own process alone",
		   "a pipe to itself");
}

static void begin_client(const char *table)
{
	host_begin();
	host_task(61, 61, "client");
	host_task(62, 62, "mysqld");
	host_fd(61, 5, "socket:[71]", 2, "");
	host_fd(62, 6, "socket:[70]", 2, "");
	host_fd(62, 7, "socket:[72]", 2, "");
	host_file(table, "proc/self/net/tcp");
}

static void test_sockets(void)
{
	const struct { s32 fd; u16 events, revents; } polled[2] = {
		{ .fd = -1, .events = 1 }, { .fd = 5, .events = 1 },
	};
	struct hd_stuck_row *stuck;
	const u8 selected[8] = { 1 << 5 };

	begin_client(HEAD LISTEN_3306 CLIENT_3306 SERVER_3306("72"));
	host_stuck(61, 61, CALL_READ, 3, 5);
	check_says(host_end(61),
		   "the other end is held by 62 (mysqld) as fd 7\n62 (mysqld) sleeps",
		   "the other end of a connection within the host");
	begin_client(HEAD LISTEN_3306 CLIENT_3306 SERVER_3306("0"));
	host_stuck(61, 61, CALL_READ, 3, 5);
	check_says(host_end(61),
		   "the connection was not accepted yet by 62 (mysqld) as fd 6\n",
		   "a connection that nobody accepts");
	begin_client(HEAD "1: 0100007F:A1B2 08080808:0CEA 01 10:0 01:12 00000007 0 0 71");
	host_stuck(61, 61, CALL_WRITE, 3, 5);
	check_story(host_end(61),
		    "61 (client) is in write on fd 5 = TCP connection from 127.0.0.1:41394 to 8.8.8.8:3306 for 3.00s\n"
		    "  16 bytes sent were not taken by the other end yet\n"
		    "  no answer: the last packet was sent 7 more times\n"
		    "  the other end, 8.8.8.8:3306, is on another host, or in another network namespace\n",
		    "a connection to a host that is gone");

	begin_client(HEAD CLIENT_3306);
	stuck = host_stuck(61, 61, CALL_POLL, 3, 0x2000);
	stuck->args[1] = 2;
	host_memory(61, 0x2000, polled, sizeof(polled));
	check_says(host_end(61), "61 (client) is in poll on fd 5 = TCP connection",
		   "a poll of one");
	begin_client(HEAD CLIENT_3306);
	stuck = host_stuck(61, 61, CALL_SELECT, 3, 6);
	stuck->args[1] = 0x2000;
	host_memory(61, 0x2000, selected, sizeof(selected));
	check_says(host_end(61), "61 (client) is in select on fd 5 = TCP connection",
		   "a select of one");
	begin_client(HEAD CLIENT_3306);
	host_stuck(61, 61, CALL_POLL, 3, 0);
	host_memory(61, 0, "", 0);
	check_says(host_end(61), "61 (client) is in poll for 3.00s\n  on no descriptor",
		   "a poll of none");
	begin_client(HEAD);
	host_stuck(61, 61, CALL_READ, 3, 5);
	check_says(host_end(61), "what is at the other end is not known",
		   "a socket of another kind");
}

static u64 peer_of_80(u64 inode)
{
	return inode == 80 ? 81 : 0;
}

static u64 peer_of_none(u64 inode)
{
	(void)inode;
	return 0;
}

/* 66 has socket 80, 67 has 81, which is its other end, and listens at 82 */
static void begin_unix(u32 nr)
{
	host_begin();
	host.unix_peer = peer_of_80;
	host_task(66, 66, "php");
	host_task(67, 67, "mysqld");
	host_fd(66, 5, "socket:[80]", 2, "");
	host_fd(67, 8, "socket:[82]", 2, "");
	host_fd(67, 9, "socket:[81]", 2, "");
	host_file("Num       RefCount Protocol Flags    Type St Inode Path\n"
		  "0000000000000000: 00000003 00000000 00000000 0001 03 80\n"
		  "0000000000000000: 00000003 00000000 00010000 0001 01 82 /run/my sql\n"
		  "0000000000000000: 00000003 00000000 00000000 0001 03 83 /run/my sql\n",
		  "proc/self/net/unix");
	host_stuck(66, 66, nr, 3, 5);
}

static void test_unix(void)
{
	static const char addr[] = "\1\0/run/my sql";

	begin_unix(CALL_READ);
	check_says(host_end(66),
		   "66 (php) is in read on fd 5 = unix socket [80] for 3.00s\n"
		   "  the other end is held by 67 (mysqld) as fd 9\n",
		   "the other end of a unix socket");
	begin_unix(CALL_READ);
	host.unix_peer = peer_of_none;
	check_says(host_end(66), "the other end is not known: no unix_diag",
		   "a kernel that does not tell it");
	begin_unix(CALL_CONNECT);
	host_memory(66, 0x3000, addr, sizeof(addr) - 1);
	host.tasks[0].stuck.args[1] = 0x3000;
	host.tasks[0].stuck.args[2] = sizeof(addr) - 1;
	check_says(host_end(66),
		   "it connects to /run/my\\040sql, whose queue is full\n"
		   "  who does not accept is 67 (mysqld) as fd 8\n",
		   "a listener that does not accept");
	begin_unix(CALL_READ);
	host_file("Num\n0: 00000003 00000000 00000000 0001 03 80\n",
		  "proc/66/net/unix");
	host_link("proc/self/ns/net", "net:[1]");
	host_link("proc/66/ns/net", "net:[2]");
	check_says(host_end(66), "not known: another network namespace",
		   "a unix socket of another network namespace");
}

static void test_family(void)
{
	host_begin();
	host_task(71, 71, "sh");
	host_status(72, 72, "a) b (c", 'D', 71, 1);
	host_status(73, 73, "dead", 'Z', 71, 1);
	host_stuck(71, 71, CALL_WAIT4, 3, ~0ull);
	host_stuck(72, 72, CALL_FSYNC, 3, 4)->d_age_ns = 2000000000;
	host.tasks[1].stuck.place[0] = 'x';
	check_story(host_end(71),
		    "71 (sh) is in wait4 for 3.00s\n"
		    "  it waits for its child 72 (a)\\040b\\040(c)\n"
		    "72 (a)\\040b\\040(c) is in fsync on fd 4 for 3.00s\n"
		    "  in D sleep for 2.00s, in x\n"
		    "root: 72 (a)\\040b\\040(c) waits in D sleep for x for 3.00s\n",
		    "a parent waits for its child that is alive");

	host_begin();
	host_task(74, 74, "launcher");
	host_status(75, 75, "old", 'S', 74, 1);
	host_status(76, 76, "launcher", 'R', 74, 1);
	host_stuck(74, 74, CALL_VFORK, 3, 0)->d_age_ns = 1000000000;
	check_says(host_end(74),
		   "has ended: 76 (launcher)\n"
		   "  in D sleep for 1.00s; where is not known\n76 (launcher) is not waiting in any call now: it is on a CPU",
		   "a vfork waits for the youngest");
}

static void test_paths(void)
{
	/* from just before a page's end to the next one's, with nothing behind */
	static const char pages[0x1003] = "/mnt/a b";
	struct hd_stuck_row *stuck;

	host_begin();
	host_task(91, 91, "ls");
	stuck = host_stuck(91, 91, CALL_OPENAT, 300, ~99ull);
	stuck->args[1] = 0x1ffd;
	stuck->state = 'D';
	stuck->d_age_ns = stuck->age_ns;
	strcpy(stuck->place, "rpc_wait_bit_killable<nfs4_run_open_task");
	host_memory(91, 0x1ffd, pages, sizeof(pages));
	check_story(host_end(91),
		    "91 (ls) is in openat of /mnt/a\\040b for 5m00s\n"
		    "  in D sleep for 5m00s, waiting for an NFS server\n",
		    "the path that a call is about");

	host_begin();
	host_task(92, 92, "cat");
	stuck = host_stuck(92, 92, CALL_OPENAT, 3, ~99ull);
	strcpy(stuck->place, "wait_for_partner<fifo_open<do_dentry_open");
	check_says(host_end(92), "nobody has the other end of the FIFO open",
		   "a FIFO");
}

static void test_bytes_to_read(void)
{
	const char *story;

	begin_client(HEAD LISTEN_3306
		     "1: 0100007F:A1B2 0100007F:0CEA 01 0:0000000c 01:12 0 0 0 71\n"
		     SERVER_3306("72"));
	host_stuck(61, 61, CALL_READ, 3, 5);
	story = host_end(61);
	check_says(story, "12 bytes have come and were not read", "bytes that came");
	check(!strstr(story, "62 (mysqld)"),
	      "why: who has sent them is not to blame");
}

static void test_unseen(void)
{
	host_begin();
	host_task(81, 81, "old");
	host_file("61 0xffffffffffffffff 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7f00\n",
		  "proc/81/syscall");
	check_says(host_end(81),
		   "81 (old) is in wait4 since before hostdiag counted\n"
		   "  which child it waits for is not known\n",
		   "a call that began before the module was loaded");
	host_begin();
	host_status(84, 84, "old", 'D', 1, 1);
	host_file("74 0x5 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7f00\n",
		  "proc/84/syscall");
	host_file("jbd2_log_wait_commit", "proc/84/wchan");
	check_says(host_end(84),
		   "84 (old) is in fsync on fd 5 since before hostdiag counted\n"
		   "  in D sleep, waiting for a journal commit\n",
		   "and slept in D before");
	host_begin();
	host_status(82, 82, "burn", 'R', 1, 1);
	host_file("running\n", "proc/82/syscall");
	check_story(host_end(82),
		    "82 (burn) is not waiting in any call now: it is on a CPU, or waiting for one\n",
		    "a task that runs");
	host_begin();
	host_task(2, 2, "kthreadd");
	host_file("0 0x0 0x0 0x0 0x0 0x0 0x0 0x0 0x0\n", "proc/2/syscall");
	check_says(host_end(2), "2 (kthreadd) sleeps (state S): in no call",
		   "a kernel thread");
	host_begin();
	host_status(85, 85, "bad", '\x9b', 1, 1);
	check_says(host_end(85), "85 (bad) sleeps (state ?): in no call",
		   "a state that is no letter");
	host_begin();
	host_status(86, 86, "bad", 'D', 1, 1);
	host_file("74 0x5 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7f00\n",
		  "proc/86/syscall");
	host_file("io\x9b", "proc/86/wchan");
	check_says(host_end(86), "in D sleep, in io\\233\n",
		   "a place that is no text");
	host_begin();
	check_story(host_end(83), "", "no such task");
}

void test_why(void)
{
	test_session_lock();
	test_hidden_request();
	test_deadlock();
	test_chain();
	test_ranges();
	test_lock_left_behind();
	test_futex();
	test_shared_futex();
	test_threads();
	test_pipes();
	test_sockets();
	test_unix();
	test_family();
	test_paths();
	test_unseen();
	test_bytes_to_read();
}
