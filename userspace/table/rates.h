/* SPDX-License-Identifier: GPL-2.0-only */
/* Rates of tasks between two snapshots: the table of top and diff. */
#ifndef HD_RATES_H
#define HD_RATES_H

#include "snap/delta.h"
#include "table/table.h"

/**
 * struct hd_rates - sums over all tasks
 * @ns: length of the interval
 * @wall_ns: end of the interval, since 1970
 * @tasks: tasks alive at its end
 * @in_d: tasks in D sleep at its end
 * @ended: tasks that exited in the interval
 * @calls: calls in the interval
 * @errors: of these, failed
 * @opens: files opened
 * @d_ns: time in D sleep
 * @lost: events that were not counted
 */
struct hd_rates {
	u64 ns;
	u64 wall_ns;
	u64 tasks;
	u64 in_d;
	u64 ended;
	u64 calls;
	u64 errors;
	u64 opens;
	u64 d_ns;
	u64 lost;
};

#define HD_RATES_LINE	256

extern const struct hd_table_cmd hd_rates_table;

void hd_rates_fill(struct hd_table *table, struct hd_delta *delta,
		   struct hd_rates *rates);
const char *hd_rates_line(const struct hd_rates *rates,
			  char buf[HD_RATES_LINE]);
u64 hd_rates_decimal(u64 count, u64 scale, u64 ns);
union hd_cell *hd_rates_add(struct hd_table *table,
			    const struct hd_delta_row *row, bool is_alive);
bool hd_rates_is_in_d(const union hd_cell *cell);

#endif /* HD_RATES_H */
