// SPDX-License-Identifier: GPL-2.0-only
/* The counters of the hooks on each CPU; see cost.h. */
#include "core/cost.h"

DEFINE_PER_CPU(u64 [HD_HITS], hd_hits);
DEFINE_PER_CPU(struct hd_cost [HD_HITS], hd_costs);
DEFINE_PER_CPU(bool, hd_cost_enter_due);
