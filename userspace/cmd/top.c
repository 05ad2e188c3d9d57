// SPDX-License-Identifier: GPL-2.0-only
/*
 * What tasks do, interval by interval: on a terminal as a picture that keys
 * change, else as one table after the other.
 */
#include <errno.h>
#include <time.h>
#include "cmd/cmd.h"
#include "top/model.h"
#include "top/screen.h"
#include "util.h"

#define S		1000000000ull
#define INTERVAL_ELSE	(2 * S)

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct hd_top *top = state->input;

	switch (key) {
	case 'i':
		top->interval_ns = hd_args_seconds(arg, state);
		return 0;
	case 'n':
		top->count = hd_args_number(arg, "number of intervals", state);
		return 0;
	case 'l':
		key = 'n';	/* of other tables */
	}
	return hd_table_key(key, arg, state, &top->table);
}

static const struct argp_option options[] = {
	{ .name = "interval", .key = 'i', .arg = "SECONDS",
	  .doc = "From one reading to the next; 2, if not given" },
	{ .name = "count", .key = 'n', .arg = "N",
	  .doc = "End after N intervals" },
	{ .name = "lines", .key = 'l', .arg = "N",
	  .doc = "Only the first N lines" },
	{ .name = "sort", .key = 's', .arg = "COLUMN",
	  .doc = "Sort by this column; numbers and times: the largest first" },
	{ .name = "reverse", .key = 'r', .doc = "The other way round" },
	HD_OPTION_BY, HD_OPTION_TASK, HD_OPTION_PROCESS, HD_OPTION_COMM,
	{ .name = "file", .key = 'f', .arg = "FILE",
	  .doc = "Read a saved snapshot, anew each time: another one may take its place" },
	{ 0 },
};

static void wait_until(const struct timespec *at)
{
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, at, NULL) ==
	       EINTR)
		;
}

static void print_table(struct hd_top *top)
{
	char line[HD_RATES_LINE], clock[16];

	hd_top_fill(top);
	hd_print("%s %s\n", hd_top_clock(top, clock),
		 hd_rates_line(&top->rates, line));
	hd_table_print(&top->table);
	hd_print("\n");
	hd_flush();
}

/* why there is no table, once */
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
		if (hd_top_read(top) && top->read > 1)
			print_table(top);
		say_message(top, said);
	}
	return 0;
}

int hd_cmd_top(int argc, char **argv, const char *file)
{
	static struct hd_top top = { .interval_ns = INTERVAL_ELSE };
	struct hd_table_cmd cmd = hd_rates_table;

	cmd.doc = "Show who calls, fails, waits and opens files how much a second, the busiest\n"
		  "first; on a terminal with keys to sort, to put together, and to see the\n"
		  "histograms of one: h tells them.";
	cmd.options = options;
	cmd.parser = parse;
	hd_table_begin(&top.table, &cmd, argc, argv, file);
	if (top.table.args.file && !strcmp(top.table.args.file, "-"))
		hd_die("stdin can be read once only: save it to a file");
	if (hd_screen_is_able())
		return hd_top_live(&top);
	return run_plain(&top);
}
