// SPDX-License-Identifier: GPL-2.0-only
/*
 * A heat map as SVG, for a browser: one file without scripts and references, with
 * colours for light and dark pages.  A tooltip shows the numbers of a cell.
 */
#include <math.h>
#include <stdlib.h>
#include "heat/heat.h"
#include "pure/human.h"
#include "util.h"

#define COLUMNS		240
#define LEFT		76
#define TOP		66
#define PLOT_WIDTH	960
#define RIGHT		24
#define ROW_HEIGHT	18
#define LEAST_ROWS	8	/* room for the axis */
#define BELOW		104
#define TICKS		9
#define BOX		26

static const char svg_head[] =
	"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
	"<style>\n"
	"svg { background: #fff; font: 12px system-ui, sans-serif; fill: #222; }\n"
	".t { font-size: 17px; font-weight: 600; }\n"
	".m { fill: #555; }\n"
	".e { text-anchor: end; }\n"
	".c { text-anchor: middle; }\n"
	".p { fill: #f3f4f6; }\n"
	".g { stroke: #888; stroke-opacity: .35; shape-rendering: crispEdges; }\n"
	".a { stroke: #555; shape-rendering: crispEdges; }\n"
	".n { stroke: #999; stroke-width: 2; }\n"
	"rect { shape-rendering: crispEdges; }\n"
	".l1 { fill: #d3e5f3; } .l2 { fill: #b1d2e8; } .l3 { fill: #88bbdc; }\n"
	".l4 { fill: #5fa3cf; } .l5 { fill: #3b88c0; } .l6 { fill: #1f6bac; }\n"
	".l7 { fill: #0d4f92; } .l8 { fill: #083570; } .l9 { fill: #041c43; }\n"
	"@media (prefers-color-scheme: dark) {\n"
	"svg { background: #14171c; fill: #e6e6e6; }\n"
	".m { fill: #aab; }\n"
	".p { fill: #1d2129; }\n"
	".g, .a { stroke: #9aa; }\n"
	".n { stroke: #667; }\n"
	".l1 { fill: #16324f; } .l2 { fill: #194a70; } .l3 { fill: #1c638f; }\n"
	".l4 { fill: #247da9; } .l5 { fill: #3798bd; } .l6 { fill: #5bb4c8; }\n"
	".l7 { fill: #8ccfcf; } .l8 { fill: #c5e8d2; } .l9 { fill: #fdfdc9; }\n"
	"}\n"
	"</style>\n"
	"<defs><pattern id=\"none\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"\n"
	" patternTransform=\"rotate(45)\"><path class=\"n\" d=\"M0 0V6\"/></pattern></defs>\n";

/**
 * struct plot - layout of the drawing
 * @grid: the cells
 * @low: first row, at the bottom
 * @end: one past the last row
 * @bottom: y coordinate of the lower edge
 */
struct plot {
	struct hd_heat_grid grid;
	u32 low;
	u32 end;
	int bottom;
};

/* escape a text for XML; it has no control characters, which are escaped octally */
static void print_escaped(const char *text)
{
	for (; *text; text++) {
		if (*text == '&')
			hd_print("&amp;");
		else if (*text == '<')
			hd_print("&lt;");
		else if (*text == '>')
			hd_print("&gt;");
		else
			hd_print("%c", *text);
	}
}

/* @look: attributes of the rectangle, "class" or "fill" */
static void print_box(const char *look, double x, double y, double width,
		      double height)
{
	hd_print("<rect %s x=\"%.2f\" y=\"%.0f\" width=\"%.2f\" height=\"%.0f\"",
		 look, x, y, width, height);
}

static void print_level(u32 level, double x, double y, double width)
{
	char look[] = "class=\"l0\"";

	look[sizeof("class=\"l") - 1] += level;
	print_box(look, x, y, width, ROW_HEIGHT);
}

static const char no_data[] = "fill=\"url(#none)\"";

static void print_text(const char *class, double x, double y, const char *text)
{
	hd_print("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", class,
		 x, y, text);
}

static double column_x(const struct plot *plot, double column)
{
	return LEFT + column * PLOT_WIDTH / plot->grid.nr_columns;
}

/* y coordinate of a duration on the logarithmic axis */
static double duration_y(const struct plot *plot, u64 ns)
{
	double row = log2(ns) - (HD_HIST_MIN_SHIFT - 1);

	return plot->bottom - (row - plot->low) * ROW_HEIGHT;
}

static void print_cell(const struct plot *plot, u32 column, u32 row)
{
	const struct hd_heat_grid *grid = &plot->grid;
	double rate = grid->cells[column * HD_HIST_TEXT_ROWS + row];
	double x = column_x(plot, column), next = column_x(plot, column + 1);
	char low[HD_HUMAN_LEN], high[HD_HUMAN_LEN], time[HD_HEAT_TIME];
	char text[HD_HEAT_TIME];

	if (rate <= 0)
		return;
	print_level(hd_heat_level(grid, rate), x,
		    plot->bottom - (int)(row + 1 - plot->low) * ROW_HEIGHT,
		    next - x);
	hd_print("><title>%s, ",
		 hd_heat_time(grid->start_ns + column * grid->width_ns,
			      "%H:%M:%S", time));
	if (row + 1 < HD_HIST_TEXT_ROWS)
		hd_print("%s to %s", hd_human_time(hd_hist_text_lower(row), low),
			 hd_human_time(hd_hist_text_lower(row + 1), high));
	else
		hd_print("%s and more",
			 hd_human_time(hd_hist_text_lower(row), low));
	hd_print(": %s/s</title></rect>\n", hd_heat_rate(rate, text));
}

static void print_cells(const struct plot *plot)
{
	const struct hd_heat_grid *grid = &plot->grid;
	int height = (plot->end - plot->low) * ROW_HEIGHT;
	u32 column, row, last;

	print_box("class=\"p\"", LEFT, TOP, PLOT_WIDTH, height);
	hd_print("/>\n");
	for (column = 0; column < grid->nr_columns; column++) {
		for (row = grid->low; row < grid->end; row++)
			print_cell(plot, column, row);
		if (grid->covered[column] > 0)
			continue;
		last = column;
		while (last + 1 < grid->nr_columns && grid->covered[last + 1] <= 0)
			last++;
		print_box(no_data, column_x(plot, column), TOP,
			  column_x(plot, last + 1) - column_x(plot, column),
			  height);
		hd_print("><title>not recorded</title></rect>\n");
		column = last;
	}
}

/* label 1, 10 and 100 of each unit that is within the rows */
static void print_durations(const struct plot *plot)
{
	static const struct {
		u64 ns;
		const char *name;
	} mark[] = {
		{ 10, "10 ns" }, { 100, "100 ns" }, { 1000, "1 µs" },
		{ 10000, "10 µs" }, { 100000, "100 µs" }, { 1000000, "1 ms" },
		{ 10000000, "10 ms" }, { 100000000, "100 ms" },
		{ 1000000000ull, "1 s" }, { 10000000000ull, "10 s" },
		{ 60000000000ull, "1 min" }, { 600000000000ull, "10 min" },
		{ 3600000000000ull, "1 h" }, { 36000000000000ull, "10 h" },
	};
	double y;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(mark); i++) {
		y = duration_y(plot, mark[i].ns);
		if (y < TOP - 0.5 || y > plot->bottom + 0.5)
			continue;
		hd_print("<path class=\"g\" d=\"M%d %.1fH%d\"/>\n", LEFT - 5, y,
			 LEFT + PLOT_WIDTH);
		print_text("e", LEFT - 9, y + 4, mark[i].name);
	}
	hd_print("<text class=\"m c\" transform=\"translate(16 %d) rotate(-90)\">",
		 (TOP + plot->bottom) / 2);
	hd_print("duration</text>\n");
}

static void print_times(const struct plot *plot)
{
	const struct hd_heat_grid *grid = &plot->grid;
	struct hd_heat_ticks ticks = hd_heat_ticks(grid, TICKS);
	u64 end = grid->start_ns + grid->nr_columns * grid->width_ns, at;
	char time[HD_HEAT_TIME];
	double x;

	for (at = ticks.first_ns; at <= end; at += ticks.step_ns) {
		x = column_x(plot, (double)(at - grid->start_ns) /
			     grid->width_ns);
		hd_print("<path class=\"a\" d=\"M%.1f %dv5\"/>\n", x,
			 plot->bottom);
		print_text("c", x, plot->bottom + 19,
			   hd_heat_time(at, ticks.format, time));
	}
	hd_print("<path class=\"a\" d=\"M%d %dV%dH%d\" fill=\"none\"/>\n", LEFT,
		 TOP, plot->bottom, LEFT + PLOT_WIDTH);
	hd_print("<text class=\"m c\" x=\"%d\" y=\"%d\">time (UTC%s)</text>\n",
		 LEFT + PLOT_WIDTH / 2, plot->bottom + 38,
		 hd_heat_time(grid->start_ns, "%z", time));
}

static void print_legend(const struct plot *plot)
{
	const struct hd_heat_grid *grid = &plot->grid;
	bool same = grid->least == grid->most;
	int x = LEFT, y = plot->bottom + 58, text_y = y + 13;
	char rate[HD_HEAT_TIME], to[HD_HEAT_TIME + 3];
	u32 level;

	print_text("m", x, text_y, "events/s, from");
	x += 92;
	for (level = same ? HD_HEAT_LEVELS : 1; level <= HD_HEAT_LEVELS;
	     level++) {
		print_level(level, x, y, BOX);
		hd_print("/>\n");
		print_text("r", x + BOX + 6, text_y,
			   hd_heat_rate(hd_heat_lowest(grid, level), rate));
		x += 76;
	}
	snprintf(to, sizeof(to), "to %s", hd_heat_rate(grid->most, rate));
	print_text("m", x, text_y, to);
	x += 70;
	print_box("class=\"p\"", x, y, BOX, ROW_HEIGHT);
	hd_print("/>\n");
	print_box(no_data, x, y, BOX, ROW_HEIGHT);
	hd_print("/>\n");
	print_text("r", x + BOX + 6, text_y, "not recorded");
}

static void print_titles(const struct hd_heat *heat, const struct plot *plot)
{
	const struct hd_heat_grid *grid = &plot->grid;
	char from[HD_HEAT_TIME], to[HD_HEAT_TIME], each[HD_HUMAN_LEN];

	hd_print("<title>hostdiag: ");
	print_escaped(heat->title);
	hd_print("</title>\n<text class=\"t\" x=\"%d\" y=\"30\">", LEFT);
	print_escaped(heat->title);
	hd_print("</text>\n<text class=\"m\" x=\"%d\" y=\"51\">", LEFT);
	hd_print("%s to %s; %llu events; %s a column</text>\n",
		 hd_heat_time(grid->start_ns, "%Y-%m-%d %H:%M:%S", from),
		 hd_heat_time(grid->start_ns + grid->nr_columns * grid->width_ns,
			      "%Y-%m-%d %H:%M:%S", to), heat->events,
		 hd_human_time(grid->width_ns, each));
}

/**
 * hd_heat_svg() - print a heat map as SVG
 * @heat: at least one event
 */
void hd_heat_svg(const struct hd_heat *heat)
{
	struct plot plot;

	hd_heat_grid(heat, COLUMNS, &plot.grid);
	plot.low = plot.grid.low;
	plot.end = plot.grid.end;
	while (plot.end - plot.low < LEAST_ROWS) {
		plot.low -= plot.low > 0;
		plot.end += plot.end < HD_HIST_TEXT_ROWS;
	}
	plot.bottom = TOP + (plot.end - plot.low) * ROW_HEIGHT;

	hd_print(svg_head, LEFT + PLOT_WIDTH + RIGHT, plot.bottom + BELOW);
	print_titles(heat, &plot);
	print_cells(&plot);
	print_durations(&plot);
	print_times(&plot);
	print_legend(&plot);
	hd_print("</svg>\n");
	free(plot.grid.cells);
	free(plot.grid.covered);
}
