/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A directory of recorded snapshots with limits.  Each of these functions may
 * block for as long as the disk does not answer.
 */
#ifndef HD_KEEP_H
#define HD_KEEP_H

#include "pure/pure.h"

/**
 * struct hd_keep - the directory
 * @dir: its name
 * @fd: descriptor of the directory, locked
 * @most: maximum number of files
 * @most_bytes: maximum size of all files together
 * @reserve_bytes: free space to be left on the file system
 * @reserve_part: the reserve is at most this part of the file system
 * @newest_ns: time of the file that was saved last; 0: none
 * @is_short: the lack of room for so many files was reported
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
