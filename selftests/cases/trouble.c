// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs that make trouble, each of its own kind:
 *
 *	trouble trace PID	attaches to PID as its tracer, and forgets it
 *	trouble zombies		makes children and waits for none, also when no
 *				more can be made
 *	trouble watches DIR N	wants to watch N folders that it makes in DIR
 *	trouble memory		takes memory till it is killed
 *	trouble reread FILE	reads FILE again and again from where it is kept
 *	trouble orders FILE	appends to FILE, and has each line written out
 *	trouble want FILE BYTE	waits for a POSIX lock of that byte
 *	trouble lock FILE	waits for the lock that flock(2) is about
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void trace(pid_t pid)
{
	if (ptrace(PTRACE_ATTACH, pid, NULL, NULL))
		err(1, "attach to %d", pid);
	waitpid(pid, NULL, __WALL);
	for (;;)
		pause();
}

static void zombies(void)
{
	for (;;) {
		pid_t pid = fork();

		if (pid == 0)
			_exit(0);
		usleep(pid < 0 ? 100000 : 30000);
	}
}

static void watches(const char *dir, int n)
{
	char path[256];
	int i, fd = inotify_init();

	for (;;) {
		for (i = 0; i < n; i++) {
			snprintf(path, sizeof(path), "%s/%d", dir, i);
			mkdir(path, 0700);
			inotify_add_watch(fd, path, IN_MODIFY);
		}
		usleep(500000);
	}
}

static void memory(void)
{
	for (;;) {
		char *p = malloc(1 << 20);

		if (p)
			memset(p, 1, 1 << 20);
	}
}

static void reread(const char *file)
{
	static char space[4096];
	int fd = open(file, O_RDONLY);

	if (fd < 0)
		err(1, "%s", file);
	for (;;) {
		posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
		if (lseek(fd, 0, SEEK_SET) || read(fd, space, sizeof(space)) < 0)
			err(1, "%s", file);
		usleep(200000);
	}
}

static void orders(const char *file)
{
	int fd = open(file, O_WRONLY | O_APPEND | O_CREAT, 0600);

	if (fd < 0)
		err(1, "%s", file);
	while (write(fd, "order\n", 6) == 6 && !fsync(fd))
		usleep(50000);
}

static void want(const char *file, long long byte)
{
	struct flock lock = {
		.l_type = F_WRLCK, .l_start = byte, .l_len = 1,
	};
	int fd = open(file, O_RDWR);

	if (fd < 0 || fcntl(fd, F_SETLKW, &lock))
		err(1, "%s", file);
}

static void lock(const char *file)
{
	int fd = open(file, O_RDWR);

	if (fd < 0 || flock(fd, LOCK_EX))
		err(1, "%s", file);
}

int main(int argc, char **argv)
{
	const char *kind = argc > 1 ? argv[1] : "";

	if (!strcmp(kind, "trace") && argc == 3)
		trace(atoi(argv[2]));
	else if (!strcmp(kind, "zombies"))
		zombies();
	else if (!strcmp(kind, "watches") && argc == 4)
		watches(argv[2], atoi(argv[3]));
	else if (!strcmp(kind, "memory"))
		memory();
	else if (!strcmp(kind, "reread") && argc == 3)
		reread(argv[2]);
	else if (!strcmp(kind, "orders") && argc == 3)
		orders(argv[2]);
	else if (!strcmp(kind, "want") && argc == 4)
		want(argv[2], strtoll(argv[3], NULL, 0));
	else if (!strcmp(kind, "lock") && argc == 3)
		lock(argv[2]);
	fprintf(stderr, "usage: trouble trace PID|zombies|watches DIR N|memory|\n"
		"\treread FILE|orders FILE|want FILE BYTE|lock FILE\n");
	return 2;
}
