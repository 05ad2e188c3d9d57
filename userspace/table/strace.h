/* SPDX-License-Identifier: GPL-2.0-only */
/* The tables of strace -c over the chosen tasks, one for each ABI. */
#ifndef HD_STRACE_H
#define HD_STRACE_H

#include "table/table.h"

void hd_strace_begin(struct hd_table *table);
hd_table_add_fn hd_strace_add;
void hd_strace_print(struct hd_table *table);

#endif /* HD_STRACE_H */
