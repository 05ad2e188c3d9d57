// SPDX-License-Identifier: GPL-2.0-only
#include <time.h>
#include "now.h"

/**
 * hd_now_ns() - the time on the monotonic clock
 */
u64 hd_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ull + now.tv_nsec;
}
