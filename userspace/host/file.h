/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of /proc and /sys.  Reading one never hangs, whatever the task that it
 * is about hangs in.
 */
#ifndef HD_FILE_H
#define HD_FILE_H

#include <sys/stat.h>
#include "pure/pure.h"

#define HD_FILE_LINK	4096

__printf(1, 2)
char *hd_file_text(const char *fmt, ...);
__printf(4, 5)
bool hd_file_read(void *to, size_t size, u64 offset, const char *fmt, ...);
__printf(2, 3)
bool hd_file_stat(struct stat *to, const char *fmt, ...);
__printf(2, 3)
bool hd_file_link(char to[HD_FILE_LINK], const char *fmt, ...);
__printf(3, 4)
bool hd_file_each(void (*act)(const char *name, void *priv), void *priv,
		  const char *fmt, ...);
const char *hd_file_error(void);

#endif /* HD_FILE_H */
