// SPDX-License-Identifier: GPL-2.0-only
/*
 * crowd N: N live processes, each of which has made 30 kinds of syscalls,
 * three times each, and waits.  The parent prints "ready" when they all wait, and
 * they end when it is killed.  They share their memory, so that thousands fit
 * into a small guest.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define STACK	4096
#define TIMES	3
#define END	(-1)

static int all_waiting;	/* processes */

/* all of these return at once, and change nothing */
static const int calls[] = {
	SYS_getpid, SYS_gettid, SYS_getppid, SYS_getuid, SYS_geteuid,
	SYS_getgid, SYS_getegid, SYS_getpgid, SYS_getsid, SYS_getresuid,
	SYS_getresgid, SYS_getgroups, SYS_getpriority, SYS_sched_yield,
	SYS_sched_getscheduler, SYS_sched_get_priority_max,
	SYS_sched_get_priority_min, SYS_getcwd, SYS_dup, SYS_fsync,
	SYS_fdatasync, SYS_fchdir, SYS_ftruncate, SYS_flock, SYS_lseek,
	SYS_fstat, END
};

static int live(void *waiting)
{
	const int *call;
	int time;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (time = 0; time < TIMES; time++) {
		for (call = calls; *call != END; call++)
			syscall(*call, -1, 0, 0);
		close(syscall(SYS_openat, AT_FDCWD, "/", O_RDONLY, 0));
	}
	__atomic_add_fetch((int *)waiting, 1, __ATOMIC_RELEASE);
	for (;;)
		pause();
	return 0;
}

int main(int argc, char **argv)
{
	int i, n = argc == 2 ? atoi(argv[1]) : 0;
	char *stacks = mmap(NULL, (size_t)n * STACK, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (n < 1 || stacks == MAP_FAILED)
		errx(1, "usage: crowd N");
	for (i = 1; i <= n; i++)
		if (clone(live, stacks + (size_t)i * STACK, CLONE_VM |
			  CLONE_FILES | CLONE_FS | CLONE_SIGHAND | SIGCHLD,
			  &all_waiting) < 0)
			err(1, "process %d", i);
	while (__atomic_load_n(&all_waiting, __ATOMIC_ACQUIRE) < n)
		usleep(1000);
	puts("ready");
	fflush(stdout);
	for (;;)
		pause();
}
