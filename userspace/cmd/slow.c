// SPDX-License-Identifier: GPL-2.0-only
/* The newest events over their thresholds; the next ones as they come. */
#include "cmd/cmd.h"
#include "host/reasons.h"
#include "snap/follow.h"
#include "snap/load.h"
#include "table/table.h"
#include "util.h"

enum {
	EVENTS = HD_FIRST_COLUMN, WHEN, KIND, DURATION, MAX, WHAT, RESULT,
	WAITED, PATH, COLUMNS,
};

static const struct hd_column columns[COLUMNS] = {
	HD_ID_COLUMNS,
	[EVENTS]	= { "events", HD_NUMBER, HD_SUM, .grouped = true },
	[WHEN]		= { "when", HD_CLOCK, HD_MAX, .rises = true },
	[KIND]		= { "kind", HD_TEXT, HD_KEY, .rises = true },
	[DURATION]	= { "dur", HD_TIME, HD_SUM },
	[MAX]		= { "max", HD_TIME, HD_MAX, .grouped = true },
	[WHAT]		= { "what", HD_TEXT, HD_KEY, .rises = true },
	[RESULT]	= { "result", HD_TEXT, HD_GONE, .rises = true },
	[WAITED]	= { "waited_for", HD_TEXT, HD_GONE, .rises = true },
	[PATH]		= { "path", HD_TEXT, HD_GONE, .rises = true },
};

/* the call, or the innermost function of the place */
static char *what_text(const struct hd_slow_row *event)
{
	if (event->kind == HOSTDIAG_SLOW_SYSCALL)
		return hd_table_syscall(event->abi, event->nr);
	return hd_table_text(event->place, strcspn(event->place, "<"));
}

static char *result_text(const struct hd_slow_row *event)
{
	char text[HD_NAME_LEN];

	if (event->kind != HOSTDIAG_SLOW_SYSCALL)
		return hd_table_word(NULL);
	if (event->result < 0 && event->result >= -4095)
		return hd_table_word(hd_errno_name(-event->result, text));
	snprintf(text, sizeof(text), "%lld", event->result);
	return hd_table_word(text);
}

static void add(struct hd_table *table, const struct hd_snapshot *snap,
		const struct hd_snapshot_row *row)
{
	const struct hd_slow_row *event = &row->slow;
	union hd_cell *cell = hd_table_add(table, event->tid, event->tgid,
					   event->comm);

	if (!cell)
		return;
	cell[EVENTS].value = 1;
	cell[WHEN].value = hd_table_clock(snap, event->when_ns);
	cell[KIND].text = hd_table_word(hd_slow_name(event->kind));
	cell[DURATION].value = event->dur_ns;
	cell[MAX].value = event->dur_ns;
	cell[WHAT].text = what_text(event);
	cell[RESULT].text = result_text(event);
	cell[WAITED].text = hd_table_word(hd_reason(event->place));
	cell[PATH].text = hd_table_text(event->path, sizeof(event->path));
}

static const struct hd_table_cmd table_cmd = {
	.column = columns,
	.columns = COLUMNS,
	.sort = WHEN,
	.group_sort = DURATION,
	.newest_last = true,
	.type = HOSTDIAG_SLOW,
	.add = add,
};

/* what was printed so far, of what goes on */
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

/* the events that came since the last time; at first none, or with -a all */
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
			add(&follow->table, &snap, &row);
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

static int run(struct hd_args *args)
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
	.run = run,
};
