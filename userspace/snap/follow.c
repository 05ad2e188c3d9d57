// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include "snap/follow.h"
#include "snap/load.h"
#include "util.h"

#define CHUNK		(64 * 1024)
#define PAUSE_US	50000

/* Return: a descriptor that is readable once SIGINT came, and does nothing else */
static int catch_interrupt(void)
{
	sigset_t interrupt;
	int fd;

	sigemptyset(&interrupt);
	sigaddset(&interrupt, SIGINT);
	sigprocmask(SIG_BLOCK, &interrupt, NULL);
	fd = signalfd(-1, &interrupt, SFD_CLOEXEC);
	if (fd < 0)
		hd_die("signalfd: %s", strerror(errno));
	return fd;
}

/* Return: whether there was more. */
static bool print_rest(int fd, const char *file)
{
	static char text[CHUNK];
	bool more = false;
	ssize_t got;

	do {
		got = read(fd, text, sizeof(text));
		if (got < 0)
			hd_die("%s: %s", file, strerror(errno));
		if (got)
			hd_print("%.*s", (int)got, text);
		more |= got;
	} while (got);
	hd_flush();
	return more;
}

/**
 * hd_follow() - print a file, and what it gets, up to SIGINT, or till nobody
 *	reads what is printed
 * @file: its name; poll() tells when it has more
 *
 * Return: the exit status.
 */
int hd_follow(const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	struct pollfd poll_fd[] = {
		{ .fd = fd, .events = POLLIN | POLLPRI },
		{ .events = POLLIN },
		/* POLLERR, which is always asked for, once a pipe is closed */
		{ .fd = STDOUT_FILENO },
	};

	if (fd < 0)
		hd_die("%s", hd_load_refused(file));
	poll_fd[1].fd = catch_interrupt();
	do {
		/* an event may be of a task that is not to be seen from here */
		if (!print_rest(fd, file) && poll_fd[0].revents)
			usleep(PAUSE_US);
		if (poll(poll_fd, ARRAY_SIZE(poll_fd), -1) < 0 && errno != EINTR)
			hd_die("%s: %s", file, strerror(errno));
	} while (!poll_fd[1].revents && !(poll_fd[2].revents & POLLERR));
	close(poll_fd[1].fd);
	close(fd);
	return 0;
}
