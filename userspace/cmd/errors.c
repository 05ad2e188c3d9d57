// SPDX-License-Identifier: GPL-2.0-only
/* Failed calls by errno, and the limit that explains the error. */
#include <stdlib.h>
#include "cmd/cmd.h"
#include "host/limits.h"
#include "pure/human.h"
#include "table/table.h"
#include "util.h"

enum {
	PER_S = HD_FIRST_COLUMN, PEAK, LIMIT, OWN, OWN_COLUMNS,
};

enum { HD_COLUMNS(HD_COLUMN_ID, ERRORS) };

/**
 * struct own - sums from which the rates of a roll-up are made
 * @recent: number of recent errors
 * @recent_ns: the time in which they happened; 0: the first modules lack it
 * @peak: maximum of errors in @slice_ns; for several tasks, whose peaks may be at
 *	different times, an upper bound
 * @slice_ns: the time that @peak is for
 */
struct own {
	u64 recent;
	u64 recent_ns;
	u64 peak;
	u64 slice_ns;
};

static void merge_own(union hd_cell *to, const union hd_cell *from)
{
	struct own *own = to->own;
	const struct own *more = from->own;

	own->recent = hd_add(own->recent, more->recent);
	own->peak = hd_add(own->peak, more->peak);
}

static const struct hd_column columns[OWN_COLUMNS] = {
	HD_ID_COLUMNS,
	[PER_S]		= { "per_s", HD_NUMBER, HD_ANY },
	[PEAK]		= { "peak_per_s", HD_NUMBER, HD_ANY },
	[LIMIT]		= { "limit", HD_TEXT, HD_GONE, .rises = true },
	[OWN]		= { "", HD_HIDDEN, HD_ANY, .merge = merge_own },
};

static struct own *new_own(const struct hd_recent_row *recent)
{
	struct own *own = malloc(sizeof(*own));

	if (!own)
		hd_die("out of memory");
	*own = (struct own){
		.recent = hd_recent_sum(recent),
		.recent_ns = recent->recent_ns,
		.peak = recent->peak,
		.slice_ns = recent->slice_ns,
	};
	return own;
}

static u64 per_s(u64 count, u64 ns)
{
	return ns ? hd_rate(count, ns, HD_MS_PER_S) : HD_ABSENT;
}

static union hd_cell *add_errors(struct hd_table *table, const struct hd_snapshot *snap,
				 const struct hd_snapshot_row *row)
{
	union hd_cell *cell = hd_table_add_row(table, snap, row);
	const struct hd_error_row *error = &row->error;
	char limit[128] = "-";

	if (!cell)
		return NULL;
	/* a saved snapshot has no limits */
	if (!table->args.file && !table->by)
		hd_limit_explains(row->task.tgid, error->error,
				  cell[OWN_COLUMNS + COLUMN_syscall].text,
				  limit, sizeof(limit));
	cell[LIMIT].text = hd_table_word(limit);
	cell[OWN].own = new_own(&error->recent);
	return cell;
}

static void finish_rates(union hd_cell *cell)
{
	const struct own *own = cell[OWN].own;

	cell[PER_S].value = per_s(own->recent, own->recent_ns);
	cell[PEAK].value = per_s(own->peak, own->slice_ns);
}

static const struct hd_table_cmd table_cmd = {
	.schema = &hd_schemas[HD_SCHEMA_errors],
	.column = columns,
	.columns = OWN_COLUMNS,
	.sort = OWN_COLUMNS + COLUMN_count,
	.group_sort = OWN_COLUMNS + COLUMN_count,
	.add = add_errors,
	.finish = finish_rates,
};

static int run_errors(struct hd_args *args)
{
	return hd_table_run(&table_cmd, args);
}

const struct hd_command hd_cmd_errors = {
	.name = "errors",
	.doc = "Show the calls that fail, by task, syscall and error, the most first: how\n"
	       "often now, and at the most; and the limit of the process that explains it,\n"
	       "where there is one.",
	.options = HD_OPTS_TABLE,
	.run = run_errors,
};
