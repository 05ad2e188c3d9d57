// SPDX-License-Identifier: GPL-2.0-only
/* Counters, histograms and gauges for Prometheus; see metrics.h. */
#include "cmd/cmd.h"
#include "metrics/metrics.h"
#include "snap/load.h"
#include "util.h"

static void write_metrics(const struct hd_args *args,
			  const struct hd_metrics *metrics,
			  const struct hd_snapshot *now)
{
	struct hd_replace output = { .to = stdout };

	if (args->output)
		hd_replace_begin(&output, args->output, 0644);
	hd_metrics_text(output.to, metrics, now, !args->file);
	if (args->output)
		hd_replace_end(&output);
}

static int run_metrics(struct hd_args *args)
{
	struct hd_metrics metrics = { 0 };
	struct hd_snapshot now;

	hd_load_or_die(&now, args->file);
	if (args->state)
		hd_state_load(&metrics, args->state, &now);
	hd_metrics_count(&metrics, &now);
	if (args->state)
		hd_state_save(&metrics, args->state, &now);
	write_metrics(args, &metrics, &now);
	return 0;
}

const struct hd_command hd_cmd_metrics = {
	.name = "metrics",
	.doc = "Print metrics for Prometheus.  Counters are since the FILE of --state\n"
	       "began, and none ever falls.  Without it, they are what there is now:\n"
	       "for eyes.",
	.options = HD_OPT(STATE) | HD_OPT(OUTPUT) | HD_OPT(FILE),
	.run = run_metrics,
};
