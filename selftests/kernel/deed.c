// SPDX-License-Identifier: GPL-2.0-only
/*
 * deed ACT WHAT: do one thing that can stall a host, and end:
 *
 *	freeze DIR, thaw DIR	the file system there
 *	stop PID, cont PID	a process, or -PID: a process group
 *	trace PID		attach to it, stop itself, detach
 *	mount DIR, umount DIR	a tmpfs
 *	many DIR		100 times: a tmpfs on a directory of its own, and off
 *	sync -, swapoff FILE
 *
 * Exit status: 1 where the kernel refuses it.
 */
#include <fcntl.h>
#include <linux/fs.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/wait.h>
#include <unistd.h>

static int on_dir(const char *dir, unsigned long request)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY);

	return fd < 0 ? fd : ioctl(fd, request, 0);
}

static int trace(pid_t pid)
{
	if (ptrace(PTRACE_ATTACH, pid, 0, 0) || waitpid(pid, NULL, __WALL) < 0 ||
	    ptrace(PTRACE_CONT, pid, 0, 0))
		return -1;
	raise(SIGSTOP);
	kill(pid, SIGSTOP);
	waitpid(pid, NULL, __WALL);
	return ptrace(PTRACE_DETACH, pid, 0, SIGCONT);
}

static int mount_many(const char *dir)
{
	char path[256];
	int i;

	for (i = 0; i < 100; i++) {
		snprintf(path, sizeof(path), "%s/%d", dir, i);
		if (mkdir(path, 0700) || mount("none", path, "tmpfs", 0, NULL) ||
		    umount(path))
			return -1;
	}
	return 0;
}

static int do_it(const char *act, const char *what)
{
	if (!strcmp(act, "freeze"))
		return on_dir(what, FIFREEZE);
	if (!strcmp(act, "thaw"))
		return on_dir(what, FITHAW);
	if (!strcmp(act, "stop"))
		return kill(atoi(what), SIGSTOP);
	if (!strcmp(act, "cont"))
		return kill(atoi(what), SIGCONT);
	if (!strcmp(act, "trace"))
		return trace(atoi(what));
	if (!strcmp(act, "mount"))
		return mount("none", what, "tmpfs", 0, NULL);
	if (!strcmp(act, "umount"))
		return umount(what);
	if (!strcmp(act, "many"))
		return mount_many(what);
	if (!strcmp(act, "swapoff"))
		return swapoff(what);
	if (strcmp(act, "sync"))
		return -1;
	sync();
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: deed ACT WHAT\n");
		return 2;
	}
	return do_it(argv[1], argv[2]) ? 1 : 0;
}
