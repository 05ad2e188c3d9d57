/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A snapshot in memory, checked and then walked row by row:
 *
 *	if (hd_snapshot_open(&snap, data, size))
 *		complain(snap.error);
 *	while ((type = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END)
 *		...
 *
 * hd_snapshot_open() checks the whole snapshot first, so that nothing is shown of
 * a file that is damaged somewhere.
 */
#ifndef HD_SNAPSHOT_H
#define HD_SNAPSHOT_H

#include "snap/records.h"

#define HD_ERROR_LEN	256

/**
 * struct hd_snapshot - a snapshot that is being read
 * @data: its bytes, owned by the caller
 * @size: number of bytes
 * @head: its header, as far as this reader knows it
 * @lost: events not counted until the last record was written
 * @at: offset of the next record
 * @nr_records: records before @at
 * @few: offset of the next row in the record, if it has more; else 0
 * @before: type of the last known record before @at; 0: none
 * @is_cut: it is truncated
 * @is_taken: it is truncated, and accepted
 * @error: error message, to be printed behind its name
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
