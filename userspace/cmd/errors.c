// SPDX-License-Identifier: GPL-2.0-only
/* Which calls fail, with what, and the limit that explains it. */
#include <stdlib.h>
#include "cmd/cmd.h"
#include "host/limits.h"
#include "pure/human.h"
#include "table/table.h"
#include "util.h"

enum {
	SYSCALL = HD_FIRST_COLUMN, ERRNO, COUNT, AGO, PER_S, PEAK, LIMIT,
	OWN, COLUMNS,
};

/**
 * struct own - what the rates of a roll-up are made of
 * @recent: how many, of late
 * @recent_ns: in this time; 0: the first modules did not tell
 * @peak: at the most; of several tasks, whose peaks may be of other moments,
 *	no more than that
 * @slice_ns: in this time
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

static const struct hd_column columns[COLUMNS] = {
	HD_ID_COLUMNS,
	[SYSCALL]	= { "syscall", HD_TEXT, HD_KEY, .rises = true },
	[ERRNO]		= { "errno", HD_TEXT, HD_KEY, .rises = true },
	[COUNT]		= { "count", HD_NUMBER, HD_SUM },
	[AGO]		= { "last_ago", HD_TIME, HD_MIN, .rises = true },
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

static void add(struct hd_table *table, const struct hd_snapshot *snap,
		const struct hd_snapshot_row *row)
{
	const struct hd_error_row *error = &row->error;
	char buf[HD_NAME_LEN], limit[128] = "-";
	union hd_cell *cell = hd_table_add_task(table, row);

	if (!cell)
		return;
	cell[SYSCALL].text = hd_table_syscall(error->abi, error->nr);
	/* of a snapshot, nobody knows */
	if (!table->args.file && !table->by)
		hd_limit_explains(row->task.tgid, error->error,
				  cell[SYSCALL].text, limit, sizeof(limit));
	cell[ERRNO].text = hd_table_word(hd_errno_name(error->error, buf));
	cell[COUNT].value = error->count;
	cell[AGO].value = hd_table_ago(snap, error->last_ns);
	cell[LIMIT].text = hd_table_word(limit);
	cell[OWN].own = new_own(&error->recent);
}

static void finish(union hd_cell *cell)
{
	const struct own *own = cell[OWN].own;

	cell[PER_S].value = per_s(own->recent, own->recent_ns);
	cell[PEAK].value = per_s(own->peak, own->slice_ns);
}

static const struct hd_table_cmd table_cmd = {
	.column = columns,
	.columns = COLUMNS,
	.sort = COUNT,
	.group_sort = COUNT,
	.type = HOSTDIAG_ERROR,
	.add = add,
	.finish = finish,
};

static int run(struct hd_args *args)
{
	return hd_table_run(&table_cmd, args);
}

const struct hd_command hd_cmd_errors = {
	.name = "errors",
	.doc = "Show the calls that fail, by task, syscall and error, the most first: how\n"
	       "often now, and at the most; and the limit of the process that explains it,\n"
	       "where there is one.",
	.options = HD_OPTS_TABLE,
	.run = run,
};
