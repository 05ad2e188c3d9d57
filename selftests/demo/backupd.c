// SPDX-License-Identifier: GPL-2.0-only
/* Reads a disk from its start to its end, past the page cache. */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define BLOCK	4096

int main(int argc, char **argv)
{
	char *block = aligned_alloc(BLOCK, BLOCK);
	int disk;

	if (argc != 2)
		errx(2, "usage: backupd DISK");
	disk = open(argv[1], O_RDONLY | O_DIRECT);
	if (disk < 0 || !block)
		err(1, "%s", argv[1]);
	while (read(disk, block, BLOCK) > 0)
		;
	return 0;
}
