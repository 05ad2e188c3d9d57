/* SPDX-License-Identifier: GPL-2.0-only */
/* The worst of stuck and dsleep go to the kernel's log when the host panics. */
#ifndef HD_PANIC_DUMP_H
#define HD_PANIC_DUMP_H

#include "core/hooks.h"

extern const struct hd_collector hd_collector_panic_dump;

void hd_panic_dump_init(void);
void hd_panic_dump_exit(void);

#endif /* HD_PANIC_DUMP_H */
