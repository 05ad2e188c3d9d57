/* SPDX-License-Identifier: GPL-2.0-only */
/* Acts of the ledger, with what has become of those who are in them. */
#ifndef HD_ACTS_H
#define HD_ACTS_H

#include "pure/ledger.h"

struct hd_reader;
struct hd_view;

bool hd_acts_after(struct hd_reader *reader, u64 nr);
void hd_acts_look(struct hd_ledger_row *row);
void hd_acts_stalls(struct hd_reader *reader, const struct hd_view *view,
		    struct hd_stalls *stalls);

#endif /* HD_ACTS_H */
