// SPDX-License-Identifier: GPL-2.0-only
/* The newest events over their thresholds; the next ones as they come. */
#include "cmd/cmd.h"
#include "host/reasons.h"
#include "snap/follow.h"
#include "table/table.h"

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

/**
 * struct slow - the table
 * @table: the table
 * @follow: no table, but what /proc/hostdiag/slow has, and then gets
 */
struct slow {
	struct hd_table table;
	bool follow;
};

#define KEY_FILE	0x100

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct slow *slow = state->input;
	const struct hd_table *table = &slow->table;

	switch (key) {
	case 'f':
		slow->follow = true;
		return 0;
	case KEY_FILE:
		slow->table.args.file = arg;
		return 0;
	case ARGP_KEY_END:
		if (slow->follow &&
		    (table->args.file || table->by || table->sort_name ||
		     table->top || table->reverse || *hd_args_chosen(&table->args)))
			hd_args_fail(state, "-f goes with no other option: it shows all");
	}
	return hd_table_key(key, arg, state, &slow->table);
}

static const struct argp_option options[] = {
	{ .name = "follow", .key = 'f',
	  .doc = "Print the lines of /proc/hostdiag/slow, and more as they come" },
	HD_OPTIONS_TABLE,
	{ .name = "file", .key = KEY_FILE, .arg = "FILE",
	  .doc = "Read a saved snapshot, - for stdin" },
	{ 0 },
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

static const struct hd_table_cmd cmd = {
	.doc = "Show the newest calls, D sleeps and files held open over their thresholds,\n"
	       "the newest last.",
	.options = options,
	.parser = parse,
	.column = columns,
	.columns = COLUMNS,
	.sort = WHEN,
	.group_sort = DURATION,
	.type = HOSTDIAG_SLOW,
	.add = add,
};

int hd_cmd_slow(int argc, char **argv, const char *file)
{
	struct slow slow = { .follow = false };

	hd_table_begin(&slow.table, &cmd, argc, argv, file);
	if (slow.follow)
		return hd_follow(HD_LIVE_SLOW);
	hd_table_fill(&slow.table, cmd.type, cmd.add);
	hd_table_print(&slow.table);
	return 0;
}
