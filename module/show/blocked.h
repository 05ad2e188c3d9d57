/* SPDX-License-Identifier: GPL-2.0-only */
/* Tasks that wait in the kernel, and the task at the end of each chain. */
#ifndef HD_SHOW_BLOCKED_H
#define HD_SHOW_BLOCKED_H

#include "pure/blocked_tree.h"

struct hd_locks;
struct hd_reader;

bool hd_blocked_look(struct hd_reader *reader, struct hd_locks *locks,
		     struct hd_blocked_row *row);

struct hd_blocked_search;

struct hd_blocked_search *hd_blocked_search_new(void);
void hd_blocked_search_free(struct hd_blocked_search *search);
const struct hd_blocked_tree *hd_blocked_search(struct hd_blocked_search *search,
						struct hd_reader *reader);
void hd_blocked_worst(struct hd_reader *reader, struct hd_blocked_root *worst);

#endif /* HD_SHOW_BLOCKED_H */
