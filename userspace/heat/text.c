// SPDX-License-Identifier: GPL-2.0-only
/* A heat map as text: a character is a cell, the longest latency is at the top. */
#include <stdlib.h>
#include <unistd.h>
#include "heat/heat.h"
#include "pure/human.h"
#include "util.h"

#define LEFT		10	/* "  1.04ms |" */
#define LEAST_COLUMNS	10
#define MOST_COLUMNS	1000
#define TICK_ROOM	12

static const char shades[HD_HEAT_LEVELS + 1] = {
	' ', '.', ':', '-', '=', '+', '*', '#', '%', '@'
};

/* from the palette of 256 colours: black on yellow to white on red */
static const char *const colours[HD_HEAT_LEVELS + 1] = {
	"", "30;48;5;230", "30;48;5;229", "30;48;5;228", "30;48;5;221",
	"30;48;5;215", "30;48;5;208", "97;48;5;202", "97;48;5;160",
	"97;48;5;88"
};

static bool has_colours(void)
{
	const char *term = getenv("TERM");

	return hd_colour(STDOUT_FILENO) && term && strstr(term, "256color");
}

static void print_cell(u32 level, bool coloured)
{
	if (coloured && level)
		hd_print("\033[%sm%c\033[0m", colours[level], shades[level]);
	else
		hd_print("%c", shades[level]);
}

static void print_row(const struct hd_heat_grid *grid, u32 row, bool coloured)
{
	char low[HD_HUMAN_LEN];
	u32 column;

	hd_print("%*s |", LEFT - 2,
		 hd_human_time(hd_hist_text_lower(row), low));
	for (column = 0; column < grid->nr_columns; column++)
		print_cell(hd_heat_level(grid, grid->cells[column *
					 HD_HIST_TEXT_ROWS + row]), coloured);
	hd_print("\n");
}

/* a column that was recorded for less than half of its time has no '-' */
static void print_axis(const struct hd_heat_grid *grid,
		       const struct hd_heat_ticks *ticks)
{
	u32 column, next;
	u64 at;

	hd_print("%*s+", LEFT - 1, "");
	at = ticks->first_ns;
	for (column = 0; column < grid->nr_columns; column++) {
		next = at - grid->start_ns < (column + 1) * grid->width_ns;
		if (next)
			at += ticks->step_ns;
		hd_print("%c", grid->covered[column] < 0.5 ? ' ' :
			 next ? '+' : '-');
	}
	hd_print("\n");
}

static void print_times(const struct hd_heat_grid *grid,
			const struct hd_heat_ticks *ticks)
{
	u64 end = grid->start_ns + grid->nr_columns * grid->width_ns, at;
	char time[HD_HEAT_TIME];
	u32 column, done = 0;

	hd_print("%*s", LEFT, "");
	for (at = ticks->first_ns; at < end; at += ticks->step_ns) {
		column = (at - grid->start_ns) / grid->width_ns;
		hd_heat_time(at, ticks->format, time);
		hd_print("%*s%s", column - done, "", time);
		done = column + strlen(time);
	}
	hd_print("\n");
}

static void print_legend(const struct hd_heat_grid *grid, bool coloured)
{
	char rate[HD_HEAT_TIME];
	u32 level;

	hd_print("events/s:");
	for (level = 1; level <= HD_HEAT_LEVELS; level++) {
		if (grid->least == grid->most && level < HD_HEAT_LEVELS)
			continue;
		hd_print(" ");
		print_cell(level, coloured);
		hd_print(" %s", hd_heat_rate(hd_heat_lowest(grid, level),
					     rate));
	}
	hd_print(" to %s\n", hd_heat_rate(grid->most, rate));
}

/**
 * hd_heat_print() - print a heat map as text
 * @heat: at least one event
 */
void hd_heat_print(const struct hd_heat *heat)
{
	u32 width = hd_width(), row;
	bool coloured = has_colours();
	struct hd_heat_ticks ticks;
	char from[HD_HEAT_TIME], to[HD_HEAT_TIME], each[HD_HUMAN_LEN];
	struct hd_heat_grid grid;

	width = width > LEFT + LEAST_COLUMNS ? width - LEFT : LEAST_COLUMNS;
	hd_heat_grid(heat, width < MOST_COLUMNS ? width : MOST_COLUMNS, &grid);
	ticks = hd_heat_ticks(&grid, grid.nr_columns / TICK_ROOM + 1);

	hd_print("%s, %llu events\n", heat->title, heat->events);
	hd_print("%s to %s, %s a column\n\n",
		 hd_heat_time(grid.start_ns, "%Y-%m-%d %H:%M:%S", from),
		 hd_heat_time(grid.start_ns + grid.nr_columns * grid.width_ns,
			      "%Y-%m-%d %H:%M:%S %z", to),
		 hd_human_time(grid.width_ns, each));
	for (row = grid.end; row-- > grid.low;)
		print_row(&grid, row, coloured);
	print_axis(&grid, &ticks);
	print_times(&grid, &ticks);
	hd_print("\n");
	print_legend(&grid, coloured);
	if (heat->missing)
		hd_print("gaps: %llu\n", heat->missing);
	free(grid.cells);
	free(grid.covered);
}
