// SPDX-License-Identifier: GPL-2.0-only
#include "table/kind.h"

const struct hd_kind hd_kinds[HOSTDIAG_KINDS] = {
	[HOSTDIAG_KIND_SYSCALL] = {
		"syscall", "syscall latency", HOSTDIAG_F_SYSCALLS
	},
	[HOSTDIAG_KIND_DSLEEP] = {
		"dsleep", "D sleep", HOSTDIAG_F_DSLEEP
	},
	[HOSTDIAG_KIND_OPEN] = {
		"open", "open-to-close time", HOSTDIAG_F_FILES
	},
};

/**
 * hd_kind_parse() - a kind, or bad usage
 * @arg: its name
 * @state: of the parser
 */
u32 hd_kind_parse(const char *arg, const struct argp_state *state)
{
	u32 kind;

	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		if (!strcmp(arg, hd_kinds[kind].name))
			return kind;
	hd_args_fail(state, "no kind '%s': syscall dsleep open", arg);
}

/**
 * hd_kind_is_call() - is it the syscall that was asked for?
 * @row: a syscall of a task
 * @syscall: its name, of any ABI
 */
bool hd_kind_is_call(const struct hd_syscall_row *row, const char *syscall)
{
	char buf[HD_NAME_LEN];

	return !strcmp(hd_syscall_name(row->abi, row->nr, buf), syscall);
}
