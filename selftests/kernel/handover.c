// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hand an open file to somebody else, through a Unix socket.
 *
 *	handover get SOCKET		wait for a file, and print what is in it
 *	handover get SOCKET WORD	wait for a file, and write WORD to it
 *	handover put SOCKET FILE	open FILE, for writing too if that is
 *					allowed, and hand it to who waits
 *
 * An open, a read or a write that fails is printed, as the name of its error.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "errname.h"

static int fail(const char *what)
{
	fprintf(stderr, "handover: %s: %s\n", what, strerror(errno));
	return 3;
}

/* a message of one byte and one descriptor; @room is for the latter */
static struct msghdr message(struct iovec *byte, void *room, size_t size)
{
	return (struct msghdr){
		.msg_iov = byte, .msg_iovlen = 1,
		.msg_control = room, .msg_controllen = size,
	};
}

static int put(int sock, const char *name)
{
	char room[CMSG_SPACE(sizeof(int))] = { 0 }, byte = 0;
	struct iovec iov = { &byte, 1 };
	struct msghdr msg = message(&iov, room, sizeof(room));
	struct cmsghdr *head = CMSG_FIRSTHDR(&msg);
	int fd = open(name, O_RDWR);

	if (fd < 0)
		fd = open(name, O_RDONLY);
	if (fd < 0) {
		puts(errname(errno));
		return 1;
	}
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(fd));
	memcpy(CMSG_DATA(head), &fd, sizeof(fd));
	return sendmsg(sock, &msg, 0) == 1 ? 0 : fail("sendmsg");
}

static int get(int sock)
{
	char room[CMSG_SPACE(sizeof(int))] = { 0 }, byte;
	struct iovec iov = { &byte, 1 };
	struct msghdr msg = message(&iov, room, sizeof(room));
	int fd;

	if (recvmsg(sock, &msg, 0) != 1 || !CMSG_FIRSTHDR(&msg))
		exit(fail("nothing came"));
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&msg)), sizeof(fd));
	return fd;
}

static int print(int fd)
{
	char buf[4096];
	ssize_t got;

	while ((got = read(fd, buf, sizeof(buf))) > 0)
		fwrite(buf, 1, got, stdout);
	if (got < 0)
		puts(errname(errno));
	return got < 0;
}

static int tell(int fd, const char *word)
{
	int error = write(fd, word, strlen(word)) < 0 ? errno : 0;

	puts(errname(error));
	return !!error;
}

int main(int argc, char **argv)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int sock = socket(AF_UNIX, SOCK_STREAM, 0);

	if (argc < 3 || strlen(argv[2]) >= sizeof(at.sun_path))
		return 2;
	strcpy(at.sun_path, argv[2]);
	if (!strcmp(argv[1], "put") && argc == 4)
		return connect(sock, (void *)&at, sizeof(at)) ?
		       fail(argv[2]) : put(sock, argv[3]);
	if (strcmp(argv[1], "get"))
		return 2;
	umask(0);
	if (bind(sock, (void *)&at, sizeof(at)) || listen(sock, 1))
		return fail(argv[2]);
	sock = accept(sock, NULL, NULL);
	return argc > 3 ? tell(get(sock), argv[3]) : print(get(sock));
}
