/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A directory of recorded snapshots that has bounds.  Any of this may block for
 * as long as its disk does not answer.
 */
#ifndef HD_KEEP_H
#define HD_KEEP_H

#include "pure/pure.h"

/**
 * struct hd_keep - the directory
 * @dir: its name
 * @fd: the same, locked
 * @most: files
 * @most_bytes: of all of them together
 * @reserve_bytes: of free space that are left
 * @reserve_part: at most this part of the file system is left
 * @newest_ns: time of the file that was saved last; 0: none was
 * @is_short: it has been said that there is no room for so many files
 */
struct hd_keep {
	const char *dir;
	int fd;
	u32 most;
	u64 most_bytes;
	u64 reserve_bytes;
	u32 reserve_part;
	u64 newest_ns;
	bool is_short;
};

void hd_keep_open(struct hd_keep *keep);
bool hd_keep_save(struct hd_keep *keep, u64 wall_ns, const u8 *data, size_t size);

#endif /* HD_KEEP_H */
