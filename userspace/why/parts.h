/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of why/ offer each other, from the lowest to the highest: a
 * file calls only files that stand above it here, so that the calls make no
 * circle.
 *
 *	proc.c		files of /proc
 *	host.c		tasks and open files of the snapshot
 *	say.c		sentences about a wait
 *	unix.c net.c	the other end of a socket
 *	links.c		processes that have a file, pipe or socket open
 *	mount.c		the mount that a call is about
 *	kernel.c fuse.c device.c futex.c locks.c socket.c poll.c family.c ipc.c
 *	path.c rival.c	what one kind of wait is for; none calls another
 *	ledger.c	who did what keeps a task, as the ledger of the module has it
 *	wait.c		from the call of a task to one of these
 *	unseen.c	calls that began before the module was loaded
 *	stop.c		tasks that are stopped, traced, frozen or kept from a CPU
 *	step.c		from a task to the tasks that could end its wait
 *	root.c		the task or thing at the end of such steps
 *	threads.c	the threads of a process
 *	story.c		one task, in words
 *	live.c		from a snapshot of this host to a struct hd_why
 *	tree.c		all waits, grouped by root
 *
 * It is a header of its own because the commands, which include why.h, have no
 * use for any of it.
 */
#ifndef HD_WHY_PARTS_H
#define HD_WHY_PARTS_H

#include "pure/ledger.h"
#include "host/file.h"
#include "host/sockets.h"
#include "pure/blocked.h"
#include "why/why.h"

#define HD_WHY_LINES	6
#define HD_WHY_WHAT	128	/* what is waited for, in a few words */
#define HD_WHY_NEXT	3	/* tasks that are named; others are only counted */

/**
 * struct hd_why_task - a task that is inside a call, or in D sleep
 * @tid: its number
 * @tgid: number of its process
 * @comm: raw bytes, NUL-terminated
 * @stuck: the call; age 0: it began before the module was loaded
 */
struct hd_why_task {
	u32 tid;
	u32 tgid;
	char comm[HOSTDIAG_COMM_LEN];
	struct hd_stuck_row stuck;
};

/**
 * struct hd_why_open - a file that was opened since the module was loaded
 * @age_ns: time since it was opened
 * @tid: the task that opened it
 * @tgid: the process that opened it
 * @fd: descriptor that the open returned
 * @path: raw bytes
 */
struct hd_why_open {
	u64 age_ns;
	u32 tid;
	u32 tgid;
	s32 fd;
	char *path;
};

/**
 * struct hd_why_wait - what a task waits for
 * @on: " on fd 10 = /tmp/x"; "": there is nothing to add to the call's name
 * @lines: sentences without a full stop
 * @nr_lines: length of @lines
 * @next_tids: the tasks that could end the wait
 * @nr_next: length of @next_tids
 * @more: further tasks could end it, which are not in @next_tids
 * @held: the tasks in @next_tids hold what is waited for, so that it is no wait for
 *	work
 * @guess: the tasks in @next_tids are only likely
 * @key: identifies what is waited for among the threads of a process; 0: nothing
 *	that several threads may wait for
 * @what: what is waited for: "a lock on /tmp/x"; "": only the call is known
 * @end: the cause, where it is no task: "the device dm-0 is suspended"
 * @is_served: @end is a server, which may be any process of this host or another
 */
struct hd_why_wait {
	char on[HD_WHY_TEXT];
	char lines[HD_WHY_LINES][HD_WHY_TEXT];
	u32 nr_lines;
	u32 next_tids[HD_WHY_NEXT];
	u32 nr_next;
	bool more;
	bool held;
	bool guess;
	u64 key;
	char what[HD_WHY_WHAT];
	char end[HD_WHY_TEXT];
	bool is_served;
};

/* proc.c */

#define HD_PROC_PATH	HD_FILE_LINK

/**
 * struct hd_proc_status - parts of /proc/TID/status
 * @comm: raw bytes
 * @state: letter
 * @tgid: number of its process
 * @nr_threads: number of threads of its process
 * @tracer: the task that traces it; 0: none
 * @inner: its number in its own pid namespace
 */
struct hd_proc_status {
	char comm[HOSTDIAG_COMM_LEN];
	char state;
	u32 tgid;
	u32 nr_threads;
	u32 tracer;
	u32 inner;
};

__printf(2, 3)
char *hd_proc_text(const struct hd_why *why, const char *fmt, ...);
__printf(3, 4)
bool hd_proc_link(const struct hd_why *why, char to[HD_PROC_PATH],
		  const char *fmt, ...);
u64 hd_proc_inode(const struct hd_why *why, u32 tid, s32 fd);
bool hd_proc_is_fifo(const struct hd_why *why, u32 tid, s32 fd);
bool hd_proc_status(const struct hd_why *why, u32 tid,
		    struct hd_proc_status *status);
u64 hd_proc_start(const struct hd_why *why, u32 tid);
bool hd_proc_memory(const struct hd_why *why, u32 tid, u64 address, void *to,
		    size_t size);
__printf(4, 5)
bool hd_proc_each(struct hd_why *why,
		  void (*act)(struct hd_why *why, u32 number, void *priv),
		  void *priv, const char *fmt, ...);

/* host.c */
const struct hd_why_task *hd_why_find(const struct hd_why *why, u32 tid);
const struct hd_why_open *hd_why_opened(const struct hd_why *why, u32 tgid,
					s32 fd, const char *path);
bool hd_why_is_new(const struct hd_why *why, u32 tid);
u32 hd_why_thread(const struct hd_why *why, u32 tgid, u32 prefer);

/* say.c */
__printf(2, 3)
void hd_why_say(struct hd_why_wait *wait, const char *fmt, ...);
__printf(2, 3)
void hd_why_what(struct hd_why_wait *wait, const char *fmt, ...);
__printf(2, 3)
void hd_why_end(struct hd_why_wait *wait, const char *fmt, ...);
void hd_why_next(struct hd_why_wait *wait, u32 tid);

/* unix.c */
u64 hd_why_unix_peer(u64 inode);

/* net.c */
const struct hd_socket *hd_why_net_other(const struct hd_socket *of, u32 tid);
const struct hd_socket *hd_why_net_listener(const struct hd_socket *of,
					    u32 tid);
const struct hd_socket *hd_why_net_bound(const char *path, u32 tid);
bool hd_why_net_is_here(const struct hd_socket *sock);

/* links.c */

#define HD_WHY_READS	1u	/* open for reading */
#define HD_WHY_WRITES	2u	/* open for writing */

/**
 * struct hd_why_link - an open descriptor of a process
 * @hash: of the text of the link /proc/TGID/fd/FD
 * @tgid: the process
 * @fd: the descriptor
 */
struct hd_why_link {
	u64 hash;
	u32 tgid;
	s32 fd;
};

/**
 * struct hd_why_seek - which open descriptors to look for
 * @link: the text of the link: "pipe:[812]"
 * @mode: HD_WHY_READS, HD_WHY_WRITES or both: how it has to be open
 * @chosen: a further condition; NULL: none
 * @priv: passed to @chosen
 */
struct hd_why_seek {
	const char *link;
	u32 mode;
	bool (*chosen)(struct hd_why *why, const struct hd_why_link *link,
		       void *priv);
	void *priv;
};

bool hd_why_hold(struct hd_why *why, const struct hd_why_seek *seek, u32 tgid,
		 struct hd_why_link *link);
u32 hd_why_count_holders(struct hd_why *why, const struct hd_why_seek *seek);
u32 hd_why_say_holders(struct hd_why *why, const struct hd_why_seek *seek,
		       const char *what, u32 self, struct hd_why_wait *wait);

/* mount.c */

/**
 * struct hd_why_mount - a line of /proc/TID/mountinfo
 * @id: number of the mount
 * @major: of its device
 * @minor: of its device
 * @point: directory where it is mounted, as mountinfo escapes it
 * @type: "fuse.sshfs"
 * @source: "10.0.0.5:/export", "/dev/sda1", as mountinfo escapes it
 */
struct hd_why_mount {
	u32 id;
	u32 major;
	u32 minor;
	char point[512];
	char type[64];
	char source[256];
};

bool hd_why_mount(const struct hd_why *why, const struct hd_why_task *task,
		  const char *on, struct hd_why_mount *found);

/* kernel.c */
const struct hd_blocked_row *hd_why_blocked(const struct hd_why *why, u32 tid);
bool hd_why_is_kernel_lock(const struct hd_why *why, u32 tid);
void hd_why_kernel(struct hd_why *why, u32 tid, struct hd_why_wait *wait);

/* ledger.c */
void hd_why_acts(const struct hd_why *why,
		 void (*act)(const struct hd_ledger_row *row, void *priv),
		 void *priv);
const char *hd_why_by_whom(const struct hd_why *why, u32 act, u64 target,
			   char buf[HD_LEDGER_BY_LEN]);
void hd_why_ledger(const struct hd_why *why, const struct hd_why_task *task,
		   struct hd_why_wait *wait);

/* fuse.c */
void hd_why_fuse(struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait);

/* device.c: servers, block devices and file systems that make no progress */
bool hd_why_waits_for_thaw(const struct hd_why_task *task);
bool hd_why_is_async(const struct hd_why_task *task);
void hd_why_device(struct hd_why *why, const struct hd_why_task *task,
		   struct hd_why_wait *wait);

/* futex.c: locks between threads, and whatever else is built on futexes */
bool hd_why_is_futex(const struct hd_stuck_row *stuck);
void hd_why_futex(struct hd_why *why, const struct hd_why_task *task,
		  struct hd_why_wait *wait);

/* locks.c: file locks and leases, from /proc/locks */
bool hd_why_is_flock(const struct hd_stuck_row *stuck);
bool hd_why_waits_for_lease(const struct hd_why_task *task);
void hd_why_lock(struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait);
void hd_why_forget_locks(struct hd_why *why);

/* socket.c: sockets, pipes and FIFOs */

enum hd_why_way {
	HD_WHY_IN,		/* for data */
	HD_WHY_OUT,		/* for room to send */
	HD_WHY_ACCEPT,		/* for a connection */
	HD_WHY_CONNECT,		/* for a connection to be accepted */
};

void hd_why_socket(struct hd_why *why, const struct hd_why_task *task,
		   u64 inode, enum hd_why_way way, struct hd_why_wait *wait);
void hd_why_pipe(struct hd_why *why, const struct hd_why_task *task,
		 const char *link, enum hd_why_way way,
		 struct hd_why_wait *wait);
const char *hd_why_describe(const struct hd_why_task *task, const char *link,
			    char *buf, size_t size);

/* poll.c: waits on several descriptors at once; often the set has only one */
bool hd_why_poll_one(struct hd_why *why, const struct hd_why_task *task,
		     s32 *fd, enum hd_why_way *way, struct hd_why_wait *wait);

/* family.c: parents that wait for their children */
void hd_why_children(struct hd_why *why, const struct hd_why_task *task,
		     struct hd_why_wait *wait);
void hd_why_vfork(struct hd_why *why, const struct hd_why_task *task,
		  struct hd_why_wait *wait);

/* ipc.c: semaphores and message queues of System V */
void hd_why_semaphore(struct hd_why *why, const struct hd_why_task *task,
		      struct hd_why_wait *wait);
void hd_why_send(struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait);
void hd_why_receive(struct hd_why *why, const struct hd_why_task *task,
		    struct hd_why_wait *wait);

/* path.c: calls that have a path and no descriptor yet */
void hd_why_path(const struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait);

/* rival.c: the task that has the CPU which another one waits for */
void hd_why_rival(struct hd_why *why, u32 tid, struct hd_why_wait *wait);

/* wait.c */
void hd_why_on(struct hd_why *why, const struct hd_why_task *task,
	       struct hd_why_wait *wait);
void hd_why_wait(struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait);

/* unseen.c */
bool hd_why_unseen(const struct hd_why *why, u32 tid, struct hd_why_task *task);

/* stop.c */
bool hd_why_stopped(const struct hd_why *why,
		    const struct hd_proc_status *status, u32 tid,
		    const struct hd_why_task *task, struct hd_why_wait *wait);
const char *hd_why_runs(struct hd_why *why, u32 tid,
			struct hd_why_wait *wait);

/* step.c */

/**
 * struct hd_why_step - why one task does not go on, as data
 * @tid: the task
 * @state: its letter; 0: there is no such task
 * @is_inside: the task is inside a call or in D sleep, and @task is valid
 * @is_stopped: the task is stopped, traced, frozen or dead, whatever call it is
 *	inside of; @wait is about that
 * @task: the call
 * @wait: what it waits for, and which tasks could end that
 */
struct hd_why_step {
	u32 tid;
	char state;
	bool is_inside;
	bool is_stopped;
	struct hd_why_task task;
	struct hd_why_wait wait;
};

bool hd_why_step(struct hd_why *why, u32 tid, struct hd_why_step *step);

/* root.c */

#define HD_WHY_NOBODY	(-1)
#define HD_WHY_CIRCLE	16	/* tasks of a circle that are known */

/**
 * struct hd_why_root - a task or a thing that keeps others waiting
 * @tid: the task; 0: it is a thing; of a circle the task with the lowest number
 * @is_circle: the tasks in @circle_tids wait for each other, all at the same moment
 * @is_guess: it is only likely that this one is the cause
 * @is_stopped: @tid is stopped or frozen
 * @is_waiting: @tid itself waits in D sleep for something unknown, so that it
 *	counts as a cause only where others wait for it
 * @is_served: it is a server, which may be any process
 * @is_young: @tid has waited for a short time only, as tasks do all the time
 * @text: the finding, in a sentence without the full stop
 * @what: what @tid itself waits for, where @is_waiting
 * @circle_tids: the tasks of a circle
 * @nr_circle: length of @circle_tids
 */
struct hd_why_root {
	u32 tid;
	bool is_circle;
	bool is_guess;
	bool is_stopped;
	bool is_waiting;
	bool is_served;
	bool is_young;
	char text[HD_WHY_TEXT];
	char what[HD_WHY_WHAT];
	u32 circle_tids[HD_WHY_CIRCLE];
	u32 nr_circle;
};

s32 hd_why_root_of(struct hd_why *why, u32 tid);
const struct hd_why_root *hd_why_root(const struct hd_why *why, s32 nth);
s32 hd_why_roots(const struct hd_why *why);
const char *hd_why_waits_for(const struct hd_why *why, u32 tid);
void hd_why_forget_roots(struct hd_why *why);

/* threads.c */

#define HD_WHY_CALLS	5	/* calls by which idle threads are counted */

/**
 * struct hd_why_idle - threads that wait for work in one call
 * @name: name of the call
 * @count: number of threads
 */
struct hd_why_idle {
	char name[HD_NAME_LEN];
	u32 count;
};

/**
 * struct hd_why_threads - the threads of a process
 * @tgid: the process
 * @nr_threads: number of all its threads
 * @stuck_tids: threads that do not wait for work, the longest wait first; of those
 *	that wait for the same thing only one; freed by the caller
 * @nr_stuck: length of @stuck_tids
 * @nr_same: threads that wait for the same thing as one in @stuck_tids
 * @room: entries allocated in @stuck_tids
 * @idle_calls: threads that wait for work, by call
 * @nr_idle: number of threads that wait for work
 */
struct hd_why_threads {
	u32 tgid;
	u32 nr_threads;
	u32 *stuck_tids;
	u32 nr_stuck;
	u32 nr_same;
	size_t room;
	struct hd_why_idle idle_calls[HD_WHY_CALLS];
	u32 nr_idle;
};

void hd_why_threads(struct hd_why *why, u32 tgid,
		    struct hd_why_threads *threads);
u32 hd_why_say_threads(const struct hd_why *why,
		       const struct hd_why_threads *threads,
		       struct hd_out *out);

#endif /* HD_WHY_PARTS_H */
