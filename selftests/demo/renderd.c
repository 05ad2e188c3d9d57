// SPDX-License-Identifier: GPL-2.0-only
/*
 * A template engine: for each part of each page it looks through the folders
 * of three themes that have no such file, before the one that has it.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define PAGE_US	20000

static const char * const themes[] = { "summer", "sale", "mobile", "base" };
static const char * const parts[] = { "head", "menu", "item", "foot" };

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

static void read_part(const char *part)
{
	char path[64], text[64];
	int file = -1;
	size_t i;

	for (i = 0; i < COUNT(themes) && file < 0; i++) {
		snprintf(path, sizeof(path), "/srv/themes/%s/%s.html",
			 themes[i], part);
		file = open(path, O_RDONLY);
	}
	if (read(file, text, sizeof(text)) < 0)
		err(1, "%s", path);
	close(file);
}

int main(void)
{
	size_t i;

	for (;;) {
		for (i = 0; i < COUNT(parts); i++)
			read_part(parts[i]);
		usleep(PAGE_US);
	}
}
