// SPDX-License-Identifier: GPL-2.0-only
/* The picture on the terminal: what it is to be, and what it is. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "top/screen.h"
#include "util.h"

#define ROWS_ELSE	24
#define COLUMNS_ELSE	80
#define SIZE_MOST	1000

/**
 * struct line - a line of the terminal
 * @style: of all of it
 * @text: as many characters as there are columns, and NUL
 */
struct line {
	enum hd_style style;
	char *text;
};

static u32 rows, columns;
static struct line *wanted, *shown;	/* @rows of each */
static bool colour;

/* what is to be sent, in one piece */
static char *out;
static size_t out_len, out_room;

/**
 * hd_screen_is_able() - can it be shown here?
 */
bool hd_screen_is_able(void)
{
	const char *term = getenv("TERM");

	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && term && *term &&
	       strcmp(term, "dumb");
}

static void send(const char *bytes, size_t len)
{
	if (out_room < out_len + len) {
		out_room = 2 * (out_len + len);
		out = realloc(out, out_room);
		if (!out)
			hd_die("out of memory");
	}
	memcpy(out + out_len, bytes, len);
	out_len += len;
}

static void send_text(const char *text)
{
	send(text, strlen(text));
}

static void flush(void)
{
	struct pollfd fd = { .fd = STDOUT_FILENO, .events = POLLOUT };
	size_t done = 0;
	ssize_t got;

	while (done < out_len) {
		got = write(STDOUT_FILENO, out + done, out_len - done);
		if (got < 0 && errno == EAGAIN)
			poll(&fd, 1, -1);
		else if (got < 0 && errno != EINTR)
			hd_die("cannot write to the terminal: %s",
			       strerror(errno));
		done += got > 0 ? got : 0;
	}
	out_len = 0;
}

static struct line *new_lines(void)
{
	struct line *lines = calloc(rows, sizeof(*lines));
	u32 i;

	if (!lines)
		hd_die("out of memory");
	for (i = 0; i < rows; i++) {
		lines[i].text = malloc(columns + 1);
		if (!lines[i].text)
			hd_die("out of memory");
		memset(lines[i].text, ' ', columns);
		lines[i].text[columns] = '\0';
	}
	return lines;
}

static void free_lines(struct line *lines)
{
	u32 i;

	for (i = 0; lines && i < rows; i++)
		free(lines[i].text);
	free(lines);
}

/* as large as the terminal, and empty */
static void begin(void)
{
	struct winsize size = { 0 };

	free_lines(wanted);
	free_lines(shown);
	ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	rows = size.ws_row ? size.ws_row : ROWS_ELSE;
	columns = size.ws_col ? size.ws_col : COLUMNS_ELSE;
	if (rows > SIZE_MOST)
		rows = SIZE_MOST;
	if (columns > SIZE_MOST)
		columns = SIZE_MOST;
	wanted = new_lines();
	shown = new_lines();
	send_text("\033[0m\033[2J");
}

/**
 * hd_screen_open() - take the terminal
 *
 * It is given back by hd_screen_close(), and at any end of the program.
 */
void hd_screen_open(void)
{
	colour = hd_colour(STDOUT_FILENO);
	hd_terminal_open();
	begin();
}

/**
 * hd_screen_close() - give the terminal back
 */
void hd_screen_close(void)
{
	hd_terminal_close();
}

/** hd_screen_rows() - lines that there are */
u32 hd_screen_rows(void)
{
	return rows;
}

/** hd_screen_columns() - characters in a line */
u32 hd_screen_columns(void)
{
	return columns;
}

/**
 * hd_screen_clear() - begin the next picture, empty
 */
void hd_screen_clear(void)
{
	u32 i;

	for (i = 0; i < rows; i++) {
		wanted[i].style = HD_PLAIN;
		memset(wanted[i].text, ' ', columns);
	}
}

/**
 * hd_screen_put() - put a line into the next picture
 * @row: where, from 0; below the end of the terminal, nothing is
 * @style: of it
 * @text: printable ASCII; what does not fit is cut off
 */
void hd_screen_put(u32 row, enum hd_style style, const char *text)
{
	size_t len = strlen(text);

	if (row >= rows)
		return;
	wanted[row].style = style;
	memcpy(wanted[row].text, text, len < columns ? len : columns);
}

static const char *style_code(enum hd_style style)
{
	switch (style) {
	case HD_BOLD:
		return "\033[1m";
	case HD_TITLE:
	case HD_CURSOR:
		return "\033[7m";
	case HD_ALERT:
		return colour ? "\033[31m" : "\033[1m";
	default:
		return "";
	}
}

/* Return: the place after the last character that is no space. */
static u32 end_of(const struct line *line)
{
	u32 end = columns;

	while (end && line->text[end - 1] == ' ')
		end--;
	return end;
}

/* what is the same before and after is left alone */
static void send_line(u32 row)
{
	const struct line *want = &wanted[row], *have = &shown[row];
	bool restyled = want->style != have->style, bar;
	u32 first = 0, last = columns, end = end_of(want);
	char at[32];

	while (!restyled && first < columns &&
	       want->text[first] == have->text[first])
		first++;
	if (first == columns)
		return;
	while (!restyled && want->text[last - 1] == have->text[last - 1])
		last--;
	/* a bar goes to the edge; behind other text there is nothing */
	bar = want->style == HD_TITLE || want->style == HD_CURSOR;

	snprintf(at, sizeof(at), "\033[%u;%uH", row + 1, first + 1);
	send_text(at);
	send_text(style_code(want->style));
	if (bar || last <= end)
		send(want->text + first, last - first);
	else if (end > first)
		send(want->text + first, end - first);
	if (want->style != HD_PLAIN)
		send_text("\033[0m");
	if (!bar && last > end)
		send_text("\033[K");
}

/**
 * hd_screen_show() - send what of the next picture is not there yet
 */
void hd_screen_show(void)
{
	u32 row;

	for (row = 0; row < rows; row++) {
		send_line(row);
		shown[row].style = wanted[row].style;
		memcpy(shown[row].text, wanted[row].text, columns);
	}
	flush();
}

/**
 * hd_screen_wait() - wait for a key
 * @timeout_ns: how long at most
 *
 * Return: the key, or one of enum hd_key.  After HD_KEY_REDRAW the screen is
 * empty, and may have another size.
 */
int hd_screen_wait(u64 timeout_ns)
{
	int key = hd_terminal_wait(timeout_ns);

	if (key == HD_KEY_REDRAW)
		begin();
	return key;
}
