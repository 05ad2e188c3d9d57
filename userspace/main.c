// SPDX-License-Identifier: GPL-2.0-only
/* The reader: what comes before the command, and which command it is. */
#include <stdlib.h>
#include "cmd/cmd.h"
#include "table/args.h"
#include "util.h"
#include "version.h"

const char *argp_program_version = "hostdiag " HD_VERSION;
error_t argp_err_exit_status = 2;

/**
 * struct command - a command
 * @name: as typed; the first one is meant where none is typed
 * @title: its name in messages
 * @run: what does it
 */
struct command {
	const char *name;
	char *title;
	int (*run)(int argc, char **argv, const char *file);
};

static const struct command commands[] = {
	{ "summary", "hostdiag summary", hd_cmd_summary },
	{ "hist", "hostdiag hist", hd_cmd_hist },
	{ "syscalls", "hostdiag syscalls", hd_cmd_syscalls },
	{ "tasks", "hostdiag tasks", hd_cmd_tasks },
	{ "exited", "hostdiag exited", hd_cmd_exited },
	{ "errors", "hostdiag errors", hd_cmd_errors },
	{ "stuck", "hostdiag stuck", hd_cmd_stuck },
	{ "dsleep", "hostdiag dsleep", hd_cmd_dsleep },
	{ "open", "hostdiag open", hd_cmd_open },
	{ "slow", "hostdiag slow", hd_cmd_slow },
	{ "deaths", "hostdiag deaths", hd_cmd_deaths },
	{ "json", "hostdiag json", hd_cmd_json },
	{ "metrics", "hostdiag metrics", hd_cmd_metrics },
	{ "why", "hostdiag why", hd_cmd_why },
	{ "diff", "hostdiag diff", hd_cmd_diff },
	{ "top", "hostdiag top", hd_cmd_top },
	{ "record", "hostdiag record", hd_cmd_record },
	{ "heatmap", "hostdiag heatmap", hd_cmd_heatmap },
	{ "doctor", "hostdiag doctor", hd_cmd_doctor },
};

static const char doc[] =
	"Show what tasks wait for, as counted by the hostdiag kernel module.\n"
	"\n"
	"  summary                one screen of what is wrong; what no command means\n"
	"  top                    who does how much now, a second; the keys: h\n"
	"  stuck, slow            who is inside a call now; the newest slow events\n"
	"  errors, dsleep, open   calls that fail; where D sleep is; files by age\n"
	"  tasks, syscalls, hist  calls, D sleep, open files: by task, by call, in time\n"
	"  exited, deaths         tasks that have ended: by name, the newest one by one\n"
	"  why PID                what a task waits for, who holds that, and so on\n"
	"  record DIR             keep the last snapshots, for the night\n"
	"  heatmap DIR            of those, latency over time, as text or as SVG\n"
	"  diff OLD NEW           of two of them, who did how much a second\n"
	"  metrics, json          for Prometheus; all tables as one JSON document\n"
	"  doctor                 check the module, and say what is wrong\n"
	"\vEach command has its own --help.  Save a snapshot for later with\n"
	"'cat /proc/hostdiag/snapshot > FILE'.\n"
	"Exit status: 0 done, 1 failed, 2 bad usage.";

static const struct argp_option options[] = {
	HD_OPTION_FILE,
	{ 0 },
};

struct call {
	struct hd_args args;
	const struct command *command;
	int first;		/* the command's place in argv */
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct call *call = state->input;
	size_t i;

	if (key != ARGP_KEY_ARG)
		return hd_args_key(key, arg, state, &call->args);

	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		if (strcmp(arg, commands[i].name))
			continue;
		call->command = &commands[i];
		call->first = state->next - 1;
		state->next = state->argc;
		return 0;
	}
	hd_args_fail(state, "'%s' is no command: see 'hostdiag --help'", arg);
}

static const struct argp argp = {
	.options = options,
	.parser = parse,
	.args_doc = "[COMMAND [OPTION...]]",
	.doc = doc,
};

int main(int argc, char **argv)
{
	struct call call = { .command = &commands[0], .first = argc - 1 };

	hd_print_init();
	if (!argc)
		return 2;
	argv[0] = "hostdiag";
	hd_args_parse(&argp, argc, argv, ARGP_IN_ORDER, &call);

	argv[call.first] = call.command->title;
	return call.command->run(argc - call.first, argv + call.first,
				 call.args.file);
}
