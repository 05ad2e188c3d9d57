// SPDX-License-Identifier: GPL-2.0-only
/*
 * totals TASKS CALLS READERS: TASKS processes of the comm "hdtotals" that make
 * CALLS getppid and one prctl each and end, a few at a time, while READERS read
 * snapshots and debugfs and add up what the live and the dead of that comm have
 * made.  It fails where a sum falls.  When all have ended, the last sum is:
 * "CALLS-COUNTED TASKS-ENDED LOST READS".
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sums.h"

#define COMM		"hdtotals"
#define WORKERS		4
#define SNAPSHOT	"/proc/hostdiag/snapshot"
#define PROBES		"/sys/kernel/debug/hostdiag/probes"

/* of all processes here */
struct shared {
	int is_over;
	unsigned long reads;
};

static struct shared *shared;
static char data[64 << 20];

static size_t read_file(const char *path)
{
	int fd = open(path, O_RDONLY);
	size_t len = 0;
	ssize_t got;

	if (fd < 0)
		err(1, "%s", path);
	while ((got = read(fd, data + len, sizeof(data) - 1 - len)) > 0)
		len += got;
	if (got < 0)
		err(1, "%s", path);
	close(fd);
	data[len] = '\0';
	return len;
}

static struct sums read_sums(void)
{
	size_t len = read_file(SNAPSHOT), at;
	const struct hostdiag_header *head = (const void *)data;
	struct sums sums = { .lost = head->lost };

	for (at = head->header_size; at < len;) {
		const struct hostdiag_record *rec = (const void *)(data + at);

		add_record(&sums, rec, COMM);
		at += rec->size;
	}
	return sums;
}

/* of all tasks; 0: there is no debugfs */
static unsigned long long read_hits(void)
{
	const char *at;

	if (access(PROBES, R_OK))
		return 0;
	read_file(PROBES);
	at = strstr(data, " sys_enter ");
	at = at ? strstr(at, "hits=") : NULL;
	return at ? strtoull(at + strlen("hits="), NULL, 10) : 0;
}

/* what is below what was before it is wrong */
static int is_below(const char *what, unsigned long long was, unsigned long long is)
{
	if (is >= was)
		return 0;
	printf("%s fell from %llu to %llu\n", what, was, is);
	return 1;
}

static int read_on(void)
{
	unsigned long long hits = 0, now_hits;
	struct sums was = { 0 }, now;
	int falls = 0;

	while (!__atomic_load_n(&shared->is_over, __ATOMIC_ACQUIRE) && falls < 5) {
		now = read_sums();
		falls += is_below("calls", was.calls, now.calls);
		falls += is_below("ended", was.ended, now.ended);
		was = now;
		now_hits = read_hits();
		falls += is_below("hits", hits, now_hits);
		hits = now_hits;
		__atomic_add_fetch(&shared->reads, 1, __ATOMIC_RELAXED);
	}
	fflush(stdout);
	return falls;
}

static void one_task(int calls)
{
	prctl(PR_SET_NAME, COMM);
	while (calls--)
		syscall(SYS_getppid);
	syscall(SYS_exit_group, 0);
}

/* raw, since what a C library does in a new process are calls, too */
static void run_tasks(int tasks, int calls)
{
	while (tasks--) {
		long pid = syscall(SYS_clone, (long)SIGCHLD, 0L, 0L, 0L, 0L);

		if (pid < 0)
			err(1, "clone");
		if (!pid)
			one_task(calls);
		while (waitpid(pid, NULL, 0) != pid)
			;
	}
	_exit(0);
}

int main(int argc, char **argv)
{
	int tasks, calls, readers, i, status, failed = 0;
	pid_t worker[WORKERS];
	struct sums sums;

	if (argc != 4) {
		fprintf(stderr, "usage: totals TASKS CALLS READERS\n");
		return 2;
	}
	tasks = atoi(argv[1]);
	calls = atoi(argv[2]);
	readers = atoi(argv[3]);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (i = 0; i < readers; i++)
		if (!fork())
			_exit(read_on() != 0);
	for (i = 0; i < WORKERS; i++) {
		worker[i] = fork();
		if (!worker[i])
			run_tasks(tasks / WORKERS, calls);
	}
	for (i = 0; i < WORKERS; i++)
		waitpid(worker[i], NULL, 0);
	/* freeing is deferred, so the last deaths may take a moment */
	for (i = 0; i < 200; i++) {
		sums = read_sums();
		if (sums.ended >= (unsigned long long)(tasks / WORKERS * WORKERS))
			break;
		usleep(50000);
	}
	__atomic_store_n(&shared->is_over, 1, __ATOMIC_RELEASE);
	while (wait(&status) > 0)
		failed |= status;
	printf("%llu %llu %llu %lu\n", sums.calls, sums.ended, sums.lost,
	       shared->reads);
	return failed != 0;
}
