// SPDX-License-Identifier: GPL-2.0-only
/*
 * fdrace TIMES: one thread opens /dev/null, and another closes the descriptor as soon
 * as it exists, even before the opening call has returned.  The program then stops
 * itself.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int fd;
static int is_over;

static void *close_it(void *unused)
{
	while (!__atomic_load_n(&is_over, __ATOMIC_ACQUIRE)) {
		close(fd);
		sched_yield();
	}
	return NULL;
}

int main(int argc, char **argv)
{
	int times = argc == 2 ? atoi(argv[1]) : 0;
	pthread_t thread;

	/* the next one that is free */
	fd = dup(1);
	close(fd);
	if (pthread_create(&thread, NULL, close_it, NULL))
		errx(1, "no thread");
	while (times--) {
		if (open("/dev/null", O_RDONLY) != fd)
			errx(1, "not the descriptor that is expected");
		while (fcntl(fd, F_GETFD) != -1)
			sched_yield();
	}
	__atomic_store_n(&is_over, 1, __ATOMIC_RELEASE);
	pthread_join(thread, NULL);
	raise(SIGSTOP);
	return 0;
}
