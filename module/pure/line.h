/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where text goes, and lines in the making.  A line is put together by hand
 * and handed on in one piece: for a file of a million lines, printf is most
 * of what reading costs.
 */
#ifndef HD_LINE_H
#define HD_LINE_H

#include "pure/pure.h"
#include "uapi/hostdiag.h"

/**
 * struct hd_out - where text goes
 * @print: as vprintf; not while a line is in the making
 * @write: what is in @text, @len bytes of it, goes; @text may be elsewhere then
 * @priv: its own
 * @text: room for a line in the making; a longer one goes in pieces
 * @size: of it, at least HD_LINE_MIN
 * @len: bytes in it
 * @gathers: lines need not go one by one; whoever made it flushes the last ones
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
#define HD_DIGITS_MOST	20	/* of a u64 */
#define HD_LINE_SHORT	32u

/**
 * struct hd_number - a number, which may be put again
 * @number: it
 * @len: how many digits it has; 0: none is made yet
 * @digits: these, and any bytes
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
 * hd_line_room() - see to it that so many bytes can be put at text + len
 * @out: what there is no room for goes now
 * @bytes: at most HD_LINE_MIN
 */
static inline void hd_line_room(struct hd_out *out, u32 bytes)
{
	if (out->len + bytes > out->size)
		hd_line_flush(out);
}

/**
 * hd_line_char() - a byte
 * @out: where to
 * @c: the byte
 */
static inline void hd_line_char(struct hd_out *out, char c)
{
	hd_line_room(out, 1);
	out->text[out->len++] = c;
}

/**
 * hd_line_bytes() - bytes, as they are
 * @out: where to
 * @bytes: them
 * @len: how many, at most HD_LINE_MIN; best a constant
 */
static inline void hd_line_bytes(struct hd_out *out, const char *bytes, u32 len)
{
	hd_line_room(out, len);
	memcpy(out->text + out->len, bytes, len);
	out->len += len;
}

/**
 * hd_line_short_bytes() - bytes, most often a few: those are copied in one go
 * @out: where to
 * @bytes: there are HD_LINE_SHORT of them at least
 * @len: how many go, at most HD_LINE_MIN
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
 * hd_line_made_after() - a byte, and a number that may be the one before
 * @out: where to
 * @before: the byte
 * @made: the one before; then @number
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
 * hd_line_number_after() - a byte, and a number, decimal
 * @out: where to
 * @before: the byte
 * @number: the number; most are 0, or another digit
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
 * hd_line_end() - end a line, which goes where it belongs
 * @out: where to
 */
static inline void hd_line_end(struct hd_out *out)
{
	hd_line_char(out, '\n');
	if (!out->gathers)
		hd_line_flush(out);
}

#endif /* HD_LINE_H */
