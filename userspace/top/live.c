// SPDX-License-Identifier: GPL-2.0-only
/* The screen of "hostdiag top", and its keys. */
#include <stdlib.h>
#include "top/model.h"
#include "top/screen.h"
#include "util.h"

#define HEAD_ROWS	2	/* rows above the headings or the lines */
#define ASIDE_STEP	8	/* columns that a key scrolls by */

enum view {
	VIEW_TABLE,
	VIEW_TASK,
	VIEW_HELP,
};

/**
 * struct live - state of the screen
 * @top: the model that it shows
 * @view: the current view
 * @lines: lines of the view
 * @first: index of the line at the top of the screen
 * @key: line of the table that the cursor is on, if @has_key
 * @has_key: @key is valid
 * @cursor: index of the line with the cursor
 * @aside: columns scrolled out to the left, behind the ids
 * @kind: kind of the histogram
 * @at_ns: time of the next reading
 * @shown: number of intervals shown so far
 * @at_end: the program is to end
 * @note: message about the last key; "": none
 */
struct live {
	struct hd_top *top;
	enum view view;
	struct hd_lines lines;
	size_t first;
	struct hd_top_key key;
	bool has_key;
	size_t cursor;
	u32 aside;
	u32 kind;
	u64 at_ns;
	u32 shown;
	bool at_end;
	char note[HD_TOP_MESSAGE];
};

static const char *const by_name[] = {
	[HD_BY_NOTHING]	= "threads",
	[HD_BY_THREAD]	= "threads",
	[HD_BY_PROCESS]	= "processes",
	[HD_BY_COMM]	= "comms",
	[HD_BY_CGROUP]	= "cgroups",
};

static const char *const help_lines[] = {
	"  t p c g      put together by thread, process, comm or cgroup",
	"  < >          sort by the column to the left, to the right",
	"  r            the other way round",
	"  up down      move the cursor; page up, page down, home, end, too",
	"  left right   move to columns that do not fit on the screen",
	"  enter        what is behind the line: histograms and syscalls",
	"  tab          there: syscalls, D sleep or open files",
	"  esc          back",
	"  space        read now",
	"  q            quit",
	"",
	"  calls/s err/s opens/s  syscalls, those that failed, files opened, a second",
	"  busy%        of the time: in calls on a CPU, on a run queue, or in D sleep",
	"  cpu% runq%   of that: in calls on a CPU, and waiting for one",
	"  d% iowait%   of that: in D sleep, and the part that is iowait",
	"  now age      the call that it is inside of, and for how long; D: in D sleep",
	"  p50 p99 max  of the calls that ended in the interval",
	"  open         files that it opened and that are open",
};

/* find the line with the cursor, and the lines of tasks in D sleep */
struct table_state {
	struct live *live;
	size_t nth;
	bool found;
	u8 *in_d;
};

static void add_line(void *priv, const char *text, const union hd_cell *cell)
{
	struct table_state *state = priv;
	struct live *live = state->live;

	hd_lines_add(&live->lines, "%s", text);
	if (!cell)
		return;
	state->in_d[state->nth] = hd_rates_is_in_d(cell);
	if (live->has_key && !state->found && hd_top_key_is(&live->key, cell)) {
		state->found = true;
		live->cursor = state->nth;
	}
	state->nth++;
}

static size_t rows_of_page(const struct live *live)
{
	u32 head = HEAD_ROWS + (live->view == VIEW_TABLE);

	return hd_screen_rows() > head ? hd_screen_rows() - head : 1;
}

/* keep the cursor on its line, or at its index if that line is gone */
static void place_cursor(struct live *live, size_t lines)
{
	const struct hd_table *table = &live->top->table;

	if (live->cursor >= lines)
		live->cursor = lines ? lines - 1 : 0;
	if (live->has_key && lines)
		hd_top_key_set(&live->key, table->by,
			       &table->cell[live->cursor * table->columns]);
	if (live->first > live->cursor)
		live->first = live->cursor;
	if (live->first + rows_of_page(live) <= live->cursor)
		live->first = live->cursor + 1 - rows_of_page(live);
}

/* print a line without the columns scrolled out; the ids stay */
static void put_moved(const struct live *live, u32 row, enum hd_style style,
		      const char *line)
{
	u32 ids = live->top->table.id_columns, gone = ids + live->aside;
	size_t kept = hd_word_fit(line, &ids);
	char *text;

	if (asprintf(&text, "%.*s%s", (int)kept, line,
		     line + hd_word_fit(line, &gone)) < 0)
		hd_die("out of memory");
	hd_screen_put(row, style, text);
	free(text);
}

/* do not scroll beyond the end of the line */
static void bound_aside(struct live *live, const char *line)
{
	u32 all = hd_word_columns(line), fit = hd_screen_columns();
	u32 most = all > fit ? all - fit : 0;

	if (live->aside > most)
		live->aside = most;
}

static void draw_table(struct live *live)
{
	struct hd_table *table = &live->top->table;
	struct table_state state = { .live = live };
	enum hd_style style;
	size_t i;

	state.in_d = calloc(table->used + 1, 1);
	if (!state.in_d)
		hd_die("out of memory");
	hd_table_lines(table, add_line, &state);
	place_cursor(live, state.nth);
	bound_aside(live, live->lines.text[0]);
	put_moved(live, HEAD_ROWS, HD_TITLE, live->lines.text[0]);
	for (i = live->first; i < state.nth && i < live->first + rows_of_page(live);
	     i++) {
		style = state.in_d[i] ? HD_ALERT : HD_PLAIN;
		if (live->has_key && i == live->cursor)
			style = HD_CURSOR;
		put_moved(live, HEAD_ROWS + 1 + i - live->first, style,
			  live->lines.text[i + 1]);
	}
	free(state.in_d);
}

static void draw_lines(struct live *live)
{
	size_t i;

	if (live->first + rows_of_page(live) > live->lines.used)
		live->first = live->lines.used > rows_of_page(live) ?
			      live->lines.used - rows_of_page(live) : 0;
	for (i = live->first; i < live->lines.used; i++)
		hd_screen_put(HEAD_ROWS + i - live->first, HD_PLAIN,
			      live->lines.text[i]);
}

/* the name of the tasks of a line */
static void name_key(const struct hd_top_key *key, char *name, size_t size)
{
	if (key->by == HD_BY_CGROUP)
		snprintf(name, size, "cgroup %s", key->cgroup);
	else if (key->by == HD_BY_COMM || key->tgid == HD_ABSENT)
		snprintf(name, size, "%s", key->comm);
	else if (key->by == HD_BY_PROCESS)
		snprintf(name, size, "%s, process %llu", key->comm, key->tgid);
	else
		snprintf(name, size, "%s, task %llu", key->comm, key->tid);
}

/* Return: the current message; @else_text if there is none. */
static const char *message_or(const struct live *live, const char *else_text)
{
	if (*live->note)
		return live->note;
	return *live->top->message ? live->top->message : else_text;
}

static void draw_head(struct live *live)
{
	const struct hd_top *top = live->top;
	const struct hd_table *table = &top->table;
	char rates[HD_RATES_LINE], clock[16], line[3 * HD_RATES_LINE];
	char name[HD_RATES_LINE];

	snprintf(line, sizeof(line), "%s %s%s", hd_top_clock(top, clock),
		 top->read > 1 ? "" : "since counting began, ",
		 hd_rates_line(&top->rates, rates));
	hd_screen_put(0, HD_BOLD, line);
	if (live->view == VIEW_TABLE) {
		snprintf(line, sizeof(line), "%s by %s%s; %s",
			 by_name[table->by], table->column[table->sort].name,
			 table->reverse ? ", reversed" : "",
			 message_or(live, "q quit, h help"));
	} else if (live->view == VIEW_TASK) {
		name_key(&live->key, name, sizeof(name));
		snprintf(line, sizeof(line), "%s; %s", name,
			 message_or(live, "tab: other histograms, esc: back"));
	} else {
		snprintf(line, sizeof(line), "keys and columns; esc: back");
	}
	hd_screen_put(1, HD_PLAIN, line);
}

static void draw_view(struct live *live)
{
	size_t i;

	hd_screen_clear();
	hd_lines_free(&live->lines);
	switch (live->view) {
	case VIEW_TABLE:
		draw_table(live);
		break;
	case VIEW_TASK:
		hd_top_task(live->top, &live->key, live->kind, &live->lines);
		draw_lines(live);
		break;
	default:
		for (i = 0; i < ARRAY_SIZE(help_lines); i++)
			hd_lines_add(&live->lines, "%s", help_lines[i]);
		draw_lines(live);
	}
	draw_head(live);
	hd_screen_show();
}

static void read_next(struct live *live)
{
	struct hd_top *top = live->top;

	live->at_ns = hd_now_ns() + top->interval_ns;
	if (!hd_top_read(top))
		return;
	hd_top_fill(top);
	live->shown += top->read > 1;
	if (top->count && live->shown >= top->count)
		live->at_end = true;
}

static void put_together(struct live *live, enum hd_by by)
{
	struct hd_top *top = live->top;
	struct hd_table *table = &top->table;

	if (by == HD_BY_CGROUP && table->args.file) {
		snprintf(live->note, sizeof(live->note),
			 "a snapshot has no cgroups: this host has");
		return;
	}
	table->by = by;
	memset(table->widest, 0, table->columns * sizeof(*table->widest));
	live->has_key = false;
	live->first = 0;
	live->cursor = 0;
	hd_top_fill(top);
	if (!hd_table_shows(table, table->sort))
		table->sort = table->group_sort;
}

/* sort by the next column that is shown */
static void move_sort(struct hd_table *table, int step)
{
	u32 id = table->sort;

	do {
		id = (id + table->columns + step) % table->columns;
	} while (!hd_table_shows(table, id));
	table->sort = id;
}

static void move_cursor(struct live *live, s64 lines)
{
	size_t *at = live->view == VIEW_TABLE ? &live->cursor : &live->first;

	if (lines < 0 && *at < (size_t)-lines)
		*at = 0;
	else
		*at += lines;
	if (live->view != VIEW_TABLE)
		return;
	/* without a key, drawing finds the line by its index */
	if (*at >= live->top->table.used)
		*at = live->top->table.used ? live->top->table.used - 1 : 0;
	live->has_key = live->top->table.used;
	if (live->has_key)
		hd_top_key_set(&live->key, live->top->table.by,
			       &live->top->table.cell[*at *
			       live->top->table.columns]);
}

static void set_view(struct live *live, enum view view)
{
	live->view = view;
	live->first = 0;
}

static bool handle_move(struct live *live, int key)
{
	s64 all = live->lines.used;

	switch (key) {
	case HD_KEY_UP:
	case 'k':
		move_cursor(live, -1);
		return true;
	case HD_KEY_DOWN:
	case 'j':
		move_cursor(live, live->has_key || live->view != VIEW_TABLE);
		return true;
	case HD_KEY_PAGE_UP:
		move_cursor(live, -(s64)rows_of_page(live));
		return true;
	case HD_KEY_PAGE_DOWN:
		move_cursor(live, rows_of_page(live));
		return true;
	case HD_KEY_HOME:
		move_cursor(live, -all);
		return true;
	case HD_KEY_LAST:
		move_cursor(live, all);
		return true;
	}
	return false;
}

static void handle_table_key(struct live *live, int key)
{
	struct hd_table *table = &live->top->table;

	switch (key) {
	case 't':
		put_together(live, HD_BY_NOTHING);
		break;
	case 'p':
		put_together(live, HD_BY_PROCESS);
		break;
	case 'c':
		put_together(live, HD_BY_COMM);
		break;
	case 'g':
		put_together(live, HD_BY_CGROUP);
		break;
	case '<':
		move_sort(table, -1);
		break;
	case '>':
		move_sort(table, 1);
		break;
	case HD_KEY_LEFT:
		live->aside -= live->aside < ASIDE_STEP ? live->aside : ASIDE_STEP;
		break;
	case HD_KEY_RIGHT:
		live->aside += ASIDE_STEP;
		break;
	case 'r':
		table->reverse = !table->reverse;
		break;
	case '\n':
	case '\r':
		if (!live->has_key)
			move_cursor(live, 0);
		if (live->has_key)
			set_view(live, VIEW_TASK);
		break;
	}
}

static void handle_key(struct live *live, int key)
{
	live->note[0] = '\0';
	switch (key) {
	case 'q':
	case HD_KEY_END:
		live->at_end = true;
		return;
	case 'h':
	case '?':
		set_view(live, VIEW_HELP);
		return;
	case ' ':
		read_next(live);
		return;
	}
	if (handle_move(live, key))
		return;
	if (live->view == VIEW_TABLE) {
		handle_table_key(live, key);
		return;
	}
	switch (key) {
	case '\t':
		live->kind = (live->kind + 1) % HOSTDIAG_KINDS;
		break;
	case HD_KEY_ESCAPE:
	case HD_KEY_LEFT:
	case '\n':
	case '\r':
		set_view(live, VIEW_TABLE);
		break;
	}
}

/**
 * hd_top_live() - run "hostdiag top" on the terminal, until the key q
 * @top: its options are set
 *
 * Return: the exit status.
 */
int hd_top_live(struct hd_top *top)
{
	struct live live = { .top = top };
	u64 now;
	int key;

	/* fixed columns do not move between two intervals */
	top->table.widest = calloc(top->table.columns, sizeof(u32));
	if (!top->table.widest)
		hd_die("out of memory");
	hd_top_read(top);
	hd_top_fill(top);
	live.at_ns = hd_now_ns() + top->interval_ns;
	hd_screen_open();
	while (!live.at_end) {
		draw_view(&live);
		do {
			now = hd_now_ns();
			key = hd_screen_wait(live.at_ns > now ?
					     live.at_ns - now : 0);
		} while (key == HD_KEY_NONE && hd_now_ns() < live.at_ns);
		if (key == HD_KEY_NONE)
			read_next(&live);
		else if (key != HD_KEY_REDRAW)
			handle_key(&live, key);
	}
	hd_screen_close();
	/* closing the screen erases it, so that the last table is printed afterwards */
	if (top->count && live.shown >= top->count)
		hd_top_print(top);
	return 0;
}
