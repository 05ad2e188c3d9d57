/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The ranking of the summary: which rows are worth a line, the order of the lines,
 * the number of lines of each list, and the order of the lists on the screen.
 */
#ifndef HD_SUMMARY_RANK_H
#define HD_SUMMARY_RANK_H

#include "pure/summary.h"

/**
 * struct hd_summary_rule - how a list is ranked
 * @lines: the most lines that are shown; with all else they fit HD_SUMMARY_LINES
 * @is_longest: the value of a line is the longest of its rows, not their sum
 * @has_task_once: a task has one row in a line, so the rows are counted as tasks
 * @is_much: whether a line is worth its place
 */
struct hd_summary_rule {
	u32 lines;
	bool is_longest;
	bool has_task_once;
	bool (*is_much)(const struct hd_summary *sum,
			const struct hd_summary_line *line);
};

extern const struct hd_summary_rule hd_summary_rules[HD_SUMMARY_LISTS];

/* places on the screen besides those of the lists */
enum {
	HD_SUMMARY_WORST = HD_SUMMARY_LISTS, HD_SUMMARY_LOAD, HD_SUMMARY_FORKS,
	HD_SUMMARY_CRASHES, HD_SUMMARY_OOM, HD_SUMMARY_PLACES,
};

extern const u8 hd_summary_order[HD_SUMMARY_PLACES];

/* a rank, or a list, of rows that are left out */
#define HD_RANK_NONE	(-1)

bool hd_rank_before(const struct hd_summary_line *a,
		    const struct hd_summary_line *b);
int hd_rank_stuck(const struct hd_summary *sum, const struct hd_stuck_row *row);
int hd_rank_error(const struct hd_summary *sum, const struct hd_error_row *row);
bool hd_rank_was_storm(const struct hd_summary *sum,
		       const struct hd_recent_row *recent);
int hd_rank_slow(const struct hd_slow_row *row);
bool hd_rank_is_going(const struct hd_summary *sum,
		      const struct hd_summary_line *line);
bool hd_rank_is_growing(const struct hd_summary_line *line);
u64 hd_rank_newest_age(const struct hd_summary_line *line);
bool hd_rank_growth_is_over(const struct hd_summary *sum,
			    const struct hd_summary_line *line);
void hd_rank_growing(struct hd_summary *sum);
bool hd_rank_worst(const struct hd_summary *sum);
bool hd_rank_load(const struct hd_summary *sum);
u64 hd_rank_forks(const struct hd_summary *sum);
bool hd_rank_forks_are_over(const struct hd_summary *sum);
bool hd_rank_is_recent(const struct hd_summary *sum,
		       const struct hd_summary_crash *crash);
bool hd_rank_is_crash_loop(const struct hd_summary *sum,
			   const struct hd_summary_crash *crash);

#endif /* HD_SUMMARY_RANK_H */
