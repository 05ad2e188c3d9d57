/* SPDX-License-Identifier: GPL-2.0-only */
/* A host made by hand, for the tests of why: a directory, and stuck tasks. */
#ifndef HOST_BUILD_H
#define HOST_BUILD_H

#include "why/parts.h"

/* numbers of x86-64 */
enum {
	CALL_READ = 0, CALL_WRITE = 1, CALL_POLL = 7, CALL_SELECT = 23,
	CALL_CONNECT = 42, CALL_ACCEPT = 43, CALL_RECVFROM = 45,
	CALL_VFORK = 58, CALL_WAIT4 = 61, CALL_FCNTL = 72, CALL_FLOCK = 73,
	CALL_FSYNC = 74, CALL_FUTEX = 202, CALL_EPOLL_WAIT = 232,
	CALL_OPENAT = 257, CALL_IO_URING_ENTER = 426,
};

/* what it is made in, as of host_begin() */
extern struct hd_why host;

void host_begin(void);
/* tells of it, forgets it, and returns the story: "" where there is no task */
const char *host_end(u32 pid);

/* prints all that waits, forgets it, and returns that */
const char *host_end_tree(void);

/* a file under its root */
__printf(2, 3)
void host_file(const char *text, const char *fmt, ...);
/* a file that whoever reads it hangs in */
__printf(1, 2)
void host_hangs(const char *fmt, ...);
/* a process or another of its threads, a child of 1, in state S */
void host_task(u32 tid, u32 tgid, const char *comm);
/* the same, with all that its status says */
void host_status(u32 tid, u32 tgid, const char *comm, char state, u32 parent,
		 u32 threads);
void host_link(const char *name, const char *to);
/* a descriptor, and what its fdinfo has of locks */
void host_fd(u32 tgid, s32 fd, const char *to, u32 flags, const char *lock);
/* a file that descriptors may link to; returns its inode */
u64 host_inode(const char *name, char path[256]);
/* the task is inside of a call, whose first argument may be a descriptor */
struct hd_stuck_row *host_stuck(u32 tid, u32 tgid, u32 nr, u64 age_s, u64 arg);
/* memory of a process */
void host_memory(u32 tgid, u64 address, const void *data, size_t size);

/* a story has these words somewhere; it is these words, but for the root */
void check_says(const char *story, const char *words, const char *name);
void check_story(const char *story, const char *want, const char *name);

#endif /* HOST_BUILD_H */
