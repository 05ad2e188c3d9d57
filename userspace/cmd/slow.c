// SPDX-License-Identifier: GPL-2.0-only
/* The newest slow events, and with -F further ones as they happen. */
#include "cmd/cmd.h"
#include "host/reasons.h"
#include "snap/follow.h"
#include "snap/load.h"
#include "table/table.h"
#include "util.h"

enum {
	EVENTS = HD_FIRST_COLUMN, MAX, WAITED_FOR, OWN_COLUMNS,
};

enum { HD_COLUMNS(HD_COLUMN_ID, SLOW) };

static const struct hd_column columns[OWN_COLUMNS] = {
	HD_ID_COLUMNS,
	[EVENTS]	= { "events", HD_NUMBER, HD_SUM, .grouped = true },
	[MAX]		= { "max", HD_TIME, HD_MAX, .grouped = true },
	[WAITED_FOR]	= { "waited_for", HD_TEXT, HD_GONE, .rises = true },
};

static union hd_cell *add_slow(struct hd_table *table, const struct hd_snapshot *snap,
			       const struct hd_snapshot_row *row)
{
	union hd_cell *cell = hd_table_add_row(table, snap, row);
	const struct hd_slow_row *event = &row->slow;

	if (!cell)
		return NULL;
	cell[EVENTS].value = 1;
	cell[MAX].value = event->dur_ns;
	cell[WAITED_FOR].text = hd_table_word(hd_reason(event->place));
	/* a place is shown by its innermost function */
	if (event->kind != HOSTDIAG_SLOW_SYSCALL)
		hd_table_set_text(&cell[OWN_COLUMNS + COLUMN_what],
				  hd_table_text(event->place,
						strcspn(event->place, "<")));
	return cell;
}

static const struct hd_table_cmd table_cmd = {
	.schema = &hd_schemas[HD_SCHEMA_slow],
	.column = columns,
	.columns = OWN_COLUMNS,
	.sort = OWN_COLUMNS + COLUMN_when_ns,
	.group_sort = OWN_COLUMNS + COLUMN_dur_ns,
	.newest_last = true,
	.add = add_slow,
};

/* state of the printing with -F */
struct follow {
	struct hd_table table;
	u64 since_ns;
	u64 next_seq;
	bool has_head;
};

static void print_new(void *priv, const char *text, const union hd_cell *cell)
{
	struct follow *follow = priv;

	if (cell || !follow->has_head)
		hd_print("%s\n", text);
	follow->has_head = true;
}

/* print the events since the last call; the first call prints none, or all with -a */
static void show_new(struct follow *follow, bool silent)
{
	struct hd_snapshot_row row;
	struct hd_snapshot snap;
	int type;

	hd_load_or_die(&snap, NULL);
	if (snap.head.since_ns != follow->since_ns)
		follow->next_seq = 0;
	follow->since_ns = snap.head.since_ns;
	while ((type = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END) {
		if (type != HOSTDIAG_SLOW || row.slow.seq < follow->next_seq)
			continue;
		follow->next_seq = row.slow.seq + 1;
		if (!silent)
			add_slow(&follow->table, &snap, &row);
	}
	hd_load_free(&snap);
	hd_table_lines(&follow->table, print_new, follow);
	hd_table_free(&follow->table);
	hd_flush();
}

static int run_follow(const struct hd_args *args)
{
	struct follow follow = { .next_seq = 0 };
	bool silent = !args->all;

	if (args->file || args->by || args->sort || args->lines ||
	    args->reverse)
		hd_args_fail("-F goes with -a, -c, -p, -t and -u only");
	hd_table_begin(&follow.table, &table_cmd, args);
	hd_follow_begin();
	do {
		show_new(&follow, silent);
		silent = false;
	} while (hd_follow_wait());
	return 0;
}

static int run_slow(struct hd_args *args)
{
	struct hd_table table;

	if (args->follow)
		return run_follow(args);
	if (args->all)
		hd_args_fail("-a goes with -F only");
	hd_table_begin(&table, &table_cmd, args);
	hd_table_fill(&table, &table_cmd);
	hd_table_print(&table);
	return 0;
}

const struct hd_command hd_cmd_slow = {
	.name = "slow",
	.doc = "Show the newest calls, D sleeps and files held open over their thresholds,\n"
	       "the newest last; with -n, the newest of them.  With -F, only those that come\n"
	       "from now on; with -F -a, those that there are before.",
	.options = HD_OPTS_TABLE | HD_OPT(FOLLOW) | HD_OPT(ALL),
	.run = run_slow,
};
