// SPDX-License-Identifier: GPL-2.0-only
/*
 * A known distribution: 940 sleeps of 1 ms and 60 of 6 ms, each timed by the
 * program itself, which then prints "p50 p99 max" of what it saw, in ns, and
 * stops.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SLEEPS	1000

static long long seen[SLEEPS];

static long long now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
	long long x = *(const long long *)a, y = *(const long long *)b;

	return (x > y) - (x < y);
}

int main(void)
{
	int i;

	for (i = 0; i < SLEEPS; i++) {
		/* spread over the run, so that a slow second hits both kinds */
		struct timespec ts = { 0, i % 50 < 47 ? 1000000 : 6000000 };
		long long start = now_ns();

		syscall(SYS_nanosleep, &ts, NULL);
		seen[i] = now_ns() - start;
	}
	qsort(seen, SLEEPS, sizeof(*seen), by_size);
	printf("%lld %lld %lld\n", seen[SLEEPS * 50 / 100 - 1],
	       seen[SLEEPS * 99 / 100 - 1], seen[SLEEPS - 1]);
	fflush(stdout);
	kill(getpid(), SIGSTOP);
	return 0;
}
