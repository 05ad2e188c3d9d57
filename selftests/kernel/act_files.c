// SPDX-License-Identifier: GPL-2.0-only
/*
 * act: the steps that open, share and close files.  Files that are open are
 * a stack: "open" and "dup" push, "close" and "dup2" pop.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "act.h"

#ifndef SYS_openat2
#define SYS_openat2	437
#endif
#ifndef SYS_memfd_create
#ifdef __x86_64__
#define SYS_memfd_create	319
#else
#define SYS_memfd_create	279
#endif
#endif

#define FDS_MAX		64

static int fds[FDS_MAX];
static int fds_used;
static char *mapped;

static void push(int fd)
{
	if (fds_used == FDS_MAX)
		act_die("push", "too many files");
	fds[fds_used++] = fd;
}

static int pop(void)
{
	if (fds_used == 0)
		act_die("pop", "no file is open");
	return fds[--fds_used];
}

int act_file_top(void)
{
	push(pop());
	return fds[fds_used - 1];
}

/* "r:PATH", "wcn:PATH"...: what to do, then the path */
int act_open(const char *arg)
{
	static const struct {
		char letter;
		int flag;
	} letters[] = {
		{ 'r', O_RDONLY }, { 'w', O_WRONLY }, { 'b', O_RDWR },
		{ 'c', O_CREAT }, { 'e', O_CLOEXEC }, { 'p', O_PATH },
		{ 'd', O_DIRECT }, { 'n', O_NONBLOCK }, { 'x', O_EXCL },
	};
	const char *path = strchr(arg, ':');
	int flags = 0;
	size_t i;

	if (!path)
		act_die("open", arg);
	for (; arg < path; arg++)
		for (i = 0; i < sizeof(letters) / sizeof(*letters); i++)
			if (letters[i].letter == *arg)
				flags |= letters[i].flag;
	return syscall(SYS_openat, (long)AT_FDCWD, path + 1, (long)flags,
		       0600L);
}

static void op_open(const char *arg)
{
	int fd = act_open(arg);

	if (fd < 0)
		act_die("open", arg);
	push(fd);
}

static void op_open_fails(const char *arg)
{
	int fd = act_open(arg);

	if (fd >= 0) {
		errno = 0;
		act_die("open-fails", arg);
	}
}

static void op_creat(const char *arg)
{
	int fd = creat(arg, 0600);

	if (fd < 0)
		act_die("creat", arg);
	push(fd);
}

/* Where the kernel cannot, say so, and open the plain way */
static void push_or_open(int fd, const char *path)
{
	if (fd < 0) {
		dprintf(1, "cannot: %s\n", strerror(errno));
		fd = open(path, O_RDONLY);
	}
	if (fd < 0)
		act_die("open", path);
	push(fd);
}

static void op_openat2(const char *arg)
{
	struct {
		unsigned long long flags, mode, resolve;
	} how = { O_RDONLY, 0, 0 };

	push_or_open(syscall(SYS_openat2, (long)AT_FDCWD, arg, &how,
			     (long)sizeof(how)), arg);
}

static void op_open_by_handle(const char *arg)
{
	struct {
		struct file_handle head;
		unsigned char space[MAX_HANDLE_SZ];
	} handle = { .head.handle_bytes = MAX_HANDLE_SZ };
	char *dir = strdup(arg);
	int mount_id, fd;

	/* the current directory is what says on which mount the handle is */
	if (chdir(dirname(dir)))
		act_die("chdir", dir);
	free(dir);
	fd = name_to_handle_at(AT_FDCWD, arg, &handle.head, &mount_id, 0);
	if (fd == 0)
		fd = open_by_handle_at(AT_FDCWD, &handle.head, O_RDONLY);
	push_or_open(fd, arg);
}

static void op_close(const char *arg)
{
	if (syscall(SYS_close, (long)pop()))
		act_die("close", arg);
}

static void op_dup(const char *arg)
{
	int fd = syscall(SYS_dup, (long)act_file_top());

	if (fd < 0)
		act_die("dup", arg);
	push(fd);
}

/* Standard input takes the place of the file on top */
static void op_dup2(const char *arg)
{
	if (dup2(0, pop()) < 0)
		act_die("dup2", arg);
}

/* The file on top takes the place of the second below it, by the number too */
static void op_swap(const char *arg)
{
	int fd = pop();

	if (fds_used < 2 || dup2(fd, fds[fds_used - 2]) < 0)
		act_die("swap", arg);
	close(fd);
}

/* A file that came through exec */
static void op_push(const char *arg)
{
	push(act_number(arg, 3));
}

static void op_read(const char *arg)
{
	static void *buf;

	/* O_DIRECT asks for a page, at a page */
	if (!buf && posix_memalign(&buf, 4096, 4096))
		act_die("read", "no memory");
	if (syscall(SYS_read, (long)act_file_top(), buf, 4096L) < 0)
		act_die("read", arg);
}

static void op_read1(const char *arg)
{
	char c;

	if (syscall(SYS_read, (long)act_file_top(), &c, 1L) != 1)
		act_die("read1", arg);
}

static void op_mmap(const char *arg)
{
	mapped = mmap(NULL, 4096, PROT_READ, MAP_SHARED,
		      act_file_top(), 0);
	if (mapped == MAP_FAILED)
		act_die("mmap", arg);
}

char *act_mapped(void)
{
	return mapped;
}

static void op_munmap(const char *arg)
{
	munmap(mapped, 4096);
}

/* The file on top is sent into a socket, which then holds the last reference */
static void op_flight(const char *arg)
{
	char control[CMSG_SPACE(sizeof(int))] = "", byte = 'x';
	struct iovec iov = { &byte, 1 };
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);
	int fd = pop(), pair[2];

	cmsg->cmsg_level = SOL_SOCKET;
	cmsg->cmsg_type = SCM_RIGHTS;
	cmsg->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(cmsg), &fd, sizeof(fd));
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) ||
	    sendmsg(pair[0], &msg, 0) != 1)
		act_die("flight", arg);
	close(fd);
	act_sleep_ms(act_number(arg, 0));
	close(pair[0]);
	close(pair[1]);
}

/* One of each kind of file without a path; what a kernel lacks is no loss */
static void op_pathless(const char *arg)
{
	int pair[2], fd[8], i, n = 0;
	sigset_t none = { 0 };

	fd[n++] = socket(AF_UNIX, SOCK_STREAM, 0);
	fd[n++] = epoll_create1(0);
	fd[n++] = eventfd(0, 0);
	fd[n++] = timerfd_create(CLOCK_MONOTONIC, 0);
	fd[n++] = signalfd(-1, &none, 0);
	fd[n++] = inotify_init1(0);
	fd[n++] = syscall(SYS_memfd_create, "hd", 0L);
	for (i = 0; i < n; i++)
		close(fd[i]);
	if (pipe(pair))
		act_die("pathless", "pipe");
	close(pair[0]);
	close(pair[1]);
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		act_die("pathless", "socketpair");
	close(pair[0]);
	close(pair[1]);
}

const struct act_op act_file_ops[] = {
	{ "open", op_open },
	{ "open-fails", op_open_fails },
	{ "creat", op_creat },
	{ "openat2", op_openat2 },
	{ "open-by-handle", op_open_by_handle },
	{ "close", op_close },
	{ "dup", op_dup },
	{ "dup2", op_dup2 },
	{ "swap", op_swap },
	{ "push", op_push },
	{ "read", op_read },
	{ "read1", op_read1 },
	{ "mmap", op_mmap },
	{ "munmap", op_munmap },
	{ "flight", op_flight },
	{ "pathless", op_pathless },
	{ NULL, NULL }
};
