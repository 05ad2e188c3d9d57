/* SPDX-License-Identifier: GPL-2.0-only */
/* What the module's file "ledger" says. */
#ifndef HD_HOST_LEDGER_H
#define HD_HOST_LEDGER_H

#include "pure/ledger.h"

#define HD_LEDGER_FILE	"/proc/hostdiag/ledger"

bool hd_ledger_each(const char *file,
		    void (*act)(const struct hd_ledger_row *row, void *priv),
		    void *priv);
bool hd_ledger_standing(const char *file, u32 act, u64 target,
			struct hd_ledger_row *row);

#endif /* HD_HOST_LEDGER_H */
