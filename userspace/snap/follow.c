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

/* block SIGINT; Return: a descriptor that is readable once it has arrived. */
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

static struct pollfd fds[] = {
	{ .events = POLLIN | POLLPRI },
	{ .events = POLLIN },
	/* poll() reports POLLERR once the reading end of a pipe is closed */
	{ .fd = STDOUT_FILENO },
};

/* poll() reports only events behind the last byte that was read */
static void read_rest(void)
{
	static char text[CHUNK];
	ssize_t got;

	do {
		got = read(fds[0].fd, text, sizeof(text));
		if (got < 0)
			hd_die(HD_LIVE_SLOW ": %s", strerror(errno));
	} while (got);
}

/**
 * hd_follow_begin() - begin to wait for slow events, until SIGINT
 *
 * Events from now on are not missed.
 */
void hd_follow_begin(void)
{
	fds[0].fd = open(HD_LIVE_SLOW, O_RDONLY | O_CLOEXEC);
	if (fds[0].fd < 0)
		hd_die("%s", hd_load_refused(HD_LIVE_SLOW));
	fds[1].fd = catch_interrupt();
	read_rest();
}

/**
 * hd_follow_wait() - wait for an event
 *
 * Return: false after SIGINT, or if the output is closed.
 */
bool hd_follow_wait(void)
{
	do {
		if (poll(fds, ARRAY_SIZE(fds), -1) < 0 && errno != EINTR)
			hd_die(HD_LIVE_SLOW ": %s", strerror(errno));
	} while (!fds[0].revents && !fds[1].revents && !fds[2].revents);
	if (fds[1].revents || fds[2].revents & POLLERR)
		return false;
	/* read events together that arrive within a short time */
	usleep(PAUSE_US);
	read_rest();
	return true;
}
