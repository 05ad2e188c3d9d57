// SPDX-License-Identifier: GPL-2.0-only
/*
 * A 32-bit caller without a libc, by the numbers of i386's or of Arm's table:
 * a stop, then 1000 getppid, 7 close(-1), 3 nice(0), one file opened and closed
 * by open and one by openat, and two numbers of no call; then another stop.
 * Numbers 64, 34 and 5 are other calls in the 64-bit tables.  Arm has calls of
 * its own, too: there are 2 set_tls, 1 cacheflush, and one that is no call.
 */
#define NR_EXIT		1
#define NR_OPEN		5
#define NR_CLOSE	6
#define NR_GETPID	20
#define NR_NICE		34
#define NR_KILL		37
#define NR_GETPPID	64
#ifdef __arm__
#define NR_OPENAT	322
#define NR_CACHEFLUSH	0xf0002
#define NR_SET_TLS	0xf0005
#else
#define NR_OPENAT	295
#endif
#define SIGSTOP		19
#define AT_FDCWD	(-100)

static long call(long nr, long a, long b)
{
#ifdef __arm__
	register long r7 asm("r7") = nr;
	register long r0 asm("r0") = a;
	register long r1 asm("r1") = b;
	register long r2 asm("r2") = 0;

	asm volatile("svc #0"
		     : "+r"(r0) : "r"(r7), "r"(r1), "r"(r2) : "memory");
	return r0;
#else
	long ret;

	asm volatile("int $0x80" : "=a"(ret)
		     : "0"(nr), "b"(a), "c"(b), "d"(0) : "memory");
	return ret;
#endif
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
	call(5000, 0, 0);
	call(100000, 0, 0);
#ifdef __arm__
	call(NR_SET_TLS, 0, 0);
	call(NR_SET_TLS, 0, 0);
	call(NR_CACHEFLUSH, 0, 0);
	call(0xf0009, 0, 0);
#endif
	stop();
	call(NR_EXIT, 0, 0);
}
