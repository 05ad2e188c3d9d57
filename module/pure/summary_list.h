/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lists of the worst lines.  A list has few lines; a row that belongs to none of
 * them replaces the least line.  So a rare line may be dropped and start again from
 * zero, but the worst lines stay.
 */
#ifndef HD_SUMMARY_LIST_H
#define HD_SUMMARY_LIST_H

#include "pure/summary.h"

u64 hd_summary_key(u64 hash, const void *bytes, size_t len);
u64 hd_summary_key_text(u64 hash, const char *text, size_t size);
u64 hd_summary_key_comm(const char comm[HOSTDIAG_COMM_LEN]);
u64 hd_summary_key_call(u64 hash, u32 abi, u32 nr);
void hd_summary_put_path(char to[HD_SUMMARY_TEXT], const char *path, size_t size);
void hd_summary_put_place(char to[HD_SUMMARY_TEXT], const char *place, size_t size);
void hd_list_keep(struct hd_summary *sum, u32 which,
		  const struct hd_summary_line *line);
void hd_list_sort(struct hd_summary *sum, u32 which);

#endif /* HD_SUMMARY_LIST_H */
