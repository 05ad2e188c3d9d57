// SPDX-License-Identifier: GPL-2.0-only
/* Lines of text; see line.h. */
#include "pure/line.h"

#define ESCAPE_LEN	4	/* "\040" */

/**
 * hd_out_printf() - print to an output
 * @out: the output
 * @fmt: as of printf; only conversions that the kernel's printf has, too
 */
void hd_out_printf(struct hd_out *out, const char *fmt, ...)
{
	va_list args;

	if (out->gathers && out->len)
		hd_line_flush(out);
	va_start(args, fmt);
	out->print(out, fmt, args);
	va_end(args);
}

/* as /proc/mounts, which escapes '#', too */
static bool is_plain(unsigned char c)
{
	return c > ' ' && c < 0x7f && c != '\\' && c != '#';
}

static void escape_char(unsigned char c, char to[ESCAPE_LEN])
{
	to[0] = '\\';
	to[1] = '0' + (c >> 6);
	to[2] = '0' + (c >> 3 & 7);
	to[3] = '0' + (c & 7);
}

/* a plain "-" would read as an absent value */
static bool is_dash(const char *raw, size_t len)
{
	return len && raw[0] == '-' && (len == 1 || !raw[1]);
}

/**
 * hd_escape() - make one printable word of any bytes
 * @raw: the bytes, up to a NUL or @len
 * @len: the most bytes to read
 * @buf: buffer for the word; cut short at @size, never within an escape
 * @size: size of @buf, at least 2; HD_ESCAPED_LEN is enough for a comm
 *
 * Return: @buf; it is "-" only where there are no bytes.
 */
const char *hd_escape(const char *raw, size_t len, char *buf, size_t size)
{
	bool all_escaped = is_dash(raw, len);
	size_t i, used = 0;

	for (i = 0; i < len && raw[i]; i++) {
		if (is_plain(raw[i]) && !all_escaped) {
			if (used + 1 >= size)
				break;
			buf[used++] = raw[i];
		} else {
			if (used + ESCAPE_LEN >= size)
				break;
			escape_char(raw[i], buf + used);
			used += ESCAPE_LEN;
		}
	}
	if (!i)
		buf[used++] = '-';
	buf[used] = '\0';
	return buf;
}

/**
 * hd_line_text() - append text of any length
 * @out: the output
 * @text: the text; it is not escaped
 */
void hd_line_text(struct hd_out *out, const char *text)
{
	u32 at = out->len;

	for (; *text; text++) {
		if (at == out->size) {
			out->len = at;
			hd_line_flush(out);
			at = 0;
		}
		out->text[at++] = *text;
	}
	out->len = at;
}

/* Return: the number of decimal digits. */
static u32 count_digits(u64 number)
{
	static const u64 tens[HD_DIGITS_MOST] = {
		1ull, 10ull, 100ull, 1000ull, 10000ull, 100000ull, 1000000ull,
		10000000ull, 100000000ull, 1000000000ull, 10000000000ull,
		100000000000ull, 1000000000000ull, 10000000000000ull,
		100000000000000ull, 1000000000000000ull, 10000000000000000ull,
		100000000000000000ull, 1000000000000000000ull,
		10000000000000000000ull,
	};
	/* log10(2) is about 1233/4096: the estimate may be one too low */
	u32 digits = ((__builtin_clzll(number | 1) ^ 63) * 1233 >> 12) + 1;

	return number >= tens[digits] ? digits + 1 : digits;
}

/* Return: the end of the digits. */
static char *put_digits(char *at, u64 number)
{
	static const char pairs[] =
		"00010203040506070809101112131415161718192021222324"
		"25262728293031323334353637383940414243444546474849"
		"50515253545556575859606162636465666768697071727374"
		"75767778798081828384858687888990919293949596979899";
	char *end = at + count_digits(number);
	u32 rest;

	for (at = end; number >> 32; number /= 100) {
		at -= 2;
		memcpy(at, &pairs[number % 100 * 2], 2);
	}
	/* most numbers have 32 bits, which divide in half the time */
	for (rest = number; rest >= 100; rest /= 100) {
		at -= 2;
		memcpy(at, &pairs[rest % 100 * 2], 2);
	}
	if (rest >= 10)
		memcpy(at - 2, &pairs[rest * 2], 2);
	else
		at[-1] = '0' + rest;
	return end;
}

/**
 * hd_line_number() - append a number, decimal
 * @out: the output
 * @number: the number
 */
void hd_line_number(struct hd_out *out, u64 number)
{
	hd_line_room(out, HD_DIGITS_MOST);
	out->len = put_digits(out->text + out->len, number) - out->text;
}

/**
 * hd_line_long_number_after() - hd_line_number_after() of any number
 * @out: the output
 * @before: the byte
 * @number: the number
 */
void hd_line_long_number_after(struct hd_out *out, char before, u64 number)
{
	char *at;

	hd_line_room(out, 1 + HD_DIGITS_MOST);
	at = out->text + out->len;
	*at++ = before;
	out->len = put_digits(at, number) - out->text;
}

/**
 * hd_number_make() - make the digits of a number
 * @made: filled
 * @number: the number
 */
void hd_number_make(struct hd_number *made, u64 number)
{
	made->number = number;
	made->len = put_digits(made->digits, number) - made->digits;
}

/**
 * hd_line_escaped() - append one printable word, as hd_escape() makes it
 * @out: the output
 * @raw: bytes, up to a NUL or @len; any number of them
 * @len: the most bytes to read
 */
void hd_line_escaped(struct hd_out *out, const char *raw, size_t len)
{
	bool all_escaped = is_dash(raw, len);
	size_t i;

	for (i = 0; i < len && raw[i]; i++) {
		hd_line_room(out, ESCAPE_LEN);
		if (is_plain(raw[i]) && !all_escaped) {
			out->text[out->len++] = raw[i];
		} else {
			escape_char(raw[i], out->text + out->len);
			out->len += ESCAPE_LEN;
		}
	}
	if (!i)
		hd_line_char(out, '-');
}
