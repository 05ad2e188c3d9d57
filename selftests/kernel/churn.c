// SPDX-License-Identifier: GPL-2.0-only
/*
 * churn SECONDS WORKERS [nice]: workers that fork, open, fail, change their
 * comm, sleep in D, make threads and exit as fast as they can; with "nice" they pause
 * for a millisecond each time.  The workers die with their parent.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char stack[16384];

static int thread_main(void *unused)
{
	syscall(SYS_getppid);
	syscall(SYS_exit, 0L);
	return 0;
}

static void child(unsigned int round)
{
	char comm[16];
	int fd, i;

	for (i = 0; i < 15; i++)
		comm[i] = 1 + (round * 31 + i * 17) % 255;
	comm[15] = 0;
	prctl(PR_SET_NAME, comm);
	fd = open("/dev/null", O_RDONLY);
	open("/no/such/file", O_RDONLY);
	syscall(SYS_close, (long)dup(fd));
	syscall(-1L);
	if (round % 2)		/* else exit closes it */
		close(fd);
	if (round % 8 == 0)
		clone(thread_main, stack + sizeof(stack),
		      CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND |
		      CLONE_THREAD | CLONE_SYSVSEM, NULL);
	if (round % 8 == 1 && vfork() == 0) {
		sched_yield();
		_exit(0);
	}
	_exit(0);
}

static void worker(time_t end, int nice)
{
	unsigned int round = 0;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (time(NULL) < end) {
		pid_t pid = fork();

		if (pid == 0)
			child(round);
		if (pid > 0)
			waitpid(pid, NULL, 0);
		if (nice)
			usleep(1000);
		round++;
	}
	_exit(0);
}

int main(int argc, char **argv)
{
	int n, nice = argc > 3;
	time_t end;

	if (argc < 3) {
		fprintf(stderr, "usage: churn SECONDS WORKERS [nice]\n");
		return 2;
	}
	end = time(NULL) + atoi(argv[1]);
	for (n = atoi(argv[2]); n > 0; n--)
		if (fork() == 0)
			worker(end, nice);
	while (wait(NULL) > 0)
		;
	return 0;
}
