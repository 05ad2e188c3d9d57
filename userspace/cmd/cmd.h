/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commands, one file each: X(name) stands for hd_cmd_name.  The first one is the
 * default.
 */
#ifndef HD_CMD_H
#define HD_CMD_H

#include "table/args.h"

#define HD_COMMAND_LIST(X) \
	X(summary) X(top) X(stuck) X(blocked) X(ledger) X(slow) \
	X(errors) X(dsleep) X(open) X(tasks) X(syscalls) \
	X(hist) X(exited) X(deaths) X(why) X(strace) X(record) \
	X(heatmap) X(diff) X(metrics) X(json) X(doctor)

#define HD_COMMAND(name)	extern const struct hd_command hd_cmd_##name;
HD_COMMAND_LIST(HD_COMMAND)

#endif /* HD_CMD_H */
