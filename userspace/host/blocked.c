// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "host/blocked.h"
#include "host/words.h"

#define LINE_LEN	2048

static const char *awaited_name(u32 nth)
{
	return hd_awaited_name(nth);
}

static const char *hold_name(u32 nth)
{
	return hd_hold_name(nth);
}

static bool parse(char *line, struct hd_blocked_row *row)
{
	memset(row, 0, sizeof(*row));
	hd_next_who(&line, &row->self);
	row->state = hd_next_word(&line)[0];
	row->age_ns = hd_next_number(&line, HD_AGE_UNKNOWN);
	row->wait = hd_find_name(awaited_name, HD_AWAITED, hd_next_word(&line));
	hd_next_text(&line, row->object, sizeof(row->object));
	row->hold = hd_find_name(hold_name, HD_HOLDS, hd_next_word(&line));
	hd_next_who(&line, &row->holder);
	row->links = hd_next_number(&line, 0);
	row->is_circle = hd_next_number(&line, 0);
	hd_next_who(&line, &row->root);
	hd_next_text(&line, row->place, sizeof(row->place));
	return row->self.tid && row->state;
}

/**
 * hd_blocked_each() - go through the tasks that wait in the kernel
 * @file: HD_BLOCKED_FILE, or a copy of it
 * @act: called for each
 * @priv: for it
 *
 * Return: false where it can't be read; errno says why.
 */
bool hd_blocked_each(const char *file,
		     void (*act)(const struct hd_blocked_row *row, void *priv),
		     void *priv)
{
	struct hd_blocked_row row;
	char line[LINE_LEN];
	FILE *from = fopen(file, "re");

	if (!from)
		return false;
	/* its first lines say what it is, and name its columns */
	while (fgets(line, sizeof(line), from))
		if (line[0] != '#' && parse(line, &row))
			act(&row, priv);
	fclose(from);
	return true;
}
