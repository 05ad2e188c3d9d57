// SPDX-License-Identifier: GPL-2.0-only
/* Why a task does not go on: the chain of those that keep it waiting. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "cmd/cmd.h"
#include "host/limits.h"
#include "snap/load.h"
#include "util.h"
#include "why/net.h"

#define FAILURES	4

/**
 * struct failures - calls of the process that fail now
 * @row: of each
 * @count: how many
 */
struct failures {
	struct hd_snapshot_row row[FAILURES];
	u32 count;
};

static void note_failure(struct failures *failures, u32 pid,
			 const struct hd_snapshot_row *row)
{
	if ((row->task.tid == pid || row->task.tgid == pid) &&
	    hd_recent_sum(&row->error.recent) && failures->count < FAILURES)
		failures->row[failures->count++] = *row;
}

/* those that a limit explains: a daemon that sleeps till it tries again is in no call */
static void tell_failures(const struct failures *failures, const struct hd_why *why)
{
	char call[HD_NAME_LEN], error[HD_NAME_LEN], limit[HD_WHY_TEXT];
	const struct hd_snapshot_row *row;
	char name[HD_WHY_NAME];
	u32 i;

	for (i = 0; i < failures->count; i++) {
		row = &failures->row[i];
		if (hd_limit_explains(row->task.tgid, row->error.error,
				      hd_syscall_name(row->error.abi, row->error.nr, call),
				      limit, sizeof(limit)))
			printf("%s fails in %s with %s: %s\n",
			       hd_why_name(why, row->task.tid, name),
			       hd_syscall_name(row->error.abi, row->error.nr, call),
			       hd_errno_name(row->error.error, error), limit);
	}
}

/* the snapshot has the numbers of this namespace, and /proc must have them too */
static void check_proc(void)
{
	char self[16] = "";

	if (readlink("/proc/self", self, sizeof(self) - 1) > 0 &&
	    strtol(self, NULL, 10) != getpid())
		hd_die("/proc is that of another pid namespace: mount its own one here");
}

/* the clock that the host's sleep stops, as one that it does not stop */
static u64 since_boot(u64 monotonic_ns)
{
	struct timespec boot;

	clock_gettime(CLOCK_BOOTTIME, &boot);
	return monotonic_ns + boot.tv_sec * 1000000000ull + boot.tv_nsec -
	       hd_now_ns();
}

static int run_why(struct hd_args *args)
{
	struct hd_why why = { .root = "", .unix_peer = hd_why_unix_peer };
	struct failures failures = { .count = 0 };
	struct hd_snapshot_row row;
	struct hd_snapshot snap;
	int type;
	u32 pid;

	pid = hd_args_number(args->word[0], "process or task id");
	/* a line is seen as soon as it is known */
	setvbuf(stdout, NULL, _IOLBF, 0);
	check_proc();
	hd_load_or_die(&snap, NULL);
	while ((type = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END) {
		if (type == HOSTDIAG_STUCK)
			hd_why_add_task(&why, &row.task, &row.stuck);
		else if (type == HOSTDIAG_OPEN)
			hd_why_add_open(&why, &row.open);
		else if (type == HOSTDIAG_ERROR)
			note_failure(&failures, pid, &row);
		else if (type == HOSTDIAG_SYSCALL && row.syscall.stat.count)
			hd_why_add_seen(&why, row.task.tid);
	}
	why.since_ns = since_boot(snap.head.since_ns);
	hd_why_ready(&why);
	if (!hd_why_tell(&why, pid, &hd_stdout))
		hd_die("there is no task %u", pid);
	tell_failures(&failures, &why);
	hd_why_free(&why);
	return 0;
}

const struct hd_command hd_cmd_why = {
	.name = "why",
	.operands = "PID",
	.doc = "Tell what a process or a thread waits for, who holds that, what they wait for,\n"
	       "and so on; and where that comes back to where it began.  It looks at the\n"
	       "live host: at the module's snapshot, and at /proc.",
	.words = 1,
	.words_most = 1,
	.wanted = "of which process or task? 'hostdiag why PID'",
	.run = run_why,
};
