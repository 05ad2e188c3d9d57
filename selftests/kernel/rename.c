// SPDX-License-Identifier: GPL-2.0-only
/*
 * rename FROM TO NAME: copy a module, with another last letter in each string
 * that is NAME alone, so that it looks for an event or function that no
 * kernel has.  Exit status 1 where it has no such string.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *load(const char *path, size_t *size)
{
	FILE *from = fopen(path, "rb");
	char *bytes = NULL;
	size_t room = 0;

	if (!from)
		err(2, "%s", path);
	*size = 0;
	do {
		room += 1 << 20;
		bytes = realloc(bytes, room);
		if (!bytes)
			err(2, "%s", path);
		*size += fread(bytes + *size, 1, room - *size, from);
	} while (*size == room);
	if (ferror(from))
		err(2, "%s", path);
	fclose(from);
	return bytes;
}

static void store(const char *path, const char *bytes, size_t size)
{
	FILE *to = fopen(path, "wb");

	if (!to || fwrite(bytes, 1, size, to) != size || fclose(to))
		err(2, "%s", path);
}

int main(int argc, char **argv)
{
	size_t size, len, i, found = 0;
	char *bytes;

	if (argc != 4)
		errx(2, "usage: rename FROM TO NAME");
	bytes = load(argv[1], &size);
	len = strlen(argv[3]);
	for (i = 1; i + len < size; i++) {
		if (bytes[i - 1] || memcmp(bytes + i, argv[3], len + 1))
			continue;
		bytes[i + len - 1] = '~';
		found++;
	}
	store(argv[2], bytes, size);
	return !found;
}
