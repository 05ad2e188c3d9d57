// SPDX-License-Identifier: GPL-2.0-only
/*
 * modload FILE [PARAMETERS] loads a module, modload -r NAME unloads one; it
 * prints OK or the name of the error, which insmod programs put into words
 * of their own.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "errname.h"

static int load(const char *path, const char *params)
{
	int fd = open(path, O_RDONLY);
	struct stat st;
	char *image;
	off_t got = 0;

	if (fd < 0 || fstat(fd, &st))
		return -1;
	image = malloc(st.st_size);
	if (!image)
		return -1;
	while (got < st.st_size) {
		ssize_t n = read(fd, image + got, st.st_size - got);

		if (n <= 0)
			return -1;
		got += n;
	}
	return syscall(SYS_init_module, image, (long)got, params);
}

int main(int argc, char **argv)
{
	int failed;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: modload FILE [PARAMETERS]\n"
			"       modload -r NAME\n");
		return 2;
	}
	if (!strcmp(argv[1], "-r"))
		failed = syscall(SYS_delete_module, argv[2], (long)O_NONBLOCK);
	else
		failed = load(argv[1], argc == 3 ? argv[2] : "");
	puts(errname(failed ? errno : 0));
	return failed ? 1 : 0;
}
