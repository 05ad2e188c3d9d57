/* SPDX-License-Identifier: GPL-2.0-only */
/* What the module's file "calls" says: the last calls of each task. */
#ifndef HD_HOST_CALLS_H
#define HD_HOST_CALLS_H

#include "pure/render.h"

#define HD_CALLS_FILE	"/proc/hostdiag/calls"

/**
 * struct hd_last_call - a call, one of the last of its task
 * @tid: of the task
 * @tgid: its process
 * @began_ns: when it was called, by the monotonic clock
 * @dur_ns: how long it took; HD_ABSENT: it is in progress
 * @name: of the call
 * @fd: descriptor that it was given; -1: none, or not known
 * @has_result: it is known what it returned
 * @result: that
 * @error: that it failed with; "": it did not
 * @ended_ns: when the task ended; 0: it lives
 * @exit_code: as wait() gives it, once it has ended
 */
struct hd_last_call {
	u32 tid;
	u32 tgid;
	u64 began_ns;
	u64 dur_ns;
	char name[HD_NAME_LEN];
	s32 fd;
	bool has_result;
	s64 result;
	char error[HD_NAME_LEN];
	u64 ended_ns;
	u32 exit_code;
};

/**
 * struct hd_last_calls - the last calls of a process, oldest first
 * @call: these
 * @len: how many
 * @room: that fit
 */
struct hd_last_calls {
	struct hd_last_call *call;
	size_t len;
	size_t room;
};

bool hd_last_calls_parse(char *line, struct hd_last_call *call);
bool hd_last_calls_read(const char *file, u32 pid, struct hd_last_calls *calls);
void hd_last_calls_free(struct hd_last_calls *calls);
bool hd_last_calls_keep_fd(const struct hd_last_calls *calls, size_t nth, s32 fd);

#endif /* HD_HOST_CALLS_H */
