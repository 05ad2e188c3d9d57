// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "host/blocked.h"

#define LINE_LEN	2048

/* the next word of a line; "" is at its end */
static const char *next_word(char **line)
{
	char *word = strsep(line, "\n ");

	return word ? word : "";
}

static u64 next_number(char **line, u64 absent)
{
	const char *word = next_word(line);

	return !strcmp(word, "-") ? absent : strtoull(word, NULL, 10);
}

static bool is_octal(const char *text)
{
	return text[0] == '\\' && text[1] >= '0' && text[1] <= '3' &&
	       text[2] >= '0' && text[2] <= '7' &&
	       text[3] >= '0' && text[3] <= '7';
}

/* "-" is nothing, and \ooo a byte */
static void next_text(char **line, char *to, size_t size)
{
	const char *from = next_word(line);
	size_t len = 0;

	if (!strcmp(from, "-"))
		from = "";
	while (*from && len + 1 < size) {
		if (is_octal(from)) {
			to[len++] = (from[1] - '0') << 6 |
				    (from[2] - '0') << 3 | (from[3] - '0');
			from += 4;
		} else {
			to[len++] = *from++;
		}
	}
	to[len] = '\0';
}

static void next_who(char **line, struct hd_blocked_who *who)
{
	who->tid = next_number(line, 0);
	who->tgid = next_number(line, 0);
	next_text(line, who->comm, sizeof(who->comm));
}

static u32 find_name(const char *(*name)(u32 nth), u32 names, const char *word)
{
	u32 i;

	for (i = 0; i < names; i++)
		if (!strcmp(word, name(i)))
			return i;
	return 0;
}

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
	next_who(&line, &row->self);
	row->state = next_word(&line)[0];
	row->age_ns = next_number(&line, HD_AGE_UNKNOWN);
	row->wait = find_name(awaited_name, HD_AWAITED, next_word(&line));
	next_text(&line, row->object, sizeof(row->object));
	row->hold = find_name(hold_name, HD_HOLDS, next_word(&line));
	next_who(&line, &row->holder);
	row->links = next_number(&line, 0);
	row->is_circle = next_number(&line, 0);
	next_who(&line, &row->root);
	next_text(&line, row->place, sizeof(row->place));
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
