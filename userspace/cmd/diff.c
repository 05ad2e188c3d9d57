// SPDX-License-Identifier: GPL-2.0-only
/* Rates between two saved snapshots. */
#include "cmd/cmd.h"
#include "snap/load.h"
#include "table/rates.h"
#include "util.h"

#define FILES	2

static int run_diff(struct hd_args *args)
{
	static struct hd_snapshot snap[FILES];
	static struct hd_delta delta;
	enum hd_delta_error error;
	char line[HD_RATES_LINE];
	struct hd_table table;
	struct hd_rates rates;
	int i;

	if (args->by == HD_BY_CGROUP)
		hd_args_fail("a snapshot has no cgroups: this host has");
	hd_table_begin(&table, &hd_rates_table, args);
	for (i = 0; i < FILES; i++)
		hd_load_or_die(&snap[i], args->word[i]);
	error = hd_delta_open(&delta, &snap[0], &snap[1]);
	if (error)
		hd_die("cannot compare %s with %s: %s", args->word[0],
		       args->word[1], hd_delta_why(error));
	hd_rates_fill(&table, &delta, &rates);
	hd_table_check_matched(&table);
	hd_print("%s\n", hd_rates_line(&rates, line));
	hd_table_print(&table);
	hd_delta_close(&delta);
	return 0;
}

const struct hd_command hd_cmd_diff = {
	.name = "diff",
	.operands = "OLD NEW",
	.doc = "Show what happened between two saved snapshots of one host: who called,\n"
	       "failed, waited and opened files how much a second, the busiest first.",
	.options = HD_OPT(COMM) | HD_OPT(PROCESS) | HD_OPT(TASK) |
		   HD_OPTS_SORT | HD_OPT(BY),
	.words = FILES,
	.words_most = FILES,
	.wanted = "two snapshots to compare, please, the older one first",
	.run = run_diff,
};
