// SPDX-License-Identifier: GPL-2.0-only
/* Compute the cells, levels and ticks of a heat map from intervals. */
#include <math.h>
#include <stdlib.h>
#include <time.h>
#include "heat/heat.h"
#include "util.h"

#define S	1000000000ull

/**
 * hd_heat_add() - add the events between two snapshots
 * @heat: the heat map
 * @to_ns: end of the interval, since 1970
 * @ns: length of the interval
 * @stat: its events
 */
void hd_heat_add(struct hd_heat *heat, u64 to_ns, u64 ns,
		 const struct hd_stat *stat)
{
	struct hd_heat_interval *to;
	u32 i;

	heat->intervals = hd_grow(heat->intervals, heat->nr_intervals, &heat->room,
				  sizeof(*heat->intervals));
	to = &heat->intervals[heat->nr_intervals++];
	memset(to, 0, sizeof(*to));
	to->from_ns = to_ns - ns;
	to->to_ns = to_ns;
	for (i = stat->low; stat->valid && i < stat->end; i++) {
		to->counts[hd_hist_text_row(i)] += stat->bucket[i];
		heat->events += stat->bucket[i];
	}
}

static int by_length(const void *a, const void *b)
{
	const u64 *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* a column is not narrower than most intervals, else many would be empty */
static u64 usual_length(const struct hd_heat *heat)
{
	u64 *length = malloc(heat->nr_intervals * sizeof(*length)), median;
	size_t i;

	if (!length)
		hd_die("out of memory");
	for (i = 0; i < heat->nr_intervals; i++)
		length[i] = heat->intervals[i].to_ns - heat->intervals[i].from_ns;
	qsort(length, heat->nr_intervals, sizeof(*length), by_length);
	median = length[heat->nr_intervals / 2];
	free(length);
	return median;
}

static u64 min_u64(u64 a, u64 b)
{
	return a < b ? a : b;
}

static u64 max_u64(u64 a, u64 b)
{
	return a > b ? a : b;
}

/* spread the events of an interval evenly over the columns that it covers */
static void spread_events(struct hd_heat_grid *grid,
			  const struct hd_heat_interval *interval)
{
	u64 ns = interval->to_ns - interval->from_ns, from, to;
	u32 column, row;
	double part;

	for (column = (interval->from_ns - grid->start_ns) / grid->width_ns;
	     column < grid->nr_columns; column++) {
		from = max_u64(grid->start_ns + column * grid->width_ns,
			       interval->from_ns);
		to = min_u64(grid->start_ns + (column + 1) * grid->width_ns,
			     interval->to_ns);
		if (from >= to)
			break;
		part = (double)(to - from) / ns;
		grid->covered[column] += (double)(to - from) / grid->width_ns;
		for (row = 0; row < HD_HIST_TEXT_ROWS; row++)
			grid->cells[column * HD_HIST_TEXT_ROWS + row] +=
				interval->counts[row] * part;
	}
}

/* convert events to events per second of recorded time */
static void make_rates(struct hd_heat_grid *grid)
{
	double seconds, *cell;
	u32 column, row;

	for (column = 0; column < grid->nr_columns; column++) {
		seconds = grid->covered[column] * grid->width_ns / S;
		for (row = 0; row < HD_HIST_TEXT_ROWS; row++) {
			cell = &grid->cells[column * HD_HIST_TEXT_ROWS + row];
			if (*cell <= 0)
				continue;
			*cell /= seconds;
			if (grid->least <= 0 || *cell < grid->least)
				grid->least = *cell;
			if (*cell > grid->most)
				grid->most = *cell;
			if (grid->end <= row)
				grid->end = row + 1;
			if (grid->low > row)
				grid->low = row;
		}
	}
}

/**
 * hd_heat_grid() - sort the intervals into cells
 * @heat: at least one event
 * @columns: maximum number of columns
 * @grid: filled
 */
void hd_heat_grid(const struct hd_heat *heat, u32 columns,
		  struct hd_heat_grid *grid)
{
	u64 end = 0, usual = usual_length(heat), wanted;
	size_t i;

	*grid = (struct hd_heat_grid){
		.low = HD_HIST_TEXT_ROWS, .start_ns = ~0ull,
	};
	for (i = 0; i < heat->nr_intervals; i++) {
		grid->start_ns = min_u64(grid->start_ns,
					 heat->intervals[i].from_ns);
		end = max_u64(end, heat->intervals[i].to_ns);
	}
	wanted = (end - grid->start_ns + usual / 2) / usual;
	grid->nr_columns = min_u64(columns, max_u64(wanted, 1));
	grid->width_ns = (end - grid->start_ns + grid->nr_columns - 1) /
			 grid->nr_columns;
	grid->cells = calloc(grid->nr_columns,
			     HD_HIST_TEXT_ROWS * sizeof(*grid->cells));
	grid->covered = calloc(grid->nr_columns, sizeof(*grid->covered));
	if (!grid->cells || !grid->covered)
		hd_die("out of memory");
	for (i = 0; i < heat->nr_intervals; i++)
		spread_events(grid, &heat->intervals[i]);
	make_rates(grid);
	/* less than half an event is only the edge of an interval */
	grid->least = fmin(fmax(grid->least, 0.5 * S / grid->width_ns),
			   grid->most);
}

/* the levels are even steps of the logarithm */
static double step_of(const struct hd_heat_grid *grid)
{
	return log(grid->most / grid->least) / HD_HEAT_LEVELS;
}

/**
 * hd_heat_level() - get the level of a rate
 * @grid: filled
 * @rate: rate of a cell
 *
 * Return: 1 .. HD_HEAT_LEVELS; 0: no events.
 */
u32 hd_heat_level(const struct hd_heat_grid *grid, double rate)
{
	double step = step_of(grid);
	u32 level;

	if (rate <= 0)
		return 0;
	/* all rates are nearly equal */
	if (step < 0.000001)
		return HD_HEAT_LEVELS;
	if (rate <= grid->least)
		return 1;
	level = 1 + log(rate / grid->least) / step + 0.000000001;
	return min_u64(level, HD_HEAT_LEVELS);
}

/**
 * hd_heat_lowest() - get the lowest rate of a level
 * @grid: filled
 * @level: 1 .. HD_HEAT_LEVELS
 *
 * Return: events per second.
 */
double hd_heat_lowest(const struct hd_heat_grid *grid, u32 level)
{
	return grid->least * exp((level - 1) * step_of(grid));
}

/**
 * hd_heat_rate() - format a rate
 * @rate: events a second
 * @buf: receives the text
 */
const char *hd_heat_rate(double rate, char buf[HD_HEAT_TIME])
{
	static const char *const unit[] = { "", "k", "M", "G", "T" };
	u32 i = 0;

	for (; rate >= 999.5 && i + 1 < ARRAY_SIZE(unit); i++)
		rate /= 1000;
	snprintf(buf, HD_HEAT_TIME, "%.*f%s", rate >= 9.95 ? 0 :
		 rate >= 0.0995 ? 1 : 3, rate, unit[i]);
	return buf;
}

static u64 utc_offset_ns(u64 wall_ns, bool *is_behind)
{
	time_t seconds = wall_ns / S;
	struct tm tm;

	if (!localtime_r(&seconds, &tm))
		tm.tm_gmtoff = 0;
	*is_behind = tm.tm_gmtoff < 0;
	return labs(tm.tm_gmtoff) * S;
}

/**
 * hd_heat_ticks() - choose the times to write on the axis
 * @grid: filled
 * @most: maximum number of ticks
 */
struct hd_heat_ticks hd_heat_ticks(const struct hd_heat_grid *grid, u32 most)
{
	static const u32 seconds[] = {
		1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
		10800, 21600, 43200,
	};
	u64 span = grid->nr_columns * grid->width_ns, local, offset;
	u64 days = 1;
	struct hd_heat_ticks ticks;
	bool is_behind;
	u32 i = 0;

	while (i < ARRAY_SIZE(seconds) && span / (seconds[i] * S) >= most)
		i++;
	while (span / (days * 86400 * S) >= most)
		days++;
	ticks.step_ns = (i < ARRAY_SIZE(seconds) ? seconds[i] : days * 86400) *
			S;
	ticks.format = ticks.step_ns < 60 * S ? "%H:%M:%S" : span > 86400 * S ?
		       "%m-%d %H:%M" : "%H:%M";
	/* align ticks to the local time of day */
	offset = utc_offset_ns(grid->start_ns, &is_behind);
	local = is_behind ? grid->start_ns - offset : grid->start_ns + offset;
	local = (local + ticks.step_ns - 1) / ticks.step_ns * ticks.step_ns;
	ticks.first_ns = is_behind ? local + offset : local - offset;
	return ticks;
}

/**
 * hd_heat_time() - format a time in the time zone of this host
 * @wall_ns: since 1970
 * @format: of strftime()
 * @buf: receives the text
 */
const char *hd_heat_time(u64 wall_ns, const char *format,
			 char buf[HD_HEAT_TIME])
{
	time_t seconds = wall_ns / S;
	struct tm tm;

	if (!localtime_r(&seconds, &tm) ||
	    !strftime(buf, HD_HEAT_TIME, format, &tm))
		return "-";
	return buf;
}
