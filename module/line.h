/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where text goes, and lines in the making.  A line is put together by hand
 * and handed on in one piece: for a file of a million lines, printf is most
 * of what reading costs.
 */
#ifndef HD_LINE_H
#define HD_LINE_H

#include "pure.h"
#include "../uapi/hostdiag.h"

/**
 * struct hd_out - where text goes
 * @print: as vprintf
 * @write: text that is ready; no NUL at its end
 * @priv: its own
 */
struct hd_out {
	__printf(2, 0)
	void (*print)(struct hd_out *out, const char *fmt, va_list args);
	void (*write)(struct hd_out *out, const char *text, size_t len);
	void *priv;
};

#define HD_LINE_LEN	256

/**
 * struct hd_line - a line in the making
 * @out: where it goes; a longer one goes in pieces
 * @len: bytes in @text
 * @text: what has not gone yet
 */
struct hd_line {
	struct hd_out *out;
	u32 len;
	char text[HD_LINE_LEN];
};

#define HD_ESCAPED_LEN	(4 * HOSTDIAG_COMM_LEN + 1)

__printf(2, 3)
void hd_out_printf(struct hd_out *out, const char *fmt, ...);
const char *hd_escape(const char *raw, size_t len, char *buf, size_t size);

void hd_line_begin(struct hd_line *line, struct hd_out *out);
void hd_line_char(struct hd_line *line, char c);
void hd_line_text(struct hd_line *line, const char *text);
void hd_line_number(struct hd_line *line, u64 number);
void hd_line_escaped(struct hd_line *line, const char *raw, size_t len);
void hd_line_end(struct hd_line *line);

#endif /* HD_LINE_H */
