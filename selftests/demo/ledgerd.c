// SPDX-License-Identifier: GPL-2.0-only
/* Three clerks write to a ledger, which is a disk, past the page cache. */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define BLOCK	4096
#define CLERKS	3

int main(int argc, char **argv)
{
	char *block = aligned_alloc(BLOCK, BLOCK);
	int disk, i;

	if (argc != 2)
		errx(2, "usage: ledgerd DISK");
	for (i = 1; i < CLERKS && fork(); i++)
		;
	disk = open(argv[1], O_WRONLY | O_DIRECT);
	if (disk < 0 || !block)
		err(1, "%s", argv[1]);
	while (pwrite(disk, block, BLOCK, i * BLOCK) > 0)
		usleep(100000);
	err(1, "%s", argv[1]);
}
