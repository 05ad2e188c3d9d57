// SPDX-License-Identifier: GPL-2.0-only
/* Which tasks a line is of, while the lines come and go. */
#include <stdlib.h>
#include "top/top.h"

static char *copy(const char *text)
{
	return hd_table_word(text ? text : "");
}

/**
 * hd_top_key_set() - remember a line
 * @key: to be set; what it was set to before is freed
 * @by: what the table is rolled up by
 * @cell: the line
 */
void hd_top_key_set(struct hd_top_key *key, enum hd_by by,
		    const union hd_cell *cell)
{
	free(key->comm);
	free(key->cgroup);
	key->by = by;
	key->tid = cell[HD_TID].value;
	key->tgid = cell[HD_TGID].value;
	key->comm = copy(cell[HD_COMM].text);
	key->cgroup = copy(cell[HD_CGROUP].text);
}

/**
 * hd_top_key_is() - is it this line?
 * @key: set
 * @cell: the line; of a table that is rolled up in the same way
 */
bool hd_top_key_is(const struct hd_top_key *key, const union hd_cell *cell)
{
	switch (key->by) {
	case HD_BY_PROCESS:
		return key->tgid == cell[HD_TGID].value;
	case HD_BY_COMM:
		return !strcmp(key->comm, cell[HD_COMM].text);
	case HD_BY_CGROUP:
		return !strcmp(key->cgroup, cell[HD_CGROUP].text);
	default:
		return key->tid == cell[HD_TID].value &&
		       (key->tid != HD_ABSENT ||
			!strcmp(key->comm, cell[HD_COMM].text));
	}
}
