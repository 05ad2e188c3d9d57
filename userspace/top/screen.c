// SPDX-License-Identifier: GPL-2.0-only
/* Two pictures of the terminal: the wanted one and the one that it shows. */
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
 * struct cell - a column of a line
 * @text: the character; "": the second half of a wide character
 */
struct cell {
	char text[5];
};

/**
 * struct line - a line of the terminal
 * @style: style of the whole line
 * @cells: one for each column
 */
struct line {
	enum hd_style style;
	struct cell *cells;
};

static u32 screen_rows, screen_columns;
static struct line *wanted_lines, *shown_lines;	/* screen_rows entries each */
static bool has_colour;

/* output that is sent in one piece */
static char *out_bytes;
static size_t out_len, out_room;

/**
 * hd_screen_is_able() - can stdout show a screen?
 */
bool hd_screen_is_able(void)
{
	const char *term = getenv("TERM");

	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && term && *term &&
	       strcmp(term, "dumb");
}

static void add_output(const char *bytes, size_t len)
{
	if (out_room < out_len + len) {
		out_room = 2 * (out_len + len);
		out_bytes = realloc(out_bytes, out_room);
		if (!out_bytes)
			hd_die("out of memory");
	}
	memcpy(out_bytes + out_len, bytes, len);
	out_len += len;
}

static void add_text(const char *text)
{
	add_output(text, strlen(text));
}

static void flush_output(void)
{
	struct pollfd fd = { .fd = STDOUT_FILENO, .events = POLLOUT };
	size_t done = 0;
	ssize_t got;

	while (done < out_len) {
		got = write(STDOUT_FILENO, out_bytes + done, out_len - done);
		if (got < 0 && errno == EAGAIN)
			poll(&fd, 1, -1);
		else if (got < 0 && errno != EINTR)
			hd_die("cannot write to the terminal: %s",
			       strerror(errno));
		done += got > 0 ? got : 0;
	}
	out_len = 0;
}

static void clear_line(struct line *line)
{
	u32 i;

	line->style = HD_PLAIN;
	for (i = 0; i < screen_columns; i++)
		strcpy(line->cells[i].text, " ");
}

static struct line *new_lines(void)
{
	struct line *lines = calloc(screen_rows, sizeof(*lines));
	u32 i;

	if (!lines)
		hd_die("out of memory");
	for (i = 0; i < screen_rows; i++) {
		lines[i].cells = calloc(screen_columns, sizeof(struct cell));
		if (!lines[i].cells)
			hd_die("out of memory");
		clear_line(&lines[i]);
	}
	return lines;
}

static void free_lines(struct line *lines)
{
	u32 i;

	for (i = 0; lines && i < screen_rows; i++)
		free(lines[i].cells);
	free(lines);
}

/* allocate empty pictures of the size of the terminal */
static void begin_screen(void)
{
	struct winsize size = { 0 };

	free_lines(wanted_lines);
	free_lines(shown_lines);
	ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	screen_rows = size.ws_row ? size.ws_row : ROWS_ELSE;
	screen_columns = size.ws_col ? size.ws_col : COLUMNS_ELSE;
	if (screen_rows > SIZE_MOST)
		screen_rows = SIZE_MOST;
	if (screen_columns > SIZE_MOST)
		screen_columns = SIZE_MOST;
	wanted_lines = new_lines();
	shown_lines = new_lines();
	add_text("\033[0m\033[2J");
}

/**
 * hd_screen_open() - switch the terminal to the screen
 *
 * hd_screen_close(), and any end of the program, restores the terminal.
 */
void hd_screen_open(void)
{
	has_colour = hd_colour(STDOUT_FILENO);
	hd_terminal_open();
	begin_screen();
}

/**
 * hd_screen_close() - restore the terminal
 */
void hd_screen_close(void)
{
	hd_terminal_close();
}

/** hd_screen_rows() - get the number of lines */
u32 hd_screen_rows(void)
{
	return screen_rows;
}

/** hd_screen_columns() - get the number of columns */
u32 hd_screen_columns(void)
{
	return screen_columns;
}

/**
 * hd_screen_clear() - begin the next picture with empty lines
 */
void hd_screen_clear(void)
{
	u32 i;

	for (i = 0; i < screen_rows; i++)
		clear_line(&wanted_lines[i]);
}

/**
 * hd_screen_put() - put a line into the next picture
 * @row: index of the row; one below the terminal is ignored
 * @style: of it
 * @text: printable text; cut at the width of the terminal
 */
void hd_screen_put(u32 row, enum hd_style style, const char *text)
{
	u32 at = 0, width;
	struct cell *cell;
	size_t len;

	if (row >= screen_rows)
		return;
	cell = wanted_lines[row].cells;
	wanted_lines[row].style = style;
	for (; *text; text += len, at += width) {
		/* take one character, of one or two columns */
		width = 1;
		len = hd_word_fit(text, &width);
		if (!len) {
			width = 2;
			len = hd_word_fit(text, &width);
		}
		if (at + width > screen_columns || !len || len >= sizeof(cell[at].text))
			break;
		memcpy(cell[at].text, text, len);
		cell[at].text[len] = '\0';
		if (width == 2)
			cell[at + 1].text[0] = '\0';
	}
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
		return has_colour ? "\033[31m" : "\033[1m";
	default:
		return "";
	}
}

/* Return: the column after the last character that is no space. */
static u32 end_of(const struct line *line)
{
	u32 end = screen_columns;

	while (end && line->cells[end - 1].text[0] == ' ')
		end--;
	return end;
}

static bool is_same(const struct line *want, const struct line *have, u32 at)
{
	return !strcmp(want->cells[at].text, have->cells[at].text);
}

static void send_cells(const struct line *line, u32 first, u32 end)
{
	for (; first < end; first++)
		add_text(line->cells[first].text);
}

/* send a row without the equal parts at its beginning and end */
static void send_line(u32 row)
{
	const struct line *want = &wanted_lines[row], *have = &shown_lines[row];
	bool restyled = want->style != have->style, bar;
	u32 first = 0, last = screen_columns, end = end_of(want);
	char at[32];

	while (!restyled && first < screen_columns && is_same(want, have, first))
		first++;
	if (first == screen_columns)
		return;
	while (!restyled && is_same(want, have, last - 1))
		last--;
	/* do not begin in the middle of a wide character */
	while (first && (!want->cells[first].text[0] ||
			 !have->cells[first].text[0]))
		first--;
	/* a bar extends to the edge; other text is erased behind its end */
	bar = want->style == HD_TITLE || want->style == HD_CURSOR;

	snprintf(at, sizeof(at), "\033[%u;%uH", row + 1, first + 1);
	add_text(at);
	add_text(style_code(want->style));
	if (bar || last <= end)
		send_cells(want, first, last);
	else if (end > first)
		send_cells(want, first, end);
	if (want->style != HD_PLAIN)
		add_text("\033[0m");
	if (!bar && last > end)
		add_text("\033[K");
}

/**
 * hd_screen_show() - send the differences between the two pictures
 */
void hd_screen_show(void)
{
	u32 row;

	for (row = 0; row < screen_rows; row++) {
		send_line(row);
		shown_lines[row].style = wanted_lines[row].style;
		memcpy(shown_lines[row].cells, wanted_lines[row].cells,
		       screen_columns * sizeof(struct cell));
	}
	flush_output();
}

/**
 * hd_screen_wait() - wait for a key
 * @timeout_ns: maximum time
 *
 * Return: the key, or one of enum hd_key.  After HD_KEY_REDRAW the screen is empty,
 * and may have changed its size.
 */
int hd_screen_wait(u64 timeout_ns)
{
	int key = hd_terminal_wait(timeout_ns);

	if (key == HD_KEY_REDRAW)
		begin_screen();
	return key;
}
