// SPDX-License-Identifier: GPL-2.0-only
/*
 * A 32-bit caller without a libc, by the numbers of i386's table: a stop,
 * then 1000 getppid, 7 close(-1), 3 nice(0), and one file opened and closed by
 * open and one by openat; then another stop.  Numbers 64, 34 and 5 are semget,
 * pause and fstat in the 64-bit table.
 */
#define NR_EXIT		1
#define NR_OPEN		5
#define NR_CLOSE	6
#define NR_GETPID	20
#define NR_NICE		34
#define NR_KILL		37
#define NR_GETPPID	64
#define NR_OPENAT	295
#define SIGSTOP		19
#define AT_FDCWD	(-100)

static long call(long nr, long a, long b)
{
	long ret;

	asm volatile("int $0x80" : "=a"(ret)
		     : "0"(nr), "b"(a), "c"(b), "d"(0) : "memory");
	return ret;
}

static void stop(void)
{
	call(NR_KILL, call(NR_GETPID, 0, 0), SIGSTOP);
}

void _start(void)
{
	int i;

	stop();
	for (i = 0; i < 1000; i++)
		call(NR_GETPPID, 0, 0);
	for (i = 0; i < 7; i++)
		call(NR_CLOSE, -1, 0);
	for (i = 0; i < 3; i++)
		call(NR_NICE, 0, 0);
	call(NR_CLOSE, call(NR_OPEN, (long)"/", 0), 0);
	call(NR_CLOSE, call(NR_OPENAT, AT_FDCWD, (long)"/"), 0);
	stop();
	call(NR_EXIT, 0, 0);
}
