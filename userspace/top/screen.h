/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The terminal as an array of lines, of which only changes are sent.
 *
 * No curses library is used, since it needs a terminfo database at a fixed path,
 * which a static binary cannot rely on.  The codes used here are in ECMA-48, or
 * are supported by all current terminals; hd_screen_is_able() rejects others.
 */
#ifndef HD_SCREEN_H
#define HD_SCREEN_H

#include "pure/pure.h"

enum hd_style {
	HD_PLAIN,
	HD_BOLD,
	HD_TITLE,	/* headings of a table */
	HD_CURSOR,
	HD_ALERT,
};

/* values that hd_screen_wait() returns besides the bytes of keys */
enum hd_key {
	HD_KEY_NONE = 256,	/* the time is over */
	HD_KEY_REDRAW,		/* the size has changed, or the shell has resumed the program */
	HD_KEY_END,		/* end of input */
	HD_KEY_ESCAPE,
	HD_KEY_UP,
	HD_KEY_DOWN,
	HD_KEY_LEFT,
	HD_KEY_RIGHT,
	HD_KEY_PAGE_UP,
	HD_KEY_PAGE_DOWN,
	HD_KEY_HOME,
	HD_KEY_LAST,
};

bool hd_screen_is_able(void);
void hd_screen_open(void);
void hd_screen_close(void);
u32 hd_screen_rows(void);
u32 hd_screen_columns(void);
void hd_screen_clear(void);
void hd_screen_put(u32 row, enum hd_style style, const char *text);
void hd_screen_show(void);
int hd_screen_wait(u64 timeout_ns);

/* the terminal itself: its modes, its keys, and the signals that concern it */
void hd_terminal_open(void);
void hd_terminal_close(void);
int hd_terminal_wait(u64 timeout_ns);

#endif /* HD_SCREEN_H */
