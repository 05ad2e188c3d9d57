// SPDX-License-Identifier: GPL-2.0-only
#include "utf8.h"

#define REPLACEMENT	"\xef\xbf\xbd"	/* U+FFFD */

static bool is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/* Return: bytes of the character at @at; 0: they are none, or one of C1. */
static size_t char_len(const unsigned char *at, size_t left)
{
	size_t i, len;

	if (at[0] < 0x80)
		return 1;
	len = at[0] >= 0xf0 ? 4 : at[0] >= 0xe0 ? 3 : 2;
	if (at[0] < 0xc2 || at[0] > 0xf4 || len > left)
		return 0;
	for (i = 1; i < len; i++)
		if (!is_tail(at[i]))
			return 0;
	/* longer than need be, half of a pair, beyond the last; C1 are commands */
	if ((at[0] == 0xc2 && at[1] < 0xa0) ||
	    (at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) ||
	    (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f))
		return 0;
	return len;
}

/**
 * hd_utf8() - make valid UTF-8 of any bytes; of controls it has ASCII's alone
 * @raw: the bytes, up to a NUL or @len
 * @len: how many there are at most
 * @to: HD_UTF8_LEN(@len) bytes; a byte that is part of no character is
 *	U+FFFD there
 *
 * Return: bytes in @to, without its NUL.
 */
size_t hd_utf8(const char *raw, size_t len, char *to)
{
	const unsigned char *at = (const unsigned char *)raw;
	size_t used = 0, size;

	len = strnlen(raw, len);
	while (len) {
		size = char_len(at, len);
		memcpy(to + used, size ? (const char *)at : REPLACEMENT,
		       size ? size : strlen(REPLACEMENT));
		used += size ? size : strlen(REPLACEMENT);
		at += size ? size : 1;
		len -= size ? size : 1;
	}
	to[used] = '\0';
	return used;
}
