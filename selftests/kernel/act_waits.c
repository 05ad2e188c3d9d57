// SPDX-License-Identifier: GPL-2.0-only
/*
 * act: the steps that wait, that burn CPU time in a call, that fail, and that
 * hold many files open.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "act.h"

#define MANY_MAX	8192
#define MB		1048576
#define VECTOR_MAX	1024

static int ends[2] = { -1, -1 };
static int many[MANY_MAX];
static int many_used;

static void op_flock(const char *arg)
{
	if (syscall(SYS_flock, (long)act_file_top(), (long)LOCK_EX))
		act_die("flock", arg);
}

/* Have a signal interrupt it */
static void op_flock_alarm(const char *arg)
{
	act_arm_alarm();
	syscall(SYS_flock, (long)act_file_top(), (long)LOCK_EX);
}

static void op_funlock(const char *arg)
{
	if (syscall(SYS_flock, (long)act_file_top(), (long)LOCK_UN))
		act_die("funlock", arg);
}

static void op_pipe(const char *arg)
{
	if (pipe(ends))
		act_die("pipe", arg);
}

static void op_pipe_read(const char *arg)
{
	char c;

	if (syscall(SYS_read, (long)ends[0], &c, 1L) != 1)
		act_die("pipe-read", arg);
}

static void op_pipe_write(const char *arg)
{
	if (syscall(SYS_write, (long)ends[1], "x", 1L) != 1)
		act_die("pipe-write", arg);
}

/* Nobody wakes it; it may have so many ms */
static void op_futex(const char *arg)
{
	long ms = act_number(arg, 0);
	struct timespec ts = { ms / 1000, ms % 1000 * 1000000 };
	static int word;

	syscall(SYS_futex, &word, (long)FUTEX_WAIT, 0L, ms ? &ts : NULL, NULL,
		0L);
}

/* One call that is on the CPU for as long as so many MB take to be zeroed */
static void op_zeros(const char *arg)
{
	static struct iovec vector[VECTOR_MAX];
	static char *space;
	long i, n = act_number(arg, 1);

	if (n > VECTOR_MAX)
		n = VECTOR_MAX;
	if (!space)
		space = malloc(MB);
	for (i = 0; i < n; i++)
		vector[i] = (struct iovec){ space, MB };
	if (syscall(SYS_readv, (long)act_file_top(), vector, n) != n * MB)
		act_die("zeros", arg);
}

/* Be on this CPU alone */
static void op_pin(const char *arg)
{
	cpu_set_t cpus;

	CPU_ZERO(&cpus);
	CPU_SET(act_number(arg, 0), &cpus);
	if (sched_setaffinity(0, sizeof(cpus), &cpus))
		act_die("pin", arg);
}

/* Keep the CPU for so many ms from all that are not real-time, then end */
static void op_hog(const char *arg)
{
	struct sched_param param = { .sched_priority = 1 };
	struct timespec ts;
	long long end;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	end = ts.tv_sec * 1000LL + ts.tv_nsec / 1000000 + act_number(arg, 0);
	if (sched_setscheduler(0, SCHED_FIFO, &param))
		act_die("hog", arg);
	do
		clock_gettime(CLOCK_MONOTONIC, &ts);
	while (ts.tv_sec * 1000LL + ts.tv_nsec / 1000000 < end);
	_exit(0);
}

static void op_kill(const char *arg)
{
	syscall(SYS_kill, (long)getpid(), act_number(arg, SIGKILL));
}

static void op_nofile(const char *arg)
{
	struct rlimit limit = { act_number(arg, 0), act_number(arg, 0) };

	if (setrlimit(RLIMIT_NOFILE, &limit))
		act_die("nofile", arg);
}

/* "N:LETTERS:PATH": N opens that all fail */
static void op_refused(const char *arg)
{
	char *how;
	long n = strtol(arg, &how, 10);

	while (n-- > 0)
		if (act_open(how + 1) >= 0)
			act_die("refused", arg);
}

/* "N:LETTERS:PATH": N more files */
static void op_many(const char *arg)
{
	char *how;
	long n = strtol(arg, &how, 10);

	for (; n-- > 0; many_used++) {
		if (many_used == MANY_MAX)
			act_die("many", "too many files");
		many[many_used] = act_open(how + 1);
		if (many[many_used] < 0)
			act_die("many", arg);
	}
}

static void op_close_many(const char *arg)
{
	while (many_used > 0)
		syscall(SYS_close, (long)many[--many_used]);
}

/* Have the parent's page behind what "mmap" mapped brought in, from outside */
static void op_peek_parent(const char *arg)
{
	char path[64], c;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)getppid());
	fd = open(path, O_RDONLY);
	if (fd < 0)
		act_die("peek-parent", path);
	syscall(SYS_pread64, (long)fd, &c, 1L, (long)act_mapped());
	close(fd);
}

static void hold_parent(const char *arg, int ready)
{
	pid_t parent = getppid();

	if (ptrace(PTRACE_SEIZE, parent, NULL, (long)PTRACE_O_TRACEVFORKDONE))
		act_die("held-vfork", arg);
	close(ready);
	while (waitpid(parent, NULL, __WALL) == parent) {
		act_sleep_ms(act_number(arg, 0));
		ptrace(PTRACE_DETACH, parent, NULL, NULL);
	}
	_exit(0);
}

/*
 * A vfork that goes on for so many ms after its sleep in D, of 300 ms: a child
 * that traces it holds it there
 */
static void op_held_vfork(const char *arg)
{
	int ready[2];
	char c;

	if (pipe(ready))
		act_die("held-vfork", arg);
	if (!fork()) {
		close(ready[0]);
		hold_parent(arg, ready[1]);
	}
	close(ready[1]);
	if (read(ready[0], &c, 1))
		act_die("held-vfork", arg);
	close(ready[0]);
	if (!vfork()) {
		act_sleep_ms(300);
		_exit(0);
	}
}

/* Map a page of no file */
static void op_mmap_anon(const char *arg)
{
	mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void op_fstat(const char *arg)
{
	char space[256];

	syscall(SYS_fstat, (long)act_file_top(), space);
}

static void op_stat(const char *arg)
{
	char space[256];

#ifdef SYS_newfstatat
	syscall(SYS_newfstatat, (long)AT_FDCWD, arg, space, 0L);
#else
	syscall(SYS_fstatat64, (long)AT_FDCWD, arg, space, 0L);
#endif
}

const struct act_op act_wait_ops[] = {
	{ "flock", op_flock },
	{ "flock-alarm", op_flock_alarm },
	{ "funlock", op_funlock },
	{ "pipe", op_pipe },
	{ "pipe-read", op_pipe_read },
	{ "pipe-write", op_pipe_write },
	{ "futex", op_futex },
	{ "zeros", op_zeros },
	{ "pin", op_pin },
	{ "hog", op_hog },
	{ "kill", op_kill },
	{ "nofile", op_nofile },
	{ "refused", op_refused },
	{ "many", op_many },
	{ "close-many", op_close_many },
	{ "peek-parent", op_peek_parent },
	{ "held-vfork", op_held_vfork },
	{ "mmap-anon", op_mmap_anon },
	{ "fstat", op_fstat },
	{ "stat", op_stat },
	{ NULL, NULL }
};
