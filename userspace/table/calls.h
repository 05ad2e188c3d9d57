/* SPDX-License-Identifier: GPL-2.0-only */
/* The last calls of a process as strace -f -y -tt -T prints them. */
#ifndef HD_TABLE_CALLS_H
#define HD_TABLE_CALLS_H

#include "host/calls.h"

/**
 * struct hd_call_paths - what the descriptors of a call refer to
 * @fd: the one that it was given; "": not known
 * @result: the one that it returned; "": none, or not known
 */
struct hd_call_paths {
	const char *fd;
	const char *result;
};

void hd_call_line(struct hd_out *out, const struct hd_last_call *call,
		  const struct hd_call_paths *paths, bool with_tid);
void hd_call_end_line(struct hd_out *out, const struct hd_last_call *call,
		      bool with_tid);

#endif /* HD_TABLE_CALLS_H */
