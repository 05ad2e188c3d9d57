// SPDX-License-Identifier: GPL-2.0-only
/*
 * follow FILE MS: read FILE to its end, then poll() for more, MS milliseconds at a
 * time.  The program prints "end", then for each poll "timeout", or "event NOW_NS" and
 * the new lines.  It runs until it is killed.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static void drain(int fd, int shown)
{
	char buf[4096];
	ssize_t n;

	while ((n = read(fd, buf, sizeof(buf))) > 0)
		if (shown && write(1, buf, n) != n)
			exit(1);
}

int main(int argc, char **argv)
{
	struct pollfd at = { .events = POLLIN };
	struct timespec ts;

	if (argc != 3) {
		fprintf(stderr, "usage: follow FILE MS\n");
		return 2;
	}
	at.fd = open(argv[1], O_RDONLY);
	if (at.fd < 0) {
		perror(argv[1]);
		return 1;
	}
	drain(at.fd, 0);
	dprintf(1, "end\n");
	for (;;) {
		if (poll(&at, 1, atoi(argv[2])) > 0) {
			clock_gettime(CLOCK_MONOTONIC, &ts);
			dprintf(1, "event %lld\n", ts.tv_sec * 1000000000LL +
				ts.tv_nsec);
			drain(at.fd, 1);
		} else {
			dprintf(1, "timeout\n");
		}
	}
}
