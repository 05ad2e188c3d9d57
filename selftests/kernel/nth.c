// SPDX-License-Identifier: GPL-2.0-only
/*
 * nth N COMMAND: with the N-th allocation that the kernel makes for it
 * failing, do what COMMAND says:
 *
 *	load FILE [PARAMETERS]	a module
 *	unload NAME
 *	read FILE		from its beginning to its end
 *	write FILE TEXT
 *
 * It prints OK or the name of the error, and how many allocations more it
 * would have taken until one failed: 0, where one did.  The kernel has to be
 * built with CONFIG_FAULT_INJECTION; else it says so and ends with status 2.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "errname.h"

#define NTH_FILE	"/proc/thread-self/fail-nth"

static int load(const char *path, const char *params, int fd)
{
	return syscall(SYS_finit_module, fd, params, 0);
}

static int unload(const char *name, const char *unused, int none)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK);
}

static int read_all(const char *path, const char *unused, int none)
{
	static char buf[1 << 16];
	int fd = open(path, O_RDONLY), err;
	ssize_t n;

	if (fd < 0)
		return -1;
	do
		n = read(fd, buf, sizeof(buf));
	while (n > 0);
	err = errno;
	close(fd);
	errno = err;
	return n;
}

static int write_text(const char *path, const char *text, int fd)
{
	return write(fd, text, strlen(text)) < 0 ? -1 : 0;
}

#define NOT_OPENED	-1

/* flags: how the file is opened beforehand, where no allocation fails */
static const struct command {
	const char *name;
	int (*run)(const char *what, const char *more, int fd);
	int flags;
} commands[] = {
	{ "load", load, O_RDONLY },
	{ "unload", unload, NOT_OPENED },
	{ "read", read_all, NOT_OPENED },
	{ "write", write_text, O_WRONLY },
};

static const struct command *find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	errx(2, "no command %s", name);
}

int main(int argc, char **argv)
{
	const struct command *command;
	char left[16] = "";
	int fd, file = -1, failed;

	if (argc < 4 || argc > 5)
		errx(2, "usage: nth N load|unload|read|write WHAT [MORE]");
	command = find(argv[2]);
	if (command->flags != NOT_OPENED) {
		file = open(argv[3], command->flags);
		if (file < 0)
			err(2, "%s", argv[3]);
	}
	fd = open(NTH_FILE, O_RDWR);
	if (fd < 0)
		err(2, "%s", NTH_FILE);
	if (pwrite(fd, argv[1], strlen(argv[1]), 0) < 0)
		err(2, "%s: %s", NTH_FILE, argv[1]);
	failed = command->run(argv[3], argc > 4 ? argv[4] : "", file);
	failed = failed ? errno : 0;
	if (pread(fd, left, sizeof(left) - 1, 0) < 0 || pwrite(fd, "0", 1, 0) < 0)
		err(2, "%s", NTH_FILE);
	printf("%s %d\n", errname(failed), atoi(left));
	return 0;
}
