// SPDX-License-Identifier: GPL-2.0-only
/* All tasks that wait for another task or for a device, by the root of their wait. */
#include "cmd/cmd.h"
#include "host/blocked.h"
#include "pure/ledger.h"
#include "snap/load.h"
#include "util.h"
#include "why/why.h"

#define LINES	20u	/* of a screen that has other news, too */

static int run_blocked(struct hd_args *args)
{
	struct hd_why_tree tree;
	struct hd_stalls stalls;
	struct hd_snapshot snap;
	struct hd_why why;

	(void)args;
	hd_load_or_die(&snap, NULL);
	if (!hd_why_tree_load(&snap, &why, &tree))
		hd_die("%s", hd_load_refused(HD_BLOCKED_FILE));
	if (tree.nr_branches)
		hd_why_tree_print(&why, &tree, &hd_stdout, LINES);
	else
		hd_print("nobody waits for anybody\n");
	hd_why_tree_stalls(&why, &tree, hd_now_ns(), &stalls);
	hd_why_tree_free(&tree);
	hd_why_free(&why);
	hd_stalls_print(&hd_stdout, &stalls, hd_now_ns());
	return 0;
}

const struct hd_command hd_cmd_blocked = {
	.name = "blocked",
	.doc = "Show who or what keeps others waiting, the worst first, how many wait behind\n"
	       "it, and for what: locks of the kernel's, of files and of programs, daemons of\n"
	       "mounts, pipes and sockets whose other end is stopped or waits itself.  It looks\n"
	       "at the live host: at the module's snapshot and its file blocked, and at /proc.",
	.run = run_blocked,
};
