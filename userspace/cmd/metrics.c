// SPDX-License-Identifier: GPL-2.0-only
/* Counters, histograms and gauges for Prometheus; see metrics.h. */
#include "cmd/cmd.h"
#include "metrics/metrics.h"
#include "snap/load.h"
#include "table/args.h"
#include "util.h"

struct metrics_args {
	struct hd_args args;
	const char *state;
	const char *output;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct metrics_args *metrics = state->input;

	switch (key) {
	case 's':
		metrics->state = arg;
		return 0;
	case 'o':
		metrics->output = arg;
		return 0;
	}
	return hd_args_key(key, arg, state, &metrics->args);
}

static const struct argp_option options[] = {
	{ .name = "state", .key = 's', .arg = "FILE",
	  .doc = "Go on from the last time, which is kept in FILE" },
	{ .name = "output", .key = 'o', .arg = "FILE",
	  .doc = "Replace FILE, as a whole, rather than print" },
	HD_OPTION_FILE,
	{ 0 },
};

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.doc = "Print metrics for Prometheus.  Counters are since the FILE of --state\n"
	       "began, and none ever falls.  Without it, they are what there is now:\n"
	       "for eyes.",
};

static void put(const struct metrics_args *args, const struct hd_metrics *metrics,
		const struct hd_snapshot *now)
{
	struct hd_replace output = { .to = stdout };

	if (args->output)
		hd_replace_begin(&output, args->output, 0644);
	hd_metrics_text(output.to, metrics, now, !args->args.file);
	if (args->output)
		hd_replace_end(&output);
}

int hd_cmd_metrics(int argc, char **argv, const char *file)
{
	struct metrics_args args = { .args.file = file };
	struct hd_metrics metrics = { 0 };
	struct hd_snapshot now;

	hd_args_parse(&argp, argc, argv, 0, &args);
	hd_load_or_die(&now, args.args.file);
	if (args.state)
		hd_state_load(&metrics, args.state, &now);
	hd_metrics_count(&metrics, &now);
	if (args.state)
		hd_state_save(&metrics, args.state, &now);
	put(&args, &metrics, &now);
	return 0;
}
