// SPDX-License-Identifier: GPL-2.0-only
/*
 * mute nbd DEVICE: a network disk whose server never answers.
 * mute fuse DIR: a filesystem, mounted there, whose server never answers.
 *
 * The server prints "ready", and runs until it is killed; then all tasks that wait for
 * an answer get an error.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/nbd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#define DISK_BYTES	1048576

static int fail(const char *what)
{
	perror(what);
	return 1;
}

static void be_ready(void)
{
	if (write(1, "ready\n", 6) != 6)
		exit(1);
}

static int nbd(const char *device)
{
	int pair[2], fd = open(device, O_RDWR);

	if (fd < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		return fail(device);
	if (ioctl(fd, NBD_SET_BLKSIZE, 4096L) ||
	    ioctl(fd, NBD_SET_SIZE, (long)DISK_BYTES) ||
	    ioctl(fd, NBD_SET_SOCK, (long)pair[0]))
		return fail("NBD_SET_SOCK");
	be_ready();
	ioctl(fd, NBD_DO_IT);
	return 0;
}

static int mount_fuse(const char *dir)
{
	char options[64];
	int fd = open("/dev/fuse", O_RDWR);

	if (fd < 0)
		return fail("/dev/fuse");
	snprintf(options, sizeof(options),
		 "fd=%d,rootmode=40000,user_id=0,group_id=0", fd);
	if (mount("mute", dir, "fuse", 0, options))
		return fail(dir);
	be_ready();
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "nbd"))
		return nbd(argv[2]);
	if (argc == 3 && !strcmp(argv[1], "fuse"))
		return mount_fuse(argv[2]);
	fprintf(stderr, "usage: mute nbd DEVICE\n       mute fuse DIR\n");
	return 2;
}
