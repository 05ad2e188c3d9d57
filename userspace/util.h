/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What all rooms of the reader use: checked output, arrays that grow, lines of
 * text, the clock, files that are replaced as a whole, UTF-8, and what stdout
 * is.
 */
#ifndef HD_UTIL_H
#define HD_UTIL_H

#include "pure/render.h"

/* --- output: to stdout, checked; errors are one line on stderr */

extern struct hd_out hd_stdout;
/* called before a message that the program ends with; NULL: nothing is */
extern void (*hd_print_before_end)(void);

void hd_print_init(void);
__printf(1, 2)
void hd_print(const char *fmt, ...);
void hd_flush(void);
__printf(1, 2) __attribute__((noreturn))
void hd_die(const char *fmt, ...);

/* --- arrays that grow */

void *hd_grow(void *array, size_t used, size_t *room, size_t each);

/* --- lines of text that are kept */

/**
 * struct hd_lines - the lines
 * @text: one after the other
 * @used: how many
 * @room: that fit
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
 * --- files that are replaced as a whole: a reader sees the old one or the new
 * one, and after a failure the old one
 */

/**
 * struct hd_replace - a file that is being replaced
 * @to: what is to become of it is written here
 * @name: of the file
 * @part: of what it will be, till then
 */
struct hd_replace {
	FILE *to;
	const char *name;
	char *part;
};

void hd_replace_begin(struct hd_replace *replace, const char *name, u32 mode);
void hd_replace_end(struct hd_replace *replace);

/* --- valid UTF-8, from names of the kernel, which are any bytes */

/* room for what hd_utf8() makes of so many bytes */
#define HD_UTF8_LEN(bytes)	(3 * (bytes) + 1)

size_t hd_utf8(const char *raw, size_t len, char *to);

/* room for what hd_word() makes of so many bytes */
#define HD_WORD_LEN(bytes)	(4 * (bytes) + 2)

const char *hd_word(const char *raw, size_t len, char *buf, size_t size);
size_t hd_word_fit(const char *word, u32 *columns);
u32 hd_word_columns(const char *word);

/* --- stdout as a terminal */

bool hd_colour(int fd);
u32 hd_rows(void);
u32 hd_width(void);

#endif /* HD_UTIL_H */
