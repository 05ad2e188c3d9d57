// SPDX-License-Identifier: GPL-2.0-only
/*
 * threadexec FILE PROGRAM ARGUMENT...: a thread that is not the first opens FILE
 * and execs PROGRAM, which keeps it open.
 */
#include <err.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static char **args;

static void *run(void *unused)
{
	if (open(args[1], O_RDONLY) < 0)
		err(1, "%s", args[1]);
	execv(args[2], args + 2);
	err(1, "%s", args[2]);
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc < 3) {
		fprintf(stderr, "usage: threadexec FILE PROGRAM ARGUMENT...\n");
		return 2;
	}
	args = argv;
	if (pthread_create(&thread, NULL, run, NULL))
		errx(1, "no thread");
	for (;;)
		pause();
}
