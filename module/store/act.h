/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls that are acts of the ledger, by their numbers and arguments. */
#ifndef HD_ACT_H
#define HD_ACT_H

#include "pure/pure.h"

void hd_act_begin(u32 key);
void hd_act_end(u32 key, long ret);
void hd_acts_forget(void);

#endif /* HD_ACT_H */
