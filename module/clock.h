/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The clock of the hooks.  Where the kernel trusts the processor's counter,
 * it is read raw (a third of the price of the kernel's clock) and only
 * differences are converted; everywhere else the kernel's clock is read.
 * Which one it is may change while hooks are detached, never under them.
 */
#ifndef HD_CLOCK_H
#define HD_CLOCK_H

#include "compat/time.h"

/**
 * struct hd_clock - the clock in use
 * @raw: the processor's counter
 * @mult: nanoseconds of 2^32 ticks
 */
struct hd_clock {
	bool raw;
	u64 mult;
};

extern struct hd_clock hd_clock;

void hd_clock_choose(void);
bool hd_clock_broken(void);
const char *hd_clock_name(void);

/**
 * hd_clock_read_as() - the time, for code that is made for one clock
 * @raw: which, a constant; hd_clock.raw must be the same
 *
 * Context: any.
 * Return: ticks; never 0 in practice, so that 0 can stand for "not running".
 */
static __always_inline u64 hd_clock_read_as(bool raw)
{
	return raw ? hd_raw_clock() : hd_kernel_clock();
}

/**
 * hd_clock_since_as() - hd_clock_since(), for code that is made for one clock
 * @start: the earlier reading
 * @now: the later reading
 * @raw: which clock, a constant
 *
 * CPUs may be a few ticks apart: a negative difference is 0.
 */
static __always_inline u64 hd_clock_since_as(u64 start, u64 now, bool raw)
{
	u64 ticks = now - start;

	if (unlikely((s64)ticks < 0))
		return 0;
	return raw ? ((unsigned __int128)ticks * hd_clock.mult) >> 32 : ticks;
}

/**
 * hd_clock_read() - the time, in ticks of the clock in use
 *
 * Context: any.
 */
static __always_inline u64 hd_clock_read(void)
{
	return hd_clock_read_as(hd_clock.raw);
}

/**
 * hd_clock_since() - nanoseconds from a reading to another
 * @start: the earlier reading
 * @now: the later reading
 */
static __always_inline u64 hd_clock_since(u64 start, u64 now)
{
	return hd_clock_since_as(start, now, hd_clock.raw);
}

#endif /* HD_CLOCK_H */
