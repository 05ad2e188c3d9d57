// SPDX-License-Identifier: GPL-2.0-only
/*
 * A server that answers, and a client that asks:
 *
 *	peers serve ADDRESS [LOCK [LOOPS]]	takes a lock on the file LOCK
 *						first, and counts so far for each
 *						answer
 *	peers ask ADDRESS			asks ten times a second
 *
 * ADDRESS is a TCP port of this host or the path of a unix socket.  Both say
 * "ready" once they are.
 */
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

union address {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_un un;
};

static int make_socket(const char *text, union address *address, socklen_t *len)
{
	int fd, one = 1;

	memset(address, 0, sizeof(*address));
	if (*text == '/') {
		address->un.sun_family = AF_UNIX;
		strncpy(address->un.sun_path, text, sizeof(address->un.sun_path) - 1);
		*len = sizeof(address->un);
	} else {
		address->in.sin_family = AF_INET;
		address->in.sin_port = htons(atoi(text));
		address->in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		*len = sizeof(address->in);
	}
	fd = socket(address->any.sa_family, SOCK_STREAM, 0);
	if (fd < 0)
		err(1, "socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	return fd;
}

static void be_ready(void)
{
	if (write(1, "ready\n", 6) != 6)
		exit(1);
}

static void answer(int fd, long loops)
{
	char space[4096];
	ssize_t n;
	long i;

	while ((n = read(fd, space, sizeof(space))) > 0) {
		for (i = 0; i < loops; i++)
			__asm__ volatile("");
		if (write(fd, space, n) != n)
			break;
	}
	close(fd);
}

static void serve(const char *where, const char *lock, long loops)
{
	union address address;
	socklen_t len;
	int listener = make_socket(where, &address, &len), fd;

	if (lock) {
		fd = open(lock, O_RDWR | O_CREAT, 0600);
		if (fd < 0 || flock(fd, LOCK_EX))
			err(1, "%s", lock);
	}
	if (bind(listener, &address.any, len) || listen(listener, 5))
		err(1, "%s", where);
	be_ready();
	while ((fd = accept(listener, NULL, NULL)) >= 0)
		answer(fd, loops);
}

static void ask(const char *where)
{
	union address address;
	socklen_t len;
	int fd = make_socket(where, &address, &len);
	char c = 'x';

	if (connect(fd, &address.any, len))
		err(1, "%s", where);
	be_ready();
	while (write(fd, &c, 1) == 1 && recv(fd, &c, 1, 0) == 1)
		usleep(100000);
}

int main(int argc, char **argv)
{
	if (argc < 3)
		errx(2, "usage: peers serve ADDRESS [LOCK [LOOPS]] | ask ADDRESS");
	if (!strcmp(argv[1], "serve"))
		serve(argv[2], argc > 3 ? argv[3] : NULL,
		      argc > 4 ? atol(argv[4]) : 0);
	else
		ask(argv[2]);
	return 0;
}
