// SPDX-License-Identifier: GPL-2.0-only
/* Reads a disk from its start to its end, past the page cache. */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <unistd.h>

#define BLOCK	4096

static char block[BLOCK] __attribute__((aligned(BLOCK)));

int main(int argc, char **argv)
{
	int disk;

	if (argc != 2)
		errx(2, "usage: backupd DISK");
	disk = open(argv[1], O_RDONLY | O_DIRECT);
	if (disk < 0)
		err(1, "%s", argv[1]);
	while (read(disk, block, sizeof(block)) > 0)
		;
	return 0;
}
