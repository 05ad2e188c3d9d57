/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * "hostdiag why": what a task waits for, and who could end it.
 *
 *	why_live.c	a snapshot of this host, taken now
 *	why_host.c	the tasks and open files of the snapshot
 *	why_proc.c	files of /proc
 *	why_links.c	who has a file, pipe or socket open
 *	why_wait.c	from a task that waits to what it waits for, by one of
 *	why_locks.c why_futex.c why_socket.c why_family.c why_poll.c why_path.c
 *	why_ipc.c
 *	why_kernel.c	locks of the kernel's, as the module's file "blocked" has them
 *	why_unseen.c	calls that began before the module was loaded
 *	why_stop.c	tasks that are stopped, traced, frozen or kept from a CPU
 *	why_mount.c	the mount that a call is about
 *	why_fuse.c	the daemons of FUSE mounts
 *	why_device.c	servers, devices and file systems that do not go on
 *	why_step.c	the next step from a task, and the chain of them, as data
 *	why_root.c	who or what is at the end of a chain
 *	why_tree.c	all that waits, by what is at the end
 *	why_story.c	from task to task, in words
 *
 * All files are those under a root directory, so that a test can make them.
 */
#ifndef HD_WHY_H
#define HD_WHY_H

#include "pure/blocked.h"
#include "pure/render.h"
#include "snap/snapshot.h"

#define HD_WHY_TEXT	1024	/* a line with a path in it */
#define HD_WHY_NAME	160	/* "1112 (worker, thread of 1111)" */
#define HD_WHY_LINES	6
#define HD_WHY_WHAT	128	/* what is waited for, in a few words */
#define HD_WHY_NEXT	3	/* more than that are counted only */

/**
 * struct hd_why_task - a task that is inside a call, or in D sleep
 * @tid: its number
 * @tgid: of its process
 * @comm: raw bytes, NUL-terminated
 * @stuck: what it is inside of; no age: since before the module was loaded
 */
struct hd_why_task {
	u32 tid;
	u32 tgid;
	char comm[HOSTDIAG_COMM_LEN];
	struct hd_stuck_row stuck;
};

/**
 * struct hd_why_open - a file that was opened since the module is loaded
 * @age_ns: since when
 * @tid: who opened it
 * @tgid: the same
 * @fd: as it was opened
 * @path: raw bytes
 */
struct hd_why_open {
	u64 age_ns;
	u32 tid;
	u32 tgid;
	s32 fd;
	char *path;
};

struct hd_why_link;
struct hd_why_parent;
struct hd_why_lock;
struct hd_why_roots;

/**
 * struct hd_why - a host at one moment
 * @root: directory that has its proc; "" for this one
 * @unix_peer: the other end of a unix socket, by inodes; 0: not known
 * @task: by tid, once hd_why_ready() was called
 * @tasks: how many
 * @task_room: how many fit
 * @kernel: tasks that wait in the kernel, by tid as @task
 * @kernels: how many
 * @kernel_room: how many fit
 * @lock: file locks, and waits for them; read when they are asked for first
 * @locks: how many
 * @locks_known: @lock is there
 * @root_of: roots that were found; see why/root.h
 * @open: open files
 * @opens: how many
 * @open_room: how many fit
 * @link: who has what open, by hash; made when it is asked for first
 * @links: how many
 * @link_room: how many fit
 * @links_denied: processes whose files could not be looked at
 * @links_known: @link is there
 * @parent: whose child each process is; made when it is asked for first
 * @parents: how many
 * @parent_room: how many fit
 * @since_ns: time since boot at which counting began; 0: not known
 * @seen: tasks of which calls were counted, by number
 * @seens: how many
 * @seen_room: how many fit
 */
struct hd_why {
	const char *root;
	u64 (*unix_peer)(u64 inode);
	struct hd_why_task *task;
	size_t tasks;
	size_t task_room;
	struct hd_blocked_row *kernel;
	size_t kernels;
	size_t kernel_room;
	struct hd_why_lock *lock;
	size_t locks;
	bool locks_known;
	struct hd_why_roots *root_of;
	struct hd_why_open *open;
	size_t opens;
	size_t open_room;
	struct hd_why_link *link;
	size_t links;
	size_t link_room;
	u32 links_denied;
	bool links_known;
	struct hd_why_parent *parent;
	size_t parents;
	size_t parent_room;
	u64 since_ns;
	u32 *seen;
	size_t seens;
	size_t seen_room;
};

/**
 * struct hd_why_wait - what a task waits for
 * @on: " on fd 10 = /tmp/x"; "": there is nothing to add to the call's name
 * @line: what more there is to say, in sentences without a full stop
 * @lines: how many
 * @next: the tasks that could end it
 * @nexts: how many
 * @more: there are more of them
 * @held: they hold what it waits for: it is no wait for work
 * @guess: that it is these, is likely only
 * @key: of the thing, where several threads of a process may wait for it
 * @what: what it waits for: "a lock on /tmp/x"; "": no more than its call is
 *	known
 * @end: what is to blame, where it is no task: "the device dm-0 is suspended"
 */
struct hd_why_wait {
	char on[HD_WHY_TEXT];
	char line[HD_WHY_LINES][HD_WHY_TEXT];
	u32 lines;
	u32 next[HD_WHY_NEXT];
	u32 nexts;
	bool more;
	bool held;
	bool guess;
	u64 key;
	char what[HD_WHY_WHAT];
	char end[HD_WHY_TEXT];
};

/**
 * struct hd_why_step - why one task does not go on, as data
 * @tid: the task
 * @state: its letter; 0: there is no such task
 * @is_inside: @task is known: it is inside a call, or in D sleep
 * @is_stopped: it is stopped, traced, frozen or dead, whatever it is inside
 *	of; @wait is about that
 * @task: what it is inside of
 * @wait: what it waits for, and who could end that
 */
struct hd_why_step {
	u32 tid;
	char state;
	bool is_inside;
	bool is_stopped;
	struct hd_why_task task;
	struct hd_why_wait wait;
};

/* why_live.c */
void hd_why_begin(struct hd_why *why, const struct hd_snapshot *snap);
void hd_why_add_row(struct hd_why *why, int type,
		    const struct hd_snapshot_row *row);

/* why_kernel.c */
bool hd_why_add_blocked(struct hd_why *why);
const struct hd_blocked_row *hd_why_blocked(const struct hd_why *why, u32 tid);

/* why_host.c */
void hd_why_add_task(struct hd_why *why, const struct hd_task_row *task,
		     const struct hd_stuck_row *stuck);
void hd_why_add_open(struct hd_why *why, const struct hd_open_row *row);
void hd_why_add_seen(struct hd_why *why, u32 tid);
void hd_why_ready(struct hd_why *why);
void hd_why_free(struct hd_why *why);
const struct hd_why_task *hd_why_find(const struct hd_why *why, u32 tid);
const struct hd_why_open *hd_why_opened(const struct hd_why *why, u32 tgid,
					s32 fd, const char *path);
bool hd_why_is_new(const struct hd_why *why, u32 tid);
u32 hd_why_thread(const struct hd_why *why, u32 tgid, u32 prefer);
const char *hd_why_name(const struct hd_why *why, u32 tid,
			char buf[HD_WHY_NAME]);

/* why_wait.c */
__printf(2, 3)
void hd_why_say(struct hd_why_wait *wait, const char *fmt, ...);
__printf(2, 3)
void hd_why_what(struct hd_why_wait *wait, const char *fmt, ...);
__printf(2, 3)
void hd_why_end(struct hd_why_wait *wait, const char *fmt, ...);
void hd_why_next(struct hd_why_wait *wait, u32 tid);
void hd_why_on(struct hd_why *why, const struct hd_why_task *task,
	       struct hd_why_wait *wait);
void hd_why_wait(struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait);

/* why_unseen.c */
bool hd_why_unseen(const struct hd_why *why, u32 tid, struct hd_why_task *task);

/* why_step.c */
bool hd_why_step(struct hd_why *why, u32 tid, struct hd_why_step *step);
u32 hd_why_chain(struct hd_why *why, u32 tid, u32 *chain, u32 room,
		 bool *is_circle);

/* why_story.c */
bool hd_why_tell(struct hd_why *why, u32 pid, struct hd_out *out);

#endif /* HD_WHY_H */
