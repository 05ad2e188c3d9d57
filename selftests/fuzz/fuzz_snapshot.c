// SPDX-License-Identifier: GPL-2.0-only
/* The parser of snapshots, which must not look beyond their end. */
#include <stdlib.h>
#include <string.h>
#include "snap/snapshot.h"
#include "harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct hd_snapshot_row row;
	struct hd_snapshot snap;
	u8 *copy = malloc(size);
	u64 rows = 0;

	/* aligned to nothing, with ASan's own bytes around it */
	memcpy(copy, data, size);
	if (!hd_snapshot_open(&snap, copy, size)) {
		while (hd_snapshot_next(&snap, &row) != HOSTDIAG_END)
			rows++;
		/* what was found whole stays so, and has so many records at most */
		if (snap.at != size || rows > size)
			abort();
	} else if (!strlen(snap.error) || strlen(snap.error) >= HD_ERROR_LEN) {
		abort();
	}
	free(copy);
	return 0;
}
