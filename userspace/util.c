// SPDX-License-Identifier: GPL-2.0-only
/* Helpers for all rooms of the reader; see util.h. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#include "util.h"

void (*hd_print_before_end)(void);

static void print_error(const char *fmt, va_list args)
{
	if (hd_print_before_end)
		hd_print_before_end();
	fputs("hostdiag: ", stderr);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
}

/* _exit(), since flushing the rest of the buffer would only fail again */
static void __attribute__((noreturn)) die_of_output(void)
{
	fprintf(stderr, "hostdiag: cannot write the output: %s\n",
		strerror(errno));
	_exit(1);
}

static void check_output(void)
{
	if (fclose(stdout))
		die_of_output();
}

static void print_stdout(struct hd_out *out, const char *fmt, va_list args)
{
	(void)out;
	if (vprintf(fmt, args) < 0)
		die_of_output();
}

static void write_stdout(struct hd_out *out)
{
	if (fwrite(out->text, 1, out->len, stdout) != out->len)
		die_of_output();
}

static char stdout_line[HD_LINE_MIN];

struct hd_out hd_stdout = {
	.print = print_stdout,
	.write = write_stdout,
	.text = stdout_line,
	.size = sizeof(stdout_line),
};

/**
 * hd_print_init() - check at exit that all output was written
 */
void hd_print_init(void)
{
	atexit(check_output);
	/* glibc needs a locale for wcwidth(); other C libraries do not */
	setlocale(LC_CTYPE, "C.UTF-8");
}

/**
 * hd_print() - print to stdout; a failure ends the program
 * @fmt: format, as of printf()
 */
void hd_print(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	print_stdout(&hd_stdout, fmt, args);
	va_end(args);
}

/**
 * hd_flush() - flush stdout; a failure ends the program
 */
void hd_flush(void)
{
	if (fflush(stdout))
		die_of_output();
}

/**
 * hd_die() - print an error message in one line, and exit with status 1
 * @fmt: format, as of printf(), without the newline
 */
void hd_die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	print_error(fmt, args);
	va_end(args);
	exit(1);
}

#define GROW_FIRST	64

/**
 * hd_grow() - make room for one more entry in an array
 * @array: the array; NULL: it is empty
 * @used: entries in use
 * @room: entries allocated
 * @each: size of an entry
 *
 * Return: the array, at its new address.
 */
void *hd_grow(void *array, size_t used, size_t *room, size_t each)
{
	if (used < *room)
		return array;
	*room = *room ? 2 * *room : GROW_FIRST;
	array = realloc(array, *room * each);
	if (!array)
		hd_die("out of memory");
	return array;
}

/**
 * hd_lines_add() - add a line
 * @lines: the lines
 * @fmt: format, as of printf(), without the newline
 */
void hd_lines_add(struct hd_lines *lines, const char *fmt, ...)
{
	va_list args;
	int len;

	lines->text = hd_grow(lines->text, lines->used, &lines->room,
			      sizeof(*lines->text));
	va_start(args, fmt);
	len = vasprintf(&lines->text[lines->used], fmt, args);
	va_end(args);
	if (len < 0)
		hd_die("out of memory");
	lines->used++;
}

/**
 * hd_lines_free() - free all lines; new ones may be added afterwards
 * @lines: the lines
 */
void hd_lines_free(struct hd_lines *lines)
{
	while (lines->used)
		free(lines->text[--lines->used]);
	free(lines->text);
	lines->text = NULL;
	lines->room = 0;
}

/**
 * hd_now_ns() - read CLOCK_MONOTONIC
 */
u64 hd_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ull + now.tv_nsec;
}

static void __attribute__((noreturn)) fail_replace(const struct hd_replace *replace)
{
	int error = errno;

	unlink(replace->part);
	hd_die("cannot write %s: %s", replace->name, strerror(error));
}

/**
 * hd_replace_begin() - open a temporary file that will replace a file
 * @replace: filled
 * @name: name of the file, which need not exist
 * @mode: permissions of the new file
 *
 * It is an error if @name exists and is no regular file, such as /dev/null or a
 * link.
 */
void hd_replace_begin(struct hd_replace *replace, const char *name, u32 mode)
{
	struct stat old;
	int fd;

	if (!lstat(name, &old) && !S_ISREG(old.st_mode))
		hd_die("cannot replace %s: it is no regular file", name);
	replace->name = name;
	if (asprintf(&replace->part, "%s.new", name) < 0)
		hd_die("out of memory");
	/* remove what a run that was killed has left */
	unlink(replace->part);
	fd = open(replace->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	replace->to = fd < 0 || fchmod(fd, mode) ? NULL : fdopen(fd, "w");
	if (!replace->to)
		fail_replace(replace);
}

/**
 * hd_replace_end() - rename the temporary file to the name of the file
 * @replace: completely written
 */
void hd_replace_end(struct hd_replace *replace)
{
	bool is_bad = ferror(replace->to);

	/* errno is not that of a write that failed earlier */
	if (fclose(replace->to) || is_bad ||
	    rename(replace->part, replace->name))
		fail_replace(replace);
	free(replace->part);
}

#define REPLACEMENT	"\xef\xbf\xbd"	/* U+FFFD */

static bool is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/* Return: length of the character at @at; 0: invalid, or a C1 control. */
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
	/* overlong forms, surrogates, code points beyond U+10FFFF, and C1 controls */
	if ((at[0] == 0xc2 && at[1] < 0xa0) ||
	    (at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) ||
	    (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f))
		return 0;
	return len;
}

/**
 * hd_utf8() - convert any bytes to valid UTF-8 without C1 controls
 * @raw: bytes, up to a NUL or @len
 * @len: maximum number of bytes
 * @to: room for HD_UTF8_LEN(@len) bytes; a byte that is part of no character
 *	becomes U+FFFD
 *
 * Return: length of @to, without its NUL.
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

/*
 * Does the environment ask for UTF-8?  setlocale() cannot be used, since static
 * programs may lack its tables.
 */
static bool is_utf8_wanted(void)
{
	static const char *const name[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *value = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(name) && !(value && *value); i++)
		value = getenv(name[i]);
	return value && (strcasestr(value, "utf-8") || strcasestr(value, "utf8"));
}

/* Return: width in columns of a character of @len bytes; below 1: not printable. */
static int columns_of(const unsigned char *at, size_t len)
{
	wchar_t character = at[0];
	size_t i;

	if (len > 1)
		character &= 0x7f >> len;
	for (i = 1; i < len; i++)
		character = character << 6 | (at[i] & 0x3f);
	return len > 1 ? wcwidth(character) : 1;
}

/* Return: length of a character that is printed unchanged; 0: it is escaped. */
static size_t printed_len(const unsigned char *at, size_t left)
{
	size_t len = char_len(at, left);

	return len > 1 && columns_of(at, len) > 0 ? len : 0;
}

/**
 * hd_word() - escape any bytes to one printable word, as hd_escape() does
 * @raw: bytes, up to a NUL or @len
 * @len: maximum number of bytes
 * @buf: receives the word
 * @size: size of @buf; HD_WORD_LEN(@len) is enough
 *
 * If the environment says that the terminal uses UTF-8, printable characters are
 * left unchanged.
 *
 * Return: @buf.
 */
const char *hd_word(const char *raw, size_t len, char *buf, size_t size)
{
	const unsigned char *at = (const unsigned char *)raw;
	size_t used = 0, same;

	len = strnlen(raw, len);
	if (len < 2 || !is_utf8_wanted())
		return hd_escape(raw, len, buf, size);
	for (; len && used + HD_WORD_LEN(1) <= size; at += same, len -= same) {
		same = *at == '-' ? 1 : printed_len(at, len);
		memcpy(buf + used, at, same);
		buf[used + same] = '\0';
		if (!same) {
			hd_escape((const char *)at, 1, buf + used, size - used);
			same = 1;
		}
		used += strlen(buf + used);
	}
	return buf;
}

/**
 * hd_word_fit() - find how much of a word fits
 * @word: made by hd_word()
 * @columns: columns that there are; set to those used
 *
 * Return: number of bytes.
 */
size_t hd_word_fit(const char *word, u32 *columns)
{
	const unsigned char *at = (const unsigned char *)word;
	u32 left = *columns;
	size_t len;
	int width;

	for (; *at; at += len) {
		len = char_len(at, strlen((const char *)at));
		len = len ? len : 1;
		width = columns_of(at, len);
		width = width < 0 ? 1 : width;
		if ((u32)width > left)
			break;
		left -= width;
	}
	*columns -= left;
	return (const char *)at - word;
}

/**
 * hd_word_columns() - get the width of a word in columns
 * @word: made by hd_word()
 */
u32 hd_word_columns(const char *word)
{
	u32 columns = ~0u;

	hd_word_fit(word, &columns);
	return columns;
}

#define ROWS_ELSE	24
#define WIDTH_ELSE	80
#define WIDTH_MOST	1000

/**
 * hd_colour() - is colour wanted on a terminal?  See no-color.org.
 * @fd: descriptor of the terminal
 */
bool hd_colour(int fd)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(fd) && !(no && *no) && term && *term &&
	       strcmp(term, "dumb");
}

/**
 * hd_rows() - get the height of the terminal; 0: stdout is no terminal
 */
u32 hd_rows(void)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO))
		return 0;
	return !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_row ?
	       size.ws_row : ROWS_ELSE;
}

/**
 * hd_width() - get the width of stdout in columns; 80 if it is not known
 */
u32 hd_width(void)
{
	const char *set = getenv("COLUMNS");
	struct winsize size;

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col)
		return size.ws_col;
	if (set && atoi(set) > 0 && atoi(set) <= WIDTH_MOST)
		return atoi(set);
	return WIDTH_ELSE;
}
