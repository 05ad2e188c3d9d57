/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What there is a few of, each list written down once: for the module, for the
 * reader, and by selftests/kernel/lists.c for the loops of the tests.
 */
#ifndef HD_LISTS_H
#define HD_LISTS_H

#include "pure/columns.h"

/*
 * The groups of hooks: X(name, NAME, help).  @name is the parameter that switches
 * the group, and hd_collector_name has its hooks; HOSTDIAG_F_NAME is its bit; @help
 * says what it counts.
 */
#define HD_GROUP_LIST(X) \
	X(syscalls, SYSCALLS, "syscall latency") \
	X(dsleep, DSLEEP, "uninterruptible sleep") \
	X(files, FILES, "open to close of files")

/*
 * The kinds of histograms: X(name, NAME, GROUP, title), HOSTDIAG_KIND_NAME is
 * its number, and GROUP counts it.
 */
#define HD_KIND_LIST(X) \
	X(syscall, SYSCALL, SYSCALLS, "syscall latency") \
	X(dsleep, DSLEEP, DSLEEP, "D sleep") \
	X(open, OPEN, FILES, "open-to-close time")

/* The files of /proc/hostdiag: X(name, ...); tables have more behind the name. */
#define HD_FILE_LIST(X) \
	X(summary) \
	HD_TABLES(X) \
	HD_LIVE_TABLES(X) \
	X(storms) \
	X(snapshot) \
	X(control)

#define HD_GROUP_BIT(name, NAME, help)	| HOSTDIAG_F_##NAME
/* the bits of all groups */
#define HD_GROUPS	(0 HD_GROUP_LIST(HD_GROUP_BIT))

#define HD_GROUP_STRING(name, NAME, help)	"%s"
#define HD_GROUP_NAME(name, NAME, help)	\
	, groups & HOSTDIAG_F_##NAME ? " " #name : ""
/* for printf: the names of those in "groups", each after a space */
#define HD_GROUP_FORMAT	HD_GROUP_LIST(HD_GROUP_STRING)
#define HD_GROUP_NAMES	HD_GROUP_LIST(HD_GROUP_NAME)

#endif /* HD_LISTS_H */
