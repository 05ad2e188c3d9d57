/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Helpers for all rooms of the reader: checked output, growing arrays, lines of
 * text, the clock, files that are replaced atomically, UTF-8 and the terminal.
 */
#ifndef HD_UTIL_H
#define HD_UTIL_H

#include "pure/render.h"

/* --- output: to stdout, checked; errors are one line on stderr */

extern struct hd_out hd_stdout;
/* called before a fatal error message; NULL: nothing is called */
extern void (*hd_print_before_end)(void);

void hd_print_init(void);
__printf(1, 2)
void hd_print(const char *fmt, ...);
void hd_flush(void);
__printf(1, 2) __attribute__((noreturn))
void hd_die(const char *fmt, ...);

/* --- arrays that grow */

void *hd_grow(void *array, size_t used, size_t *room, size_t each);

/* --- lists of lines */

/**
 * struct hd_lines - a list of lines
 * @text: the lines
 * @used: length of @text
 * @room: entries allocated in @text
 */
struct hd_lines {
	char **text;
	size_t used;
	size_t room;
};

__printf(2, 3)
void hd_lines_add(struct hd_lines *lines, const char *fmt, ...);
void hd_lines_free(struct hd_lines *lines);

/* --- the monotonic clock */

u64 hd_now_ns(void);

/*
 * --- files that are replaced atomically: a process that reads the file sees the
 * old one or the new one, and after a failure the old one
 */

/**
 * struct hd_replace - a file that is being replaced
 * @to: stream of the temporary file
 * @name: name of the file
 * @part: name of the temporary file
 */
struct hd_replace {
	FILE *to;
	const char *name;
	char *part;
};

void hd_replace_begin(struct hd_replace *replace, const char *name, u32 mode);
void hd_replace_end(struct hd_replace *replace);

/* --- valid UTF-8 from names of the kernel, which may contain any bytes */

/* size of the buffer that hd_utf8() needs for so many bytes */
#define HD_UTF8_LEN(bytes)	(3 * (bytes) + 1)

size_t hd_utf8(const char *raw, size_t len, char *to);

/* size of the buffer that hd_word() needs for so many bytes */
#define HD_WORD_LEN(bytes)	(4 * (bytes) + 2)

const char *hd_word(const char *raw, size_t len, char *buf, size_t size);
size_t hd_word_fit(const char *word, u32 *columns);
u32 hd_word_columns(const char *word);

/* --- stdout as a terminal */

bool hd_colour(int fd);
u32 hd_rows(void);
u32 hd_width(void);

#endif /* HD_UTIL_H */
