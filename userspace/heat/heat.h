/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A heat map of latency over time: each column is a piece of time, each row an
 * octave of latency, and each cell the number of events per second.
 */
#ifndef HD_HEAT_H
#define HD_HEAT_H

#include "table/hist_text.h"

/**
 * struct hd_heat_interval - the interval between two snapshots
 * @from_ns: its beginning, since 1970
 * @to_ns: its end, since 1970
 * @counts: events, by row
 */
struct hd_heat_interval {
	u64 from_ns;
	u64 to_ns;
	u64 counts[HD_HIST_TEXT_ROWS];
};

/**
 * struct hd_heat - the recorded events
 * @title: title, in printable ASCII
 * @intervals: the intervals, in order of time
 * @nr_intervals: length of @intervals
 * @room: entries allocated in @intervals
 * @events: number of events in all intervals
 * @missing: number of unreadable snapshots, and of reboots or resets between two
 */
struct hd_heat {
	char title[256];
	struct hd_heat_interval *intervals;
	size_t nr_intervals;
	size_t room;
	u64 events;
	u64 missing;
};

/**
 * struct hd_heat_grid - the cells of a heat map
 * @nr_columns: number of columns
 * @low: first row with events
 * @end: one past the last row with events
 * @start_ns: beginning of the first column, since 1970
 * @width_ns: length of a column
 * @cells: columns x HD_HIST_TEXT_ROWS, column by column
 * @covered: for each column, the part of its time that was recorded
 * @least: the lowest rate that has a level of its own
 * @most: the highest rate
 */
struct hd_heat_grid {
	u32 nr_columns;
	u32 low;
	u32 end;
	u64 start_ns;
	u64 width_ns;
	double *cells;
	double *covered;
	double least;
	double most;
};

/**
 * struct hd_heat_ticks - the times written on the axis
 * @first_ns: the first one, at or after the start
 * @step_ns: distance of two ticks
 * @format: of strftime()
 */
struct hd_heat_ticks {
	u64 first_ns;
	u64 step_ns;
	const char *format;
};

#define HD_HEAT_LEVELS	9
#define HD_HEAT_TIME	32

void hd_heat_add(struct hd_heat *heat, u64 to_ns, u64 ns,
		 const struct hd_stat *stat);
void hd_heat_grid(const struct hd_heat *heat, u32 columns,
		  struct hd_heat_grid *grid);
u32 hd_heat_level(const struct hd_heat_grid *grid, double rate);
double hd_heat_lowest(const struct hd_heat_grid *grid, u32 level);
const char *hd_heat_rate(double rate, char buf[HD_HEAT_TIME]);
struct hd_heat_ticks hd_heat_ticks(const struct hd_heat_grid *grid, u32 most);
const char *hd_heat_time(u64 wall_ns, const char *format,
			 char buf[HD_HEAT_TIME]);

void hd_heat_print(const struct hd_heat *heat);
void hd_heat_svg(const struct hd_heat *heat);

#endif /* HD_HEAT_H */
