// SPDX-License-Identifier: GPL-2.0-only
/*
 * addresses FILE...: look for addresses of the kernel, in text as numbers of
 * either base, in a snapshot as words of 8 bytes.  Prints those that it finds;
 * exit status 1 if there are any.
 */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char data[64 << 20];

/*
 * The upper half, as x86-64 and arm64 have it, but for what a small negative
 * number looks like there, or one of 32 bits that has another before it.
 */
static int is_kernel(uint64_t word)
{
	uint32_t low = word, high = word >> 32;

	if (high == 0xffffffff)
		return low >= 0x80000000 && low < 0xffff0000;
	return high >> 16 == 0xffff;
}

static int found(const char *file, size_t at, uint64_t word)
{
	printf("# %s: 0x%llx at byte %zu\n", file, (unsigned long long)word, at);
	return 1;
}

static int look_at_words(const char *file, size_t size)
{
	int bad = 0;
	uint64_t word;
	size_t at;

	for (at = 0; at + sizeof(word) <= size; at += sizeof(word)) {
		memcpy(&word, data + at, sizeof(word));
		if (is_kernel(word))
			bad |= found(file, at, word);
	}
	return bad;
}

/* each run of digits, whatever is around it */
static int look_at_text(const char *file, size_t size)
{
	size_t at, len;
	int bad = 0;

	for (at = 0; at < size; at += len + 1) {
		for (len = 0; isxdigit((unsigned char)data[at + len]); len++)
			;
		if (len == 16 && is_kernel(strtoull(data + at, NULL, 16)))
			bad |= found(file, at, strtoull(data + at, NULL, 16));
		else if (len == 20 && is_kernel(strtoull(data + at, NULL, 10)))
			bad |= found(file, at, strtoull(data + at, NULL, 10));
	}
	return bad;
}

int main(int argc, char **argv)
{
	int i, bad = 0;
	size_t size;
	FILE *from;

	for (i = 1; i < argc; i++) {
		from = fopen(argv[i], "r");
		if (!from) {
			perror(argv[i]);
			return 3;
		}
		size = fread(data, 1, sizeof(data) - 1, from);
		data[size] = '\0';
		fclose(from);
		bad |= memchr(data, '\0', size) ? look_at_words(argv[i], size) :
						  look_at_text(argv[i], size);
	}
	return bad;
}
