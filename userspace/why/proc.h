/* SPDX-License-Identifier: GPL-2.0-only */
/* Files of /proc, under the root that a struct hd_why has. */
#ifndef HD_WHY_PROC_H
#define HD_WHY_PROC_H

#include "host/file.h"
#include "why/why.h"

#define HD_PROC_PATH	HD_FILE_LINK

/**
 * struct hd_proc_status - of /proc/TID/status
 * @comm: raw bytes
 * @state: letter
 * @tgid: its process
 * @threads: of its process
 * @tracer: who traces it; 0: nobody
 * @inner: its number in its own pid namespace
 */
struct hd_proc_status {
	char comm[HOSTDIAG_COMM_LEN];
	char state;
	u32 tgid;
	u32 threads;
	u32 tracer;
	u32 inner;
};

__printf(2, 3)
char *hd_proc_text(const struct hd_why *why, const char *fmt, ...);
__printf(3, 4)
bool hd_proc_link(const struct hd_why *why, char to[HD_PROC_PATH],
		  const char *fmt, ...);
u64 hd_proc_inode(const struct hd_why *why, u32 tid, s32 fd);
bool hd_proc_is_fifo(const struct hd_why *why, u32 tid, s32 fd);
bool hd_proc_status(const struct hd_why *why, u32 tid,
		    struct hd_proc_status *status);
u64 hd_proc_start(const struct hd_why *why, u32 tid);
bool hd_proc_memory(const struct hd_why *why, u32 tid, u64 address, void *to,
		    size_t size);

/* each number that a directory has an entry for; false: it can't be read */
__printf(4, 5)
bool hd_proc_each(struct hd_why *why,
		  void (*act)(struct hd_why *why, u32 number, void *priv),
		  void *priv, const char *fmt, ...);

#endif /* HD_WHY_PROC_H */
