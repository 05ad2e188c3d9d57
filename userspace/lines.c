// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "grow.h"
#include "lines.h"
#include "print.h"

/**
 * hd_lines_add() - add a line
 * @lines: where to
 * @fmt: as printf; without the newline
 */
void hd_lines_add(struct hd_lines *lines, const char *fmt, ...)
{
	va_list args;
	int len;

	lines->text = hd_grow(lines->text, lines->used, &lines->room,
			      sizeof(*lines->text));
	va_start(args, fmt);
	len = vasprintf(&lines->text[lines->used], fmt, args);
	va_end(args);
	if (len < 0)
		hd_die("out of memory");
	lines->used++;
}

/**
 * hd_lines_free() - free them; new ones may be added
 * @lines: the lines
 */
void hd_lines_free(struct hd_lines *lines)
{
	while (lines->used)
		free(lines->text[--lines->used]);
	free(lines->text);
	lines->text = NULL;
	lines->room = 0;
}
