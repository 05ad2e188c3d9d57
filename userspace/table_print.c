// SPDX-License-Identifier: GPL-2.0-only
/* Sort a table, and print it. */
#include <stdlib.h>
#include <time.h>
#include "print.h"
#include "table.h"
#include "../module/human.h"

#define CLOCK_LEN	32

static int compare(const void *a, const void *b, void *priv)
{
	const struct hd_table *table = priv;
	int order = hd_table_compare(table, table->sort, a, b);
	u32 id;

	if (table->column[table->sort].rises == table->reverse)
		order = -order;
	for (id = 0; !order && id < table->columns; id++)
		order = hd_table_compare(table, id, a, b);
	return order;
}

/* of today: the time; else with the day */
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
	snprintf(buf, CLOCK_LEN, "%llu", cell->value);
	return buf;
}

static u32 last_shown(const struct hd_table *table)
{
	u32 id = table->columns - 1;

	while (!hd_table_shows(table, id))
		id--;
	return id;
}

/* a text that comes last has nothing to be padded for */
static void print_cell(const struct hd_table *table, u32 id, int width,
		       const char *text)
{
	u32 last = last_shown(table);

	if (table->column[id].shape != HD_TEXT)
		hd_print("%*s", width, text);
	else
		hd_print("%-*s", id == last ? 0 : width, text);
	hd_print("%s", id == last ? "\n" : " ");
}

/**
 * hd_table_print() - sort a table, and print it
 * @table: filled, and rolled up
 */
void hd_table_print(struct hd_table *table)
{
	size_t i, lines;
	int *width = calloc(table->columns, sizeof(*width)), len;
	char buf[CLOCK_LEN];
	u32 id;

	if (!width)
		hd_die("out of memory");
	hd_table_sort(table, compare);
	lines = table->top && table->top < table->used ? table->top :
		table->used;

	for (id = 0; id < table->columns; id++) {
		if (!hd_table_shows(table, id))
			continue;
		width[id] = strlen(table->column[id].name);
		for (i = 0; i < lines; i++) {
			len = strlen(cell_text(table, i, id, buf));
			if (width[id] < len)
				width[id] = len;
		}
		print_cell(table, id, width[id], table->column[id].name);
	}
	for (i = 0; i < lines; i++)
		for (id = 0; id < table->columns; id++)
			if (hd_table_shows(table, id))
				print_cell(table, id, width[id],
					   cell_text(table, i, id, buf));
	free(width);
}
