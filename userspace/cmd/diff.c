// SPDX-License-Identifier: GPL-2.0-only
/* What happened between two saved snapshots. */
#include "cmd/cmd.h"
#include "snap/load.h"
#include "table/rates.h"
#include "util.h"

#define FILES	2

/**
 * struct diff - the command line
 * @table: first, since the parser's input is the table
 * @file: the snapshots, the older one first
 * @files: how many were named
 */
struct diff {
	struct hd_table table;
	const char *file[FILES];
	u32 files;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct diff *diff = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		if (diff->files == FILES)
			break;
		diff->file[diff->files++] = arg;
		return 0;
	case ARGP_KEY_END:
		if (diff->table.args.file)
			hd_args_fail(state,
				     "it has two files of its own, and no -f: see '%s --help'",
				     state->name);
		if (diff->files < FILES)
			hd_args_fail(state,
				     "two snapshots to compare, please, the older one first");
		/* the tasks need not be of this host, nor alive */
		diff->table.args.file = diff->file[0];
	}
	return hd_table_key(key, arg, state, &diff->table);
}

static const struct argp_option options[] = {
	HD_OPTIONS_TABLE, { 0 },
};

int hd_cmd_diff(int argc, char **argv, const char *file)
{
	struct hd_table_cmd cmd = hd_rates_table;
	static struct hd_snapshot snap[FILES];
	static struct hd_delta delta;
	struct diff diff = { .files = 0 };
	enum hd_delta_error error;
	char line[HD_RATES_LINE];
	struct hd_rates rates;
	int i;

	cmd.args_doc = "OLD NEW";
	cmd.doc = "Show what happened between two saved snapshots of one host: who called,\n"
		  "failed, waited and opened files how much a second, the busiest first.";
	cmd.options = options;
	cmd.parser = parse;
	hd_table_begin(&diff.table, &cmd, argc, argv, file);

	for (i = 0; i < FILES; i++)
		hd_load_or_die(&snap[i], diff.file[i]);
	error = hd_delta_open(&delta, &snap[0], &snap[1]);
	if (error)
		hd_die("cannot compare %s with %s: %s", diff.file[0],
		       diff.file[1], hd_delta_why(error));
	hd_rates_fill(&diff.table, &delta, &rates);
	hd_print("%s\n", hd_rates_line(&rates, line));
	hd_table_print(&diff.table);
	hd_delta_close(&delta);
	return 0;
}
