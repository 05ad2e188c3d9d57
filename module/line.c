// SPDX-License-Identifier: GPL-2.0-only
/* Lines of text; see line.h. */
#include "line.h"

#define ESCAPE_LEN	4	/* "\040" */
#define DIGITS_MOST	20	/* of a u64 */

/**
 * hd_out_printf() - print to an output
 * @out: where to
 * @fmt: as printf, and of that only what the kernel's printf knows too
 */
void hd_out_printf(struct hd_out *out, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	out->print(out, fmt, args);
	va_end(args);
}

/* what /proc/mounts escapes is escaped here too, so '#' is */
static bool is_plain(unsigned char c)
{
	return c > ' ' && c < 0x7f && c != '\\' && c != '#';
}

static void escape(unsigned char c, char to[ESCAPE_LEN])
{
	to[0] = '\\';
	to[1] = '0' + (c >> 6);
	to[2] = '0' + (c >> 3 & 7);
	to[3] = '0' + (c & 7);
}

/**
 * hd_escape() - make one printable word of any bytes
 * @raw: the bytes, up to a NUL or @len
 * @len: how many there are at most
 * @buf: where the word is made; cut short at @size, never within an escape
 * @size: of @buf, at least 2; HD_ESCAPED_LEN is enough for a comm
 *
 * Return: @buf; "-" for no bytes at all.
 */
const char *hd_escape(const char *raw, size_t len, char *buf, size_t size)
{
	size_t i, used = 0;

	for (i = 0; i < len && raw[i]; i++) {
		if (is_plain(raw[i])) {
			if (used + 1 >= size)
				break;
			buf[used++] = raw[i];
		} else {
			if (used + ESCAPE_LEN >= size)
				break;
			escape(raw[i], buf + used);
			used += ESCAPE_LEN;
		}
	}
	if (!i)
		buf[used++] = '-';
	buf[used] = '\0';
	return buf;
}

/**
 * hd_line_begin() - begin a line
 * @line: to be filled
 * @out: where it goes
 */
void hd_line_begin(struct hd_line *line, struct hd_out *out)
{
	line->out = out;
	line->len = 0;
}

static void flush(struct hd_line *line)
{
	line->out->write(line->out, line->text, line->len);
	line->len = 0;
}

/* so many bytes, no more than a line has, can be put at line->text + len */
static void make_room(struct hd_line *line, u32 bytes)
{
	if (line->len + bytes > sizeof(line->text))
		flush(line);
}

/**
 * hd_line_char() - a byte
 * @line: it goes on here
 * @c: the byte
 */
void hd_line_char(struct hd_line *line, char c)
{
	make_room(line, 1);
	line->text[line->len++] = c;
}

/**
 * hd_line_text() - text of any length
 * @line: it goes on here
 * @text: as it is
 */
void hd_line_text(struct hd_line *line, const char *text)
{
	while (*text)
		hd_line_char(line, *text++);
}

/**
 * hd_line_number() - a number, decimal
 * @line: it goes on here
 * @number: the number
 */
void hd_line_number(struct hd_line *line, u64 number)
{
	char digits[DIGITS_MOST];
	u32 i = sizeof(digits);

	do {
		digits[--i] = '0' + number % 10;
		number /= 10;
	} while (number);
	make_room(line, sizeof(digits));
	while (i < sizeof(digits))
		line->text[line->len++] = digits[i++];
}

/**
 * hd_line_escaped() - one printable word, as hd_escape(), of any length
 * @line: it goes on here
 * @raw: bytes, up to a NUL or @len
 * @len: how many there are at most
 */
void hd_line_escaped(struct hd_line *line, const char *raw, size_t len)
{
	size_t i;

	for (i = 0; i < len && raw[i]; i++) {
		make_room(line, ESCAPE_LEN);
		if (is_plain(raw[i])) {
			line->text[line->len++] = raw[i];
		} else {
			escape(raw[i], line->text + line->len);
			line->len += ESCAPE_LEN;
		}
	}
	if (!i)
		hd_line_char(line, '-');
}

/**
 * hd_line_end() - end a line, which goes where it belongs
 * @line: the line
 */
void hd_line_end(struct hd_line *line)
{
	hd_line_char(line, '\n');
	flush(line);
}
