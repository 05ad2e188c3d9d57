// SPDX-License-Identifier: GPL-2.0-only
/*
 * censuses ROUNDS HELD: check the sums that a reader of a snapshot makes while a task
 * dies that the reader has already counted as a live one.
 *
 * In each round a task of the comm "hdcensus" makes CALLS calls and sleeps.  Two
 * readers go up to its record; one of them ends, the task is killed, and the other
 * one reads on to the dead: the task must not be among them, too.  HELD readers
 * that are open all at once, more than the module can tell apart, come in the
 * middle of the rounds, and must not change what later ones find.
 *
 * It prints a line for each sum that is wrong, then how many rounds were right.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sums.h"

#define COMM		"hdcensus"
#define CALLS		5
#define SNAPSHOT	"/proc/hostdiag/snapshot"

/* one who reads a snapshot, a record at a time, so that no more than that is made */
struct reader {
	int fd;
	struct sums sums;
	char data[1 << 20];
	const struct hostdiag_record *rec;
};

static struct reader first, second;

static void read_all(int fd, void *to, size_t len)
{
	ssize_t got;

	for (; len; len -= got, to = (char *)to + got) {
		got = read(fd, to, len);
		if (got <= 0)
			err(1, "%s", SNAPSHOT);
	}
}

static void begin(struct reader *reader)
{
	struct hostdiag_header head;

	memset(&reader->sums, 0, sizeof(reader->sums));
	reader->rec = (const void *)reader->data;
	reader->fd = open(SNAPSHOT, O_RDONLY);
	if (reader->fd < 0)
		err(1, "%s", SNAPSHOT);
	read_all(reader->fd, &head, sizeof(head));
	read_all(reader->fd, reader->data, head.header_size - sizeof(head));
}

/* the next record; 0: it is the last */
static int step(struct reader *reader)
{
	struct hostdiag_record *rec = (void *)reader->data;

	read_all(reader->fd, rec, sizeof(*rec));
	if (rec->size > sizeof(reader->data))
		errx(1, "a record of %u bytes", rec->size);
	read_all(reader->fd, rec + 1, rec->size - sizeof(*rec));
	add_record(&reader->sums, rec, COMM);
	return rec->type != HOSTDIAG_END;
}

/* up to and with the record of a live task, but for what follows of its own */
static void go_to_live(struct reader *reader)
{
	while (step(reader))
		if (reader->sums.is_ours && reader->rec->type == HOSTDIAG_TASK)
			return;
	errx(1, "the live task is not there");
}

static void end(struct reader *reader)
{
	close(reader->fd);
}

/* the sums as text has them, which is of this moment */
static unsigned long long dead_by_now(void)
{
	unsigned long long dead = 0;
	char line[1024], comm[64];
	FILE *file = fopen("/proc/hostdiag/exited", "r");

	if (!file)
		err(1, "exited");
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%63s %llu", comm, &dead) == 2 &&
		    !strcmp(comm, COMM))
			break;
		dead = 0;
	}
	fclose(file);
	return dead;
}

static void live(void)
{
	int i;

	prctl(PR_SET_NAME, COMM);
	for (i = 1; i < CALLS; i++)
		syscall(SYS_getppid);
	for (;;)
		syscall(SYS_ppoll, NULL, 0L, NULL, NULL, 0L);
}

/* raw, since what a C library does in a new process are calls, too */
static pid_t bear(void)
{
	pid_t pid = syscall(SYS_clone, (long)SIGCHLD, 0L, 0L, 0L, 0L);
	char path[64], state[512];
	int fd, len;

	if (!pid)
		live();
	snprintf(path, sizeof(path), "/proc/%d/syscall", pid);
	/* until it is in its last call */
	for (;;) {
		fd = open(path, O_RDONLY);
		len = fd < 0 ? -1 : read(fd, state, sizeof(state) - 1);
		close(fd);
		if (len > 0 && atoi(state) == SYS_ppoll)
			return pid;
		usleep(1000);
	}
}

static void bury(pid_t pid, unsigned long long dead)
{
	int tries = 2000;

	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) != pid)
		;
	/* records are freed some time after */
	while (dead_by_now() != dead && tries--)
		usleep(5000);
	if (dead_by_now() != dead)
		errx(1, "%llu have ended, not %llu", dead_by_now(), dead);
}

static int is_right(const struct sums *sums, unsigned long long dead)
{
	/* the last call of a task ends when it is killed */
	unsigned long long calls = dead * (CALLS + 1) + CALLS;

	if (sums->tasks == dead + 1 && sums->calls == calls)
		return 1;
	printf("with %llu dead: %llu tasks, %llu calls, not %llu, %llu\n", dead,
	       sums->tasks, sums->calls, dead + 1, calls);
	return 0;
}

static int one_round(unsigned long long dead)
{
	pid_t pid = bear();

	begin(&first);
	begin(&second);
	go_to_live(&first);
	go_to_live(&second);
	end(&first);
	bury(pid, dead + 1);
	while (step(&second))
		;
	end(&second);
	return is_right(&second.sums, dead);
}

static void hold(int held)
{
	int fd[held + 1], i;
	char byte;

	for (i = 0; i < held; i++) {
		fd[i] = open(SNAPSHOT, O_RDONLY);
		if (fd[i] < 0 || read(fd[i], &byte, 1) != 1)
			err(1, "%s", SNAPSHOT);
	}
	for (i = 0; i < held; i++)
		close(fd[i]);
}

int main(int argc, char **argv)
{
	int rounds, held, i, right = 0;

	if (argc != 3) {
		fprintf(stderr, "usage: censuses ROUNDS HELD\n");
		return 2;
	}
	rounds = atoi(argv[1]);
	held = atoi(argv[2]);
	for (i = 0; i < rounds; i++) {
		if (i == rounds / 2)
			hold(held);
		right += one_round(i);
	}
	printf("%d\n", right);
	return right != rounds;
}
