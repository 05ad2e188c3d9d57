// SPDX-License-Identifier: GPL-2.0-only
/* Events that were not counted; see lost.h. */
#include <linux/cpumask.h>
#include "store/lost.h"

DEFINE_PER_CPU(u64 [HD_LOST_KINDS], hd_lost_counts);

/* hd_lost_of() - the number of events of a kind that were lost */
u64 hd_lost_of(enum hd_lost kind)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu(hd_lost_counts, cpu)[kind]);
	return sum;
}

/* hd_lost_all() - the number of events that were lost */
u64 hd_lost_all(void)
{
	u64 sum = 0;
	u32 kind;

	for (kind = 0; kind < HD_LOST_KINDS; kind++)
		sum += hd_lost_of(kind);
	return sum;
}

/* hd_lost_reset() - zero all counts; an event that is lost meanwhile may stay counted */
void hd_lost_reset(void)
{
	int cpu;
	u32 kind;

	for_each_possible_cpu(cpu)
		for (kind = 0; kind < HD_LOST_KINDS; kind++)
			WRITE_ONCE(per_cpu(hd_lost_counts, cpu)[kind], 0);
}
