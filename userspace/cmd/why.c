// SPDX-License-Identifier: GPL-2.0-only
/* Why a task does not go on: the chain of the tasks that keep it waiting. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "cmd/cmd.h"
#include "host/limits.h"
#include "snap/load.h"
#include "util.h"
#include "why/why.h"

#define FAILURES	4

/**
 * struct failures - calls of the process that fail now
 * @rows: their records
 * @nr_rows: length of @rows
 */
struct failures {
	struct hd_snapshot_row rows[FAILURES];
	u32 nr_rows;
};

static void note_failure(struct failures *failures, u32 pid,
			 const struct hd_snapshot_row *row)
{
	if ((row->task.tid == pid || row->task.tgid == pid) &&
	    hd_recent_sum(&row->error.recent) && failures->nr_rows < FAILURES)
		failures->rows[failures->nr_rows++] = *row;
}

/*
 * print the failures that a limit explains; a daemon that sleeps between two tries
 * is in no call
 */
static void tell_failures(const struct failures *failures, const struct hd_why *why)
{
	char call[HD_NAME_LEN], error[HD_NAME_LEN], limit[HD_WHY_TEXT];
	const struct hd_snapshot_row *row;
	char name[HD_WHY_NAME];
	u32 i;

	for (i = 0; i < failures->nr_rows; i++) {
		row = &failures->rows[i];
		if (hd_limit_explains(row->task.tgid, row->error.error,
				      hd_syscall_name(row->error.abi, row->error.nr, call),
				      limit, sizeof(limit)))
			printf("%s fails in %s with %s: %s\n",
			       hd_why_name(why, row->task.tid, name),
			       hd_syscall_name(row->error.abi, row->error.nr, call),
			       hd_errno_name(row->error.error, error), limit);
	}
}

/* the snapshot has numbers of this pid namespace, and /proc must be of the same one */
static void check_proc(void)
{
	char self[16] = "";

	if (readlink("/proc/self", self, sizeof(self) - 1) > 0 &&
	    strtol(self, NULL, 10) != getpid())
		hd_die("/proc is that of another pid namespace: mount its own one here");
}

static int run_why(struct hd_args *args)
{
	struct failures failures = { .nr_rows = 0 };
	struct hd_snapshot_row row;
	struct hd_snapshot snap;
	struct hd_why why;
	int type;
	u32 pid;

	/* print each line as soon as it is known */
	setvbuf(stdout, NULL, _IOLBF, 0);
	check_proc();
	if (!args->words)
		return hd_cmd_blocked.run(args);
	pid = hd_args_number(args->word[0], "process or task id");
	hd_load_or_die(&snap, NULL);
	hd_why_begin(&why, &snap);
	while ((type = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END) {
		hd_why_add_row(&why, type, &row);
		if (type == HOSTDIAG_ERROR)
			note_failure(&failures, pid, &row);
	}
	/* without this file, the holders of kernel locks are not known */
	hd_why_add_blocked(&why);
	hd_why_ready(&why);
	if (!hd_why_tell(&why, pid, &hd_stdout))
		hd_die("there is no task %u", pid);
	tell_failures(&failures, &why);
	hd_why_free(&why);
	return 0;
}

const struct hd_command hd_cmd_why = {
	.name = "why",
	.operands = "[PID]",
	.doc = "Tell what a process or a thread waits for, who holds that, what they wait for,\n"
	       "and so on; where that comes back to where it began; and last who or what is at\n"
	       "the root of it.  Without PID it is 'hostdiag blocked'.  It looks at the live\n"
	       "host: at the module's snapshot and its file blocked, and at /proc.",
	.words_most = 1,
	.run = run_why,
};
