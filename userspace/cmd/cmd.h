/* SPDX-License-Identifier: GPL-2.0-only */
/* The commands, one file each. */
#ifndef HD_CMD_H
#define HD_CMD_H

#include "table/args.h"

extern const struct hd_command hd_cmd_summary, hd_cmd_hist, hd_cmd_syscalls,
	hd_cmd_tasks, hd_cmd_exited, hd_cmd_errors, hd_cmd_stuck, hd_cmd_blocked,
	hd_cmd_dsleep, hd_cmd_open, hd_cmd_slow, hd_cmd_deaths, hd_cmd_json,
	hd_cmd_metrics, hd_cmd_why, hd_cmd_diff, hd_cmd_top, hd_cmd_record,
	hd_cmd_heatmap, hd_cmd_doctor;

#endif /* HD_CMD_H */
