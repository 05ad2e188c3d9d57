// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "host/words.h"

/**
 * hd_next_word() - the next word of a line
 * @line: goes on behind it
 *
 * Return: the word; "" at the end.
 */
const char *hd_next_word(char **line)
{
	char *word = strsep(line, "\n ");

	return word ? word : "";
}

/**
 * hd_next_number() - the next word, a number
 * @line: goes on behind it
 * @absent: what "-" is
 */
u64 hd_next_number(char **line, u64 absent)
{
	const char *word = hd_next_word(line);

	return !strcmp(word, "-") ? absent : strtoull(word, NULL, 10);
}

static bool is_octal(const char *text)
{
	return text[0] == '\\' && text[1] >= '0' && text[1] <= '3' &&
	       text[2] >= '0' && text[2] <= '7' &&
	       text[3] >= '0' && text[3] <= '7';
}

/**
 * hd_next_text() - the next word, raw bytes with escapes
 * @line: goes on behind it
 * @to: set to the bytes; "-" is none, and \ooo a byte
 * @size: of @to
 */
void hd_next_text(char **line, char *to, size_t size)
{
	const char *from = hd_next_word(line);
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

/**
 * hd_next_who() - the next three words: a thread, its process, its name
 * @line: goes on behind them
 * @who: filled
 */
void hd_next_who(char **line, struct hd_blocked_who *who)
{
	who->tid = hd_next_number(line, 0);
	who->tgid = hd_next_number(line, 0);
	hd_next_text(line, who->comm, sizeof(who->comm));
}

/**
 * hd_find_name() - which one has that name?
 * @name: of each
 * @names: how many there are
 * @word: the name
 *
 * Return: its number; 0: none has.
 */
u32 hd_find_name(const char *(*name)(u32 nth), u32 names, const char *word)
{
	u32 i;

	for (i = 0; i < names; i++)
		if (!strcmp(word, name(i)))
			return i;
	return 0;
}
