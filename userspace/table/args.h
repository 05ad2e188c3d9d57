/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Options that commands have in common.  A command lists those that it has,
 * and hands the keys that are not its own to hd_args_key().
 */
#ifndef HD_ARGS_H
#define HD_ARGS_H

#include <argp.h>
#include "pure/render.h"

/**
 * struct hd_args - what they were set to
 * @file: a saved snapshot; NULL: the live one
 * @tid: the one task to show; 0: not asked for
 * @tgid: the one process to show; 0: not asked for
 * @comm: the name of the tasks to show; NULL: not asked for
 */
struct hd_args {
	const char *file;
	u32 tid;
	u32 tgid;
	const char *comm;
};

#define HD_OPTION_FILE \
	{ .name = "file", .key = 'f', .arg = "FILE", \
	  .doc = "Read a saved snapshot, - for stdin" }

#define HD_OPTION_TASK \
	{ .name = "task", .key = 't', .arg = "TID", \
	  .doc = "Only this task" }

#define HD_OPTION_PROCESS \
	{ .name = "process", .key = 'p', .arg = "TGID", \
	  .doc = "Only the tasks of this process" }

#define HD_OPTION_COMM \
	{ .name = "comm", .key = 'c', .arg = "COMM", \
	  .doc = "Only the tasks of this name" }

void hd_args_parse(const struct argp *argp, int argc, char **argv,
		   unsigned int flags, void *input);
error_t hd_args_key(int key, char *arg, struct argp_state *state,
		    struct hd_args *args);
u64 hd_args_seconds(const char *arg, const struct argp_state *state);
u32 hd_args_number(const char *arg, const char *what,
		   const struct argp_state *state);
__printf(2, 3) __attribute__((noreturn))
void hd_args_fail(const struct argp_state *state, const char *fmt, ...);
bool hd_args_choose(const struct hd_args *args, u32 tid, u32 tgid,
		    const char *comm);
const char *hd_args_chosen(const struct hd_args *args);

#endif /* HD_ARGS_H */
