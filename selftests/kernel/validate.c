// SPDX-License-Identifier: GPL-2.0-only
/*
 * validate DIR SECONDS: read every file of /proc/hostdiag in a loop, whole
 * and in small odd pieces, and check each line and record against the
 * contract.  Says how many passes it made; exit status 1 at the first thing
 * that is malformed.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "pure/lists.h"
#include "validate.h"

#define TABLE(name, ...)	{ #name, validate_table },

static const struct {
	const char *name;
	int (*validate)(const struct content *c);
} files[] = {
	HD_TABLES(TABLE)
	HD_LIVE_TABLES(TABLE)
	{ "summary", validate_summary },
	{ "control", validate_control },
	{ "snapshot", validate_snapshot },
};

int bad(const struct content *c, const char *line, const char *what)
{
	printf("%s: wrong %s: \"%s\"\n", c->name, what, line);
	return 1;
}

/* A screen: at most 40 lines of 100 columns, nothing that upsets a terminal */
int validate_summary(const struct content *c)
{
	size_t i, lines = 0, columns = 0;

	for (i = 0; i < c->len; i++) {
		if (c->data[i] == '\n') {
			lines++;
			columns = 0;
		} else if (!isprint((unsigned char)c->data[i])) {
			return bad(c, "", "character");
		} else if (++columns > 100) {
			return bad(c, "", "line of more than 100 columns");
		}
	}
	if (!lines || lines > 40 || columns)
		return bad(c, c->data, "number of lines");
	return 0;
}

int validate_control(const struct content *c)
{
	char *data = c->data, *line, key[64], value[64];
	int used;

	while ((line = strsep(&data, "\n")) && (*line || data)) {
		if (*line == '#')
			continue;
		if (sscanf(line, "%63[a-z_] %63s%n", key, value, &used) != 2 ||
		    line[used])
			return bad(c, line, "setting");
	}
	return 0;
}

static int read_all(struct content *c, const char *dir, size_t piece)
{
	static size_t size;
	static char *data;
	char path[256];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, c->name);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return bad(c, strerror(errno), "open");
	c->len = 0;
	do {
		if (c->len + piece + 1 > size) {
			size = 2 * size + piece + 1;
			data = realloc(data, size);
			if (!data)
				exit(3);
		}
		n = read(fd, data + c->len, piece);
		c->len += n > 0 ? n : 0;
	} while (n > 0);
	close(fd);
	data[c->len] = '\0';
	c->data = data;
	return n < 0 ? bad(c, strerror(errno), "read") : 0;
}

int main(int argc, char **argv)
{
	static const size_t pieces[] = { 65536, 777, 4096 };
	unsigned int pass = 0;
	time_t end;
	size_t i;

	if (argc != 3) {
		fprintf(stderr, "usage: validate DIR SECONDS\n");
		return 2;
	}
	end = time(NULL) + atoi(argv[2]);
	do {
		for (i = 0; i < sizeof(files) / sizeof(*files); i++) {
			struct content c = { .name = files[i].name };

			if (read_all(&c, argv[1], pieces[pass % 3]) ||
			    files[i].validate(&c))
				return 1;
		}
		pass++;
	} while (time(NULL) < end);
	printf("%u passes\n", pass);
	return 0;
}
