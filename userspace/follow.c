// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#include "follow.h"
#include "load.h"
#include "print.h"

#define CHUNK		(64 * 1024)
#define PAUSE_US	50000

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
	(void)number;
	stop = 1;
}

/* from here on SIGINT comes while nothing is being printed, as *@waiting says */
static void catch_interrupt(sigset_t *waiting)
{
	struct sigaction action = { .sa_handler = on_signal };
	sigset_t interrupt;

	sigemptyset(&interrupt);
	sigaddset(&interrupt, SIGINT);
	sigprocmask(SIG_BLOCK, &interrupt, waiting);
	sigdelset(waiting, SIGINT);
	sigaction(SIGINT, &action, NULL);
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
 * hd_follow() - print a file, and what it gets, up to SIGINT
 * @file: its name; poll() tells when it has more
 *
 * Return: the exit status.
 */
int hd_follow(const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	struct pollfd poll = { .fd = fd, .events = POLLIN | POLLPRI };
	sigset_t waiting;

	if (fd < 0)
		hd_die("%s", hd_load_refused(file));
	catch_interrupt(&waiting);
	while (!stop) {
		/* an event may be of a task that is not to be seen from here */
		if (!print_rest(fd, file) && poll.revents)
			usleep(PAUSE_US);
		if (ppoll(&poll, 1, NULL, &waiting) < 0 && errno != EINTR)
			hd_die("%s: %s", file, strerror(errno));
	}
	close(fd);
	return 0;
}
