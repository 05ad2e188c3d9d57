// SPDX-License-Identifier: GPL-2.0-only
/*
 * poke FILE: write standard input to FILE with one write, or, with -r, read
 * a byte of it; print OK or the name of the error.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "errname.h"

static char buf[1 << 20];

int main(int argc, char **argv)
{
	int reading = argc == 3 && !strcmp(argv[1], "-r");
	ssize_t n, len = 0;
	int fd;

	if (argc != 2 && !reading) {
		fprintf(stderr, "usage: poke [-r] FILE\n");
		return 2;
	}
	if (!reading)
		while ((n = read(0, buf + len, sizeof(buf) - len)) > 0)
			len += n;
	fd = open(argv[argc - 1], reading ? O_RDONLY : O_WRONLY);
	n = -1;
	if (fd >= 0)
		n = reading ? read(fd, buf, 1) : write(fd, buf, len);
	if (!reading && n >= 0 && n != len)
		puts("SHORT");
	else
		puts(errname(n < 0 ? errno : 0));
	return 0;
}
