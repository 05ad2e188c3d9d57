/* SPDX-License-Identifier: GPL-2.0-only */
/* The kinds of histograms, and which of their events are asked for. */
#ifndef HD_KIND_H
#define HD_KIND_H

#include "table/args.h"

/**
 * struct hd_kind - a kind
 * @name: as it is typed
 * @title: as it is called
 * @flag: the group of hooks that counts it
 */
struct hd_kind {
	const char *name;
	const char *title;
	u32 flag;
};

extern const struct hd_kind hd_kinds[HOSTDIAG_KINDS];

#define HD_OPTION_KIND \
	{ .name = "kind", .key = 'k', .arg = "KIND", \
	  .doc = "syscall (as without it), dsleep or open" }, \
	{ .name = "syscall", .key = 's', .arg = "SYSCALL", \
	  .doc = "Only calls of this name, of live tasks" }

u32 hd_kind_parse(const char *arg, const struct argp_state *state);
bool hd_kind_is_call(const struct hd_syscall_row *row, const char *syscall);

#endif /* HD_KIND_H */
