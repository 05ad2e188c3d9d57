// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rates of tasks, interval by interval: on a terminal as a screen with keys, else
 * as one table after the other.
 */
#include <errno.h>
#include <time.h>
#include "cmd/cmd.h"
#include "top/model.h"
#include "top/screen.h"
#include "util.h"

#define S		1000000000ull
#define INTERVAL_ELSE	(2 * S)

static void wait_until(const struct timespec *at)
{
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, at, NULL) ==
	       EINTR)
		;
}

/* print once why there is no table */
static void say_message(const struct hd_top *top, char said[HD_TOP_MESSAGE])
{
	if (*top->message && strcmp(top->message, said))
		fprintf(stderr, "hostdiag: %s\n", top->message);
	strcpy(said, top->message);
}

static int run_plain(struct hd_top *top)
{
	char said[HD_TOP_MESSAGE] = "";
	struct timespec at;
	u32 done;
	u64 ns;

	clock_gettime(CLOCK_MONOTONIC, &at);
	hd_top_read(top);
	for (done = 0; !top->count || done < top->count; done++) {
		ns = at.tv_nsec + top->interval_ns;
		at.tv_sec += ns / S;
		at.tv_nsec = ns % S;
		wait_until(&at);
		if (hd_top_read(top) && top->read > 1) {
			hd_top_fill(top);
			hd_top_print(top);
		}
		say_message(top, said);
	}
	return 0;
}

/* accept "top 1 5", as vmstat and iostat do */
static void take_words(struct hd_args *args)
{
	if (args->words && args->interval_ns)
		hd_args_fail("an interval twice: -i and '%s'", args->word[0]);
	if (args->words > 1 && args->count)
		hd_args_fail("a count twice: --count and '%s'", args->word[1]);
	if (args->words)
		args->interval_ns = hd_args_seconds(args->word[0]);
	if (args->words > 1)
		args->count = hd_args_number(args->word[1],
					     "number of intervals");
}

static int run_top(struct hd_args *args)
{
	static struct hd_top top;

	take_words(args);
	hd_table_begin(&top.table, &hd_rates_table, args);
	top.interval_ns = args->interval_ns ? args->interval_ns : INTERVAL_ELSE;
	top.count = args->count;
	if (args->file && !strcmp(args->file, "-"))
		hd_die("stdin can be read once only: save it to a file");
	if (hd_screen_is_able())
		return hd_top_live(&top);
	return run_plain(&top);
}

const struct hd_command hd_cmd_top = {
	.name = "top",
	.operands = "[SECONDS [N]]",
	.doc = "Show who calls, fails, waits and opens files how much a second, the busiest\n"
	       "first, each SECONDS (2, if not given), N times; on a terminal with keys to\n"
	       "sort, to put together, and to see the histograms of one: h tells them.",
	.options = HD_OPTS_TABLE | HD_OPT(INTERVAL) | HD_OPT(COUNT),
	.words_most = 2,
	.run = run_top,
};
