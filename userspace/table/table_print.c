// SPDX-License-Identifier: GPL-2.0-only
/* Sort a table, and print it. */
#include <stdlib.h>
#include <time.h>
#include "pure/human.h"
#include "table/table.h"
#include "util.h"

#define CLOCK_LEN	32
#define COMM_MOST	24	/* columns, of a name whose bytes are escaped */

static int by_sort_column(const void *a, const void *b, void *priv)
{
	const struct hd_table *table = priv;
	int order = hd_table_compare(table, table->sort, a, b);
	u32 i;

	if (table->column[table->sort].rises == table->reverse)
		order = -order;
	for (i = 0; !order && i < table->columns; i++)
		order = hd_table_compare(table, hd_table_nth(table, i), a, b);
	return order;
}

/* the time of day, with the date if that is not today */
static const char *clock_text(u64 ns, char buf[HD_HUMAN_LEN])
{
	time_t seconds = ns / 1000000000, now = time(NULL);
	char text[CLOCK_LEN];
	struct tm tm;
	bool old = seconds + 12 * 3600 < now;

	if (!localtime_r(&seconds, &tm) ||
	    !strftime(text, sizeof(text), old ? "%m-%dT%H:%M:%S" : "%H:%M:%S",
		      &tm))
		return "-";
	if (old)
		snprintf(buf, HD_HUMAN_LEN, "%.15s", text);
	else
		snprintf(buf, HD_HUMAN_LEN, "%.8s.%03u", text,
			 (u32)(ns / 1000000 % 1000));
	return buf;
}

static const char *cell_text(const struct hd_table *table, size_t line, u32 id,
			     char buf[CLOCK_LEN])
{
	const union hd_cell *cell = &table->cell[line * table->columns + id];

	if (table->column[id].shape == HD_TEXT)
		return cell->text;
	if (cell->value == HD_ABSENT)
		return "-";
	if (table->column[id].shape == HD_TIME)
		return hd_human_time(cell->value, buf);
	if (table->column[id].shape == HD_CLOCK)
		return clock_text(cell->value, buf);
	if (table->column[id].shape == HD_DECIMAL) {
		snprintf(buf, CLOCK_LEN, "%llu.%02llu", cell->value / 100,
			 cell->value % 100);
		return buf;
	}
	snprintf(buf, CLOCK_LEN, "%llu", cell->value);
	return buf;
}

static u32 last_shown(const struct hd_table *table)
{
	u32 i = table->columns - 1;

	while (!hd_table_shows(table, hd_table_nth(table, i)))
		i--;
	return hd_table_nth(table, i);
}

/* a line that is being put together */
struct line {
	char *text;
	size_t len;
	size_t room;
};

static u32 most_columns(u32 id)
{
	return id == HD_COMM ? COMM_MOST : ~0u;
}

/* a text in the last column is not padded */
static void add_cell(const struct hd_table *table, u32 id, u32 width,
		     const char *text, struct line *line)
{
	bool is_text = table->column[id].shape == HD_TEXT;
	u32 used = most_columns(id), pad;
	size_t len = hd_word_fit(text, &used);

	pad = used < width ? width - used : 0;
	if (line->room < line->len + len + pad + 2) {
		line->room = 2 * (line->len + len + pad + 2);
		line->text = realloc(line->text, line->room);
		if (!line->text)
			hd_die("out of memory");
	}
	if (is_text && id == last_shown(table))
		pad = 0;
	line->len += sprintf(line->text + line->len, "%s%*s%.*s%*s",
			     line->len ? " " : "", is_text ? 0 : pad, "",
			     (int)len, text, is_text ? pad : 0, "");
}

/* @nth: index of the line; -1: the headings */
static void add_line(const struct hd_table *table, ssize_t nth,
		     const u32 *width, struct line *line)
{
	char buf[CLOCK_LEN];
	u32 i, id;

	for (i = 0; i < table->columns; i++) {
		id = hd_table_nth(table, i);
		if (hd_table_shows(table, id))
			add_cell(table, id, width[id], nth < 0 ?
				 table->column[id].name :
				 cell_text(table, nth, id, buf), line);
	}
}

static u32 *measure_columns(const struct hd_table *table, size_t first, size_t end)
{
	u32 *width = calloc(table->columns, sizeof(*width)), id, columns;
	char buf[CLOCK_LEN];
	size_t i;

	if (!width)
		hd_die("out of memory");
	for (id = 0; id < table->columns; id++) {
		if (!hd_table_shows(table, id))
			continue;
		width[id] = strlen(table->column[id].name);
		if (table->widest && table->widest[id] > width[id])
			width[id] = table->widest[id];
		for (i = first; i < end; i++) {
			columns = most_columns(id);
			hd_word_fit(cell_text(table, i, id, buf), &columns);
			if (width[id] < columns)
				width[id] = columns;
		}
		if (table->widest)
			table->widest[id] = width[id];
	}
	return width;
}

static u32 measure_ids(const struct hd_table *table, const u32 *width)
{
	u32 id, columns = 0;

	for (id = 0; id < HD_FIRST_COLUMN; id++)
		columns += hd_table_shows(table, id) ? width[id] + 1 : 0;
	return columns;
}

/* a limited list of events in order of time keeps the newest */
static bool is_newest_last(const struct hd_table *table)
{
	return table->newest_last && !table->by && !table->reverse &&
	       table->column[table->sort].shape == HD_CLOCK;
}

/**
 * hd_table_lines() - sort a table, and format its lines
 * @table: filled, and rolled up
 * @fn: called with the headings, and then with each line
 * @priv: passed to @fn
 */
void hd_table_lines(struct hd_table *table, hd_table_line_fn *fn, void *priv)
{
	size_t i, first = 0, end = table->used;
	struct line line = { .len = 0 };
	u32 *width;

	hd_table_sort(table, by_sort_column);
	if (table->args.lines && table->args.lines < end) {
		if (is_newest_last(table))
			first = end - table->args.lines;
		else
			end = table->args.lines;
	}
	width = measure_columns(table, first, end);
	table->id_columns = measure_ids(table, width);

	add_line(table, -1, width, &line);
	fn(priv, line.text, NULL);
	for (i = first; i < end; i++) {
		line.len = 0;
		add_line(table, i, width, &line);
		fn(priv, line.text, &table->cell[i * table->columns]);
	}
	free(line.text);
	free(width);
}

static void print_line(void *priv, const char *text, const union hd_cell *cell)
{
	(void)priv;
	(void)cell;
	hd_print("%s\n", text);
}

/**
 * hd_table_print() - sort a table, and print it
 * @table: filled, and rolled up
 */
void hd_table_print(struct hd_table *table)
{
	hd_table_lines(table, print_line, NULL);
}
