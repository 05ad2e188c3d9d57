// SPDX-License-Identifier: GPL-2.0-only
/* All that waits in the kernel, by who is at the root of it. */
#include "cmd/cmd.h"
#include "host/blocked.h"
#include "snap/load.h"
#include "util.h"

#define LINES	20u	/* of a screen that has other news, too */

static int run_blocked(struct hd_args *args)
{
	static struct hd_blocked_tree tree;

	(void)args;
	if (!hd_blocked_tree_of(HD_BLOCKED_FILE, &tree))
		hd_die("%s", hd_load_refused(HD_BLOCKED_FILE));
	if (tree.len)
		hd_blocked_print(&hd_stdout, &tree, LINES);
	else
		hd_print("nothing waits in the kernel\n");
	return 0;
}

const struct hd_command hd_cmd_blocked = {
	.name = "blocked",
	.doc = "Show who keeps others waiting in the kernel, the worst first: the task at the\n"
	       "end of their chains of locks, how many wait behind it, and for what.",
	.run = run_blocked,
};
