/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Output of text.  A line is made by hand and passed on in one piece: in a file of
 * a million lines, printf would be most of the cost of reading.
 */
#ifndef HD_LINE_H
#define HD_LINE_H

#include "pure/pure.h"
#include "uapi/hostdiag.h"

/**
 * struct hd_out - an output of text
 * @print: as vprintf; not called while a line is being made
 * @write: takes @len bytes of @text, and may set another @text
 * @priv: for the owner of the output
 * @text: buffer for the line that is being made; a longer one is written in pieces
 * @size: size of @text, at least HD_LINE_MIN
 * @len: bytes in @text
 * @gathers: several lines are written at once; the owner flushes the last ones
 */
struct hd_out {
	__printf(2, 0)
	void (*print)(struct hd_out *out, const char *fmt, va_list args);
	void (*write)(struct hd_out *out);
	void *priv;
	char *text;
	u32 size;
	u32 len;
	bool gathers;
};

#define HD_LINE_MIN	128u
#define HD_DIGITS_MOST	20	/* digits of a u64 */
#define HD_LINE_SHORT	32u

/**
 * struct hd_number - the digits of a number, to be printed again
 * @number: the number
 * @len: number of digits; 0: they have not been made
 * @digits: the digits; the bytes behind them are undefined
 */
struct hd_number {
	u64 number;
	u32 len;
	char digits[HD_DIGITS_MOST];
};

#define HD_ESCAPED_LEN	(4 * HOSTDIAG_COMM_LEN + 1)

__printf(2, 3)
void hd_out_printf(struct hd_out *out, const char *fmt, ...);
const char *hd_escape(const char *raw, size_t len, char *buf, size_t size);

void hd_line_text(struct hd_out *out, const char *text);
void hd_line_number(struct hd_out *out, u64 number);
void hd_line_long_number_after(struct hd_out *out, char before, u64 number);
void hd_number_make(struct hd_number *made, u64 number);
void hd_line_escaped(struct hd_out *out, const char *raw, size_t len);

static inline void hd_line_flush(struct hd_out *out)
{
	out->write(out);
	out->len = 0;
}

/**
 * hd_line_room() - make room for bytes at text + len
 * @out: the output; it is flushed where there is no room
 * @bytes: number of bytes, at most HD_LINE_MIN
 */
static inline void hd_line_room(struct hd_out *out, u32 bytes)
{
	if (out->len + bytes > out->size)
		hd_line_flush(out);
}

/**
 * hd_line_char() - append a byte
 * @out: the output
 * @c: the byte
 */
static inline void hd_line_char(struct hd_out *out, char c)
{
	hd_line_room(out, 1);
	out->text[out->len++] = c;
}

/**
 * hd_line_bytes() - append bytes, not escaped
 * @out: the output
 * @bytes: the bytes
 * @len: number of bytes, at most HD_LINE_MIN; a constant makes this fast
 */
static inline void hd_line_bytes(struct hd_out *out, const char *bytes, u32 len)
{
	hd_line_room(out, len);
	memcpy(out->text + out->len, bytes, len);
	out->len += len;
}

/**
 * hd_line_short_bytes() - append bytes, fast where there are few
 * @out: the output
 * @bytes: a buffer of at least HD_LINE_SHORT bytes
 * @len: number of bytes to append, at most HD_LINE_MIN
 */
static inline void hd_line_short_bytes(struct hd_out *out, const char *bytes,
				       u32 len)
{
	if (len > HD_LINE_SHORT) {
		hd_line_bytes(out, bytes, len);
		return;
	}
	hd_line_room(out, HD_LINE_SHORT);
	memcpy(out->text + out->len, bytes, HD_LINE_SHORT);
	out->len += len;
}

/**
 * hd_line_made_after() - append a byte and a number, which may be the last one again
 * @out: the output
 * @before: the byte
 * @made: the last number; becomes @number
 * @number: the number
 */
static inline void hd_line_made_after(struct hd_out *out, char before,
				      struct hd_number *made, u64 number)
{
	if (!made->len || made->number != number)
		hd_number_make(made, number);
	hd_line_room(out, 1 + HD_DIGITS_MOST);
	out->text[out->len] = before;
	memcpy(out->text + out->len + 1, made->digits, HD_DIGITS_MOST);
	out->len += 1 + made->len;
}

/**
 * hd_line_number_after() - append a byte and a number, decimal
 * @out: the output
 * @before: the byte
 * @number: the number; most have one digit
 */
static inline void hd_line_number_after(struct hd_out *out, char before,
					u64 number)
{
	if (number >= 10) {
		hd_line_long_number_after(out, before, number);
		return;
	}
	hd_line_room(out, 2);
	out->text[out->len++] = before;
	out->text[out->len++] = '0' + number;
}

/**
 * hd_line_end() - end a line, and flush it unless the output gathers lines
 * @out: the output
 */
static inline void hd_line_end(struct hd_out *out)
{
	hd_line_char(out, '\n');
	if (!out->gathers)
		hd_line_flush(out);
}

#endif /* HD_LINE_H */
