// SPDX-License-Identifier: GPL-2.0-only
/*
 * A 32-bit caller without a libc: 1000 getppid, 7 close(-1), 3 nice(0), all
 * by the numbers of i386's table, then a stop.  Number 64 is semget and 34 is
 * pause in the 64-bit table.
 */
#define NR_EXIT		1
#define NR_CLOSE	6
#define NR_GETPID	20
#define NR_NICE		34
#define NR_KILL		37
#define NR_GETPPID	64
#define SIGSTOP		19

static long call(long nr, long a, long b)
{
	long ret;

	asm volatile("int $0x80" : "=a"(ret)
		     : "0"(nr), "b"(a), "c"(b) : "memory");
	return ret;
}

void _start(void)
{
	int i;

	for (i = 0; i < 1000; i++)
		call(NR_GETPPID, 0, 0);
	for (i = 0; i < 7; i++)
		call(NR_CLOSE, -1, 0);
	for (i = 0; i < 3; i++)
		call(NR_NICE, 0, 0);
	call(NR_KILL, call(NR_GETPID, 0, 0), SIGSTOP);
	call(NR_EXIT, 0, 0);
}
