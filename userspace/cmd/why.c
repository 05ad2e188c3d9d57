// SPDX-License-Identifier: GPL-2.0-only
/* Why a task does not go on: the chain of those that keep it waiting. */
#include <stdlib.h>
#include <unistd.h>
#include "cmd/cmd.h"
#include "snap/load.h"
#include "table/args.h"
#include "util.h"
#include "why/net.h"

struct why_args {
	struct hd_args args;
	u32 pid;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct why_args *to = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		if (to->pid)
			hd_args_fail(state, "only one process or task, please");
		to->pid = hd_args_number(arg, "process or task id", state);
		return 0;
	case ARGP_KEY_NO_ARGS:
		hd_args_fail(state, "of which process or task? 'hostdiag why PID'");
	case ARGP_KEY_END:
		if (to->args.file)
			hd_args_fail(state, "it looks at this host: it reads no file");
	}
	return hd_args_key(key, arg, state, &to->args);
}

static const struct argp argp = {
	.parser = parse,
	.args_doc = "PID",
	.doc = "Tell what a process or a thread waits for, who holds that, what they wait for,\n"
	       "and so on; and where that comes back to where it began.\n"
	       "\vIt looks at the live host: at the module's snapshot, and at /proc.",
};

/* the snapshot has the numbers of this namespace, and /proc must have them too */
static void check_proc(void)
{
	char self[16] = "";

	if (readlink("/proc/self", self, sizeof(self) - 1) > 0 &&
	    strtol(self, NULL, 10) != getpid())
		hd_die("/proc is that of another pid namespace: mount its own one here");
}

int hd_cmd_why(int argc, char **argv, const char *file)
{
	struct hd_why why = { .root = "", .unix_peer = hd_why_unix_peer };
	struct why_args args = { .args.file = file };
	struct hd_snapshot_row row;
	struct hd_snapshot snap;
	int type;

	hd_args_parse(&argp, argc, argv, 0, &args);
	check_proc();
	hd_load_or_die(&snap, NULL);
	while ((type = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END) {
		if (type == HOSTDIAG_STUCK)
			hd_why_add_task(&why, &row.task, &row.stuck);
		else if (type == HOSTDIAG_OPEN)
			hd_why_add_open(&why, &row.open);
	}
	hd_why_ready(&why);
	if (!hd_why_tell(&why, args.pid, &hd_stdout))
		hd_die("there is no task %u", args.pid);
	hd_why_free(&why);
	return 0;
}
