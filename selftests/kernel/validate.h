/* SPDX-License-Identifier: GPL-2.0-only */
/* What the parts of the validator share; validate.c says what it is. */
#ifndef VALIDATE_H
#define VALIDATE_H

#include <stddef.h>

/**
 * struct content - a file as one pass of reading gave it
 * @name: of the file, for messages
 * @data: its bytes, and a NUL
 * @len: number of bytes
 */
struct content {
	const char *name;
	char *data;
	size_t len;
};

/* prints what is wrong, with the line; returns 1, so that it can be returned */
int bad(const struct content *c, const char *line, const char *what);

/* each returns 0, or 1 when something is malformed */
int validate_table(const struct content *c);
int validate_summary(const struct content *c);
int validate_control(const struct content *c);
int validate_snapshot(const struct content *c);

#endif /* VALIDATE_H */
