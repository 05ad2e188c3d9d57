/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows as JSON: an object each, whose names are the columns of columns.h.
 *
 *	numbers		as they are; an absent one is null
 *	"buckets"	[[lower_ns, count], ...]
 *	all else	strings; bytes that are no UTF-8 are U+FFFD
 */
#ifndef HD_JSON_H
#define HD_JSON_H

#include "table/schema.h"

void hd_json_string(const char *raw, size_t len);
void hd_json_row(const struct hd_schema *schema,
		 const struct hd_snapshot_row *row);
void hd_json_line(const struct hd_schema *schema, char *line);

#endif /* HD_JSON_H */
