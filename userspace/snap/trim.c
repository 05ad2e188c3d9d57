// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "print.h"
#include "snap/trim.h"

/* Return: whether this slow event is new; what is no event is. */
static bool is_new(struct hd_trim *trim, const u8 *data,
		   const struct hostdiag_record *rec)
{
	struct hostdiag_slow slow;

	if (rec->type != HOSTDIAG_SLOW)
		return true;
	memcpy(&slow, data, offsetof(struct hostdiag_slow, when_ns));
	if (slow.seq < trim->next_seq)
		return false;
	trim->next_seq = slow.seq + 1;
	return true;
}

/**
 * hd_trim() - copy a snapshot, but the slow events that were kept before
 * @trim: of the last one; all zeroes: there was none
 * @snap: opened
 * @size: of the copy
 *
 * Return: the copy, to be freed.
 */
u8 *hd_trim(struct hd_trim *trim, const struct hd_snapshot *snap, size_t *size)
{
	const u8 *from = snap->data, *end = from + snap->size;
	u8 *data = malloc(snap->size), *to = data;
	struct hostdiag_record rec;
	struct hostdiag_end last;
	u64 records = 0;

	if (!data)
		hd_die("out of memory");
	if (trim->since_ns != snap->head.since_ns)
		trim->next_seq = 0;
	trim->since_ns = snap->head.since_ns;

	memcpy(to, from, snap->head.header_size);
	to += snap->head.header_size;
	for (from += snap->head.header_size; from < end; from += rec.size) {
		memcpy(&rec, from, sizeof(rec));
		if (!is_new(trim, from, &rec))
			continue;
		memcpy(to, from, rec.size);
		if (rec.type == HOSTDIAG_END) {
			memcpy(&last, to, sizeof(last));
			last.records = records;
			memcpy(to, &last, sizeof(last));
		}
		to += rec.size;
		records++;
	}
	*size = to - data;
	return data;
}
