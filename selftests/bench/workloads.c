// SPDX-License-Identifier: GPL-2.0-only
/*
 * workloads [LESS]: the five workloads whose cost is measured: each prints its
 * name and the nanoseconds of one operation, the median of several rounds,
 * which are LESS times shorter.  Under QEMU's -icount shift=0 a nanosecond is
 * an instruction.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS	7

static int less = 1;
static int zero_fd;
static int ping[2], pong[2];

static uint64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ull + ts.tv_nsec;
}

static void run_getppid(void)
{
	syscall(SYS_getppid);
}

static void run_read(void)
{
	char byte;

	if (syscall(SYS_read, zero_fd, &byte, 1) != 1)
		err(1, "read");
}

static void run_open_close(void)
{
	int fd = syscall(SYS_openat, AT_FDCWD, "/tmp/bench", O_RDONLY);

	if (fd < 0)
		err(1, "open");
	syscall(SYS_close, fd);
}

static void run_ping_pong(void)
{
	char byte = 0;

	if (write(ping[1], &byte, 1) != 1 || read(pong[0], &byte, 1) != 1)
		err(1, "ping");
}

static void run_vfork_exit(void)
{
	int status;
	pid_t pid = vfork();

	if (pid == 0)
		_exit(0);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		err(1, "vfork");
}

static void echo_pings(void)
{
	char byte;

	while (read(ping[0], &byte, 1) == 1)
		if (write(pong[1], &byte, 1) != 1)
			break;
	_exit(0);
}

static void prepare(void)
{
	int fd = open("/tmp/bench", O_CREAT | O_WRONLY, 0600);

	zero_fd = open("/dev/zero", O_RDONLY);
	if (fd < 0 || zero_fd < 0 || pipe(ping) || pipe(pong))
		err(1, "prepare");
	close(fd);
	switch (fork()) {
	case -1:
		err(1, "fork");
	case 0:
		close(ping[1]);
		echo_pings();
	}
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void measure(const char *name, void (*run)(void), int times)
{
	double per_op[ROUNDS];
	uint64_t start;
	int r, i;

	times /= less;
	for (i = 0; i < times / 4; i++)
		run();
	for (r = 0; r < ROUNDS; r++) {
		start = now_ns();
		for (i = 0; i < times; i++)
			run();
		per_op[r] = (double)(now_ns() - start) / times;
	}
	qsort(per_op, ROUNDS, sizeof(per_op[0]), by_value);
	printf("%s %.1f\n", name, per_op[ROUNDS / 2]);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	if (argc == 2)
		less = atoi(argv[1]);
	if (less < 1)
		errx(1, "usage: workloads [LESS]");
	prepare();
	measure("getppid", run_getppid, 20000);
	measure("read", run_read, 20000);
	measure("open+close", run_open_close, 4000);
	measure("ping-pong", run_ping_pong, 2000);
	measure("vfork+exit", run_vfork_exit, 400);
	return 0;
}
