// SPDX-License-Identifier: GPL-2.0-only
/*
 * act: a workload made of known steps.
 *
 *	act stop getppid:1000 close-bad:7 stop
 *
 * does what its arguments say, one after the other, by raw syscalls only, so
 * that a test knows each call that was made.  "stop" is SIGSTOP to itself: a
 * stopped task is in no call and its numbers stand still, so a test reads
 * them there, and SIGCONT takes it to its next step.
 *
 * "fork:N ... end" makes N children that do the steps up to the matching
 * "end" and exit; "thread:N ... end" the same with threads.  "exec" does the
 * steps that follow in a fresh image; "exec:PROGRAM" runs that with them as
 * its arguments.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "act.h"

#define THREADS_MAX	64
#define STACK_SIZE	16384
#define CLOCKS_MAX	8

static char **act_argv;
static char thread_stack[THREADS_MAX][STACK_SIZE];
static int threads_made;
static long long clocks[CLOCKS_MAX];
static int clocks_used;

/* The flag file that "map" maps: [0] is what "spin" waits for, [1] counts */
static char *flag;

static void run_ops(char **op);

void act_die(const char *op, const char *arg)
{
	fprintf(stderr, "act: %s:%s: %s\n", op, arg, strerror(errno));
	exit(3);
}

long act_number(const char *arg, long otherwise)
{
	return *arg ? strtol(arg, NULL, 10) : otherwise;
}

void act_sleep_ms(long ms)
{
	struct timespec ts = { ms / 1000, ms % 1000 * 1000000 };

	syscall(SYS_nanosleep, &ts, &ts);
}

static void op_stop(const char *arg)
{
	syscall(SYS_kill, (long)getpid(), SIGSTOP);
}

static void op_getppid(const char *arg)
{
	long n = act_number(arg, 1);

	while (n-- > 0)
		syscall(SYS_getppid);
}

static void op_getuid(const char *arg)
{
	long n = act_number(arg, 1);

	while (n-- > 0)
		syscall(SYS_getuid);
}

static void op_close_bad(const char *arg)
{
	long n = act_number(arg, 1);

	while (n-- > 0)
		syscall(SYS_close, -1L);
}

static void op_nr(const char *arg)
{
	syscall(strtol(arg, NULL, 0), 0L, 0L, 0L, 0L, 0L, 0L);
}

#ifdef __x86_64__
/* A 64-bit program that makes a call of the 32-bit table */
static void op_int80(const char *arg)
{
	long ret = act_number(arg, 0);

	asm volatile("int $0x80" : "+a"(ret)
		     : "b"(0L), "c"(0L), "d"(0L)
		     : "memory", "r8", "r9", "r10", "r11");
}
#endif

static void op_sleep(const char *arg)
{
	act_sleep_ms(act_number(arg, 1));
}

static void on_alarm(int sig)
{
}

/* Have SIGALRM interrupt, not restart, the call that comes next */
void act_arm_alarm(void)
{
	struct sigaction sa = { .sa_handler = on_alarm };
	struct itimerval in20ms = { .it_value.tv_usec = 20000 };

	sigaction(SIGALRM, &sa, NULL);
	setitimer(ITIMER_REAL, &in20ms, NULL);
}

static void op_sleep_alarm(const char *arg)
{
	act_arm_alarm();
	act_sleep_ms(2000);
}

static void op_poll_alarm(const char *arg)
{
	struct timespec ts = { 2, 0 };

	act_arm_alarm();
	syscall(SYS_ppoll, NULL, 0L, &ts, NULL, 0L);
}

/* The parent of a vfork waits in D until the child is gone */
static void op_vfork(const char *arg)
{
	static long ms;
	pid_t pid;

	ms = act_number(arg, 0);
	pid = vfork();
	if (pid < 0)
		act_die("vfork", arg);
	if (pid == 0) {
		act_sleep_ms(ms);
		_exit(0);
	}
}

static void op_wait(const char *arg)
{
	long n = act_number(arg, 1);

	while (n-- > 0)
		if (syscall(SYS_wait4, -1L, NULL, 0L, NULL) < 0)
			act_die("wait", arg);
}

static void op_exit(const char *arg)
{
	syscall(SYS_exit_group, act_number(arg, 0));
}

static void op_comm(const char *arg)
{
	syscall(SYS_prctl, (long)PR_SET_NAME, arg, 0L, 0L, 0L);
}

static void op_map(const char *arg)
{
	FILE *f = fopen(arg, "r+");

	if (!f)
		act_die("map", arg);
	flag = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED,
		    fileno(f), 0);
	if (flag == MAP_FAILED)
		act_die("map", arg);
	fclose(f);
}

/* Wait without a syscall */
static void op_spin(const char *arg)
{
	while (__atomic_load_n(&flag[0], __ATOMIC_ACQUIRE) != *arg)
		;
}

static void op_mark(const char *arg)
{
	__atomic_add_fetch(&flag[1], 1, __ATOMIC_RELEASE);
}

/* Spin in user space, yielding, until killed */
static void op_run(const char *arg)
{
	for (;;)
		sched_yield();
}

static void op_mlock(const char *arg)
{
	mlockall(MCL_CURRENT | MCL_FUTURE);
}

/* Note a time; "say" prints what was noted, since that takes calls */
static void note_clock(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	if (clocks_used < CLOCKS_MAX)
		clocks[clocks_used++] = ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

static void op_clock(const char *arg)
{
	note_clock(CLOCK_MONOTONIC);
}

/* The time that this thread has been on CPUs */
static void op_cpu(const char *arg)
{
	note_clock(CLOCK_THREAD_CPUTIME_ID);
}

static void op_say(const char *arg)
{
	int i;

	for (i = 0; i < clocks_used; i++)
		dprintf(1, "%lld\n", clocks[i]);
	clocks_used = 0;
}

static const struct act_op ops[] = {
	{ "stop", op_stop },
	{ "getppid", op_getppid },
	{ "getuid", op_getuid },
	{ "close-bad", op_close_bad },
	{ "nr", op_nr },
#ifdef __x86_64__
	{ "int80", op_int80 },
#endif
	{ "sleep", op_sleep },
	{ "sleep-alarm", op_sleep_alarm },
	{ "poll-alarm", op_poll_alarm },
	{ "vfork", op_vfork },
	{ "wait", op_wait },
	{ "exit", op_exit },
	{ "comm", op_comm },
	{ "map", op_map },
	{ "spin", op_spin },
	{ "mark", op_mark },
	{ "run", op_run },
	{ "mlock", op_mlock },
	{ "clock", op_clock },
	{ "cpu", op_cpu },
	{ "say", op_say },
	{ NULL, NULL }
};

static int thread_main(void *op)
{
	run_ops(op);
	syscall(SYS_exit, 0L);
	return 0;
}

static void make_children(const char *arg, char **op)
{
	long n = act_number(arg, 1);

	while (n-- > 0) {
		long pid = syscall(SYS_clone, (long)SIGCHLD, 0L, 0L, 0L, 0L);

		if (pid < 0)
			act_die("fork", arg);
		if (pid == 0) {
			run_ops(op);
			syscall(SYS_exit_group, 0L);
		}
	}
}

static void make_threads(const char *arg, char **op)
{
	int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND |
		    CLONE_THREAD | CLONE_SYSVSEM;
	long n = act_number(arg, 1);

	while (n-- > 0) {
		if (threads_made == THREADS_MAX)
			act_die("thread", arg);
		/* the next one is higher up: its end is this one's top */
		if (clone(thread_main, thread_stack[threads_made++] +
			  STACK_SIZE, flags, op) < 0)
			act_die("thread", arg);
	}
}

/* From behind "fork" or "thread" to its "end" */
static char **block_end(char **op)
{
	int depth = 1;

	for (; *op; op++) {
		if (!strncmp(*op, "fork", 4) || !strncmp(*op, "thread", 6))
			depth++;
		else if (!strcmp(*op, "end") && --depth == 0)
			return op;
	}
	fprintf(stderr, "act: no end\n");
	exit(2);
}

static int is(const char *op, size_t len, const char *name)
{
	return strlen(name) == len && !strncmp(op, name, len);
}

static int run_from(const struct act_op *table, const char *name, size_t len,
		    const char *arg)
{
	for (; table->name; table++) {
		if (is(name, len, table->name)) {
			table->run(arg);
			return 1;
		}
	}
	return 0;
}

static void run_ops(char **op)
{
	for (; *op && strcmp(*op, "end"); op++) {
		size_t len = strcspn(*op, ":");
		const char *arg = *op + len + ((*op)[len] == ':');

		if (is(*op, len, "fork")) {
			make_children(arg, op + 1);
			op = block_end(op + 1);
		} else if (is(*op, len, "thread")) {
			make_threads(arg, op + 1);
			op = block_end(op + 1);
		} else if (is(*op, len, "exec")) {
			*op = *arg ? (char *)arg : act_argv[0];
			execv(*op, op);
			act_die("exec", *op);
		} else if (!run_from(ops, *op, len, arg) &&
			   !run_from(act_file_ops, *op, len, arg) &&
			   !run_from(act_wait_ops, *op, len, arg) &&
			   !run_from(act_fed_ops, *op, len, arg)) {
			fprintf(stderr, "act: unknown step %s\n", *op);
			exit(2);
		}
	}
}

int main(int argc, char **argv)
{
	act_argv = argv;
	run_ops(argv + 1);
	return 0;
}
