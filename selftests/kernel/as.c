// SPDX-License-Identifier: GPL-2.0-only
/*
 * as user UID GID PROGRAM...: run a program as somebody, who need not be in
 * /etc/passwd.  as pidns DIR PROGRAM...: run it in a new pid namespace, whose
 * procfs is mounted on DIR; exit status 4 where the kernel has no such thing.
 * as userns PROGRAM...: run it as root of a new user namespace, which is who
 * it was outside; the same of exit status 4.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

static int run_user(char **argv)
{
	gid_t gid = atoi(argv[1]);

	if (setgroups(0, NULL) || setgid(gid) || setuid(atoi(argv[0]))) {
		perror("as user");
		return 3;
	}
	execv(argv[2], argv + 2);
	perror(argv[2]);
	return 3;
}

static int run_pidns(char **argv)
{
	int status;
	pid_t pid;

	if (unshare(CLONE_NEWPID | CLONE_NEWNS)) {
		perror("unshare");
		return 4;
	}
	pid = fork();
	if (pid > 0) {
		waitpid(pid, &status, 0);
		return WIFEXITED(status) ? WEXITSTATUS(status) : 3;
	}
	if (pid < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("proc", argv[0], "proc", 0, NULL)) {
		perror("mount");
		return 3;
	}
	execvp(argv[1], argv + 1);
	perror(argv[1]);
	return 3;
}

static int put(const char *file, const char *text)
{
	int fd = open(file, O_WRONLY), failed;

	failed = fd < 0 || write(fd, text, strlen(text)) < 0;
	if (fd >= 0)
		close(fd);
	return failed;
}

static int run_userns(char **argv)
{
	char uids[32], gids[32];

	snprintf(uids, sizeof(uids), "0 %u 1", geteuid());
	snprintf(gids, sizeof(gids), "0 %u 1", getegid());
	if (unshare(CLONE_NEWUSER)) {
		perror("unshare");
		return 4;
	}
	/* before 3.19 there is none, and no need of it */
	put("/proc/self/setgroups", "deny");
	if (put("/proc/self/uid_map", uids) || put("/proc/self/gid_map", gids)) {
		perror("as userns");
		return 3;
	}
	execvp(argv[0], argv);
	perror(argv[0]);
	return 3;
}

int main(int argc, char **argv)
{
	if (argc > 4 && !strcmp(argv[1], "user"))
		return run_user(argv + 2);
	if (argc > 3 && !strcmp(argv[1], "pidns"))
		return run_pidns(argv + 2);
	if (argc > 2 && !strcmp(argv[1], "userns"))
		return run_userns(argv + 2);
	fprintf(stderr, "usage: as user UID GID PROGRAM...\n"
		"       as pidns DIR PROGRAM...\n"
		"       as userns PROGRAM...\n");
	return 2;
}
