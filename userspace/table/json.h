/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lines of /proc/hostdiag as JSON: a table is an array, a line an object whose
 * names are the columns.  What is made here comes from the functions that make
 * the text, so the columns of both are the same.
 *
 *	numbers		as they are; an absent one is null
 *	"buckets"	[[lower_ns, count], ...]
 *	all else	strings; bytes that are no UTF-8 are U+FFFD
 */
#ifndef HD_JSON_H
#define HD_JSON_H

#include "pure/render.h"

void hd_json_string(const char *raw, size_t len);
struct hd_out *hd_json_table(const char *name,
			     void (*put_columns)(struct hd_out *out));
void hd_json_table_end(void);

#endif /* HD_JSON_H */
