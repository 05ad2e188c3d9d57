/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A snapshot in memory, checked and then walked row by row:
 *
 *	if (hd_snapshot_open(&snap, data, size))
 *		complain(snap.error);
 *	while ((type = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END)
 *		...
 *
 * What is open has been walked to its end once, so nothing is shown of a
 * file that turns out to be damaged half-way.
 */
#ifndef HD_SNAPSHOT_H
#define HD_SNAPSHOT_H

#include "snap/records.h"

#define HD_ERROR_LEN	256

/**
 * struct hd_snapshot - a snapshot that is being read
 * @data: all of it; the caller's
 * @size: its bytes
 * @head: its header, as far as this reader knows it
 * @lost: events not counted, when the last record was written
 * @at: where the next record begins
 * @nr_records: records before @at
 * @few: where the next row of that record is, if it has more; else 0
 * @before: type of the record before @at; 0: none yet that is known
 * @is_cut: it ends before its last record
 * @is_taken: and what is there of it is read
 * @error: what is wrong with it, for a message that begins with its name
 */
struct hd_snapshot {
	const u8 *data;
	size_t size;
	struct hostdiag_header head;
	u64 lost;
	size_t at;
	u64 nr_records;
	size_t few;
	u16 before;
	bool is_cut;
	bool is_taken;
	char error[HD_ERROR_LEN];
};

bool hd_snapshot_begins(const void *data, size_t size);
int hd_snapshot_open(struct hd_snapshot *snap, const void *data, size_t size);
bool hd_snapshot_take_cut(struct hd_snapshot *snap);
void hd_snapshot_rewind(struct hd_snapshot *snap);
void hd_snapshot_seek(struct hd_snapshot *snap, size_t at);
int hd_snapshot_peek(const struct hd_snapshot *snap);
int hd_snapshot_next(struct hd_snapshot *snap, struct hd_snapshot_row *row);

#endif /* HD_SNAPSHOT_H */
