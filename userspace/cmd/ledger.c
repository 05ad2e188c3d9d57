// SPDX-License-Identifier: GPL-2.0-only
/* Acts that can stall a host: who did what to what, and whether it was undone. */
#include "cmd/cmd.h"
#include "host/ledger.h"
#include "snap/load.h"
#include "util.h"

static void say(const struct hd_ledger_row *row, void *priv)
{
	u64 *now_ns = priv;

	hd_ledger_say(&hd_stdout, row, *now_ns);
	hd_print("\n");
}

static void say_standing(const struct hd_ledger_row *row, void *priv)
{
	if (row->state == HD_ACT_STANDS || row->state == HD_ACT_BEGUN)
		say(row, priv);
}

static int run_ledger(struct hd_args *args)
{
	u64 now_ns = hd_now_ns();

	if (!hd_ledger_each(HD_LEDGER_FILE, args->all ? say : say_standing, &now_ns))
		hd_die("%s", hd_load_refused(HD_LEDGER_FILE));
	return 0;
}

const struct hd_command hd_cmd_ledger = {
	.name = "ledger",
	.doc = "Show who did what can stall a host, and was not undone, the newest last:\n"
	       "file systems frozen, devices suspended, tasks stopped, modules loaded and so\n"
	       "on; with -a what was undone since, or is over, as well.",
	.options = HD_OPT(ALL),
	.run = run_ledger,
};
