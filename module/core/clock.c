// SPDX-License-Identifier: GPL-2.0-only
/* Which clock the hooks read. */
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include "core/clock.h"

/* the slowest counter whose hd_clock.mult is below 2^32; no processor has one */
#define MIN_KHZ	(NSEC_PER_MSEC >> (32 - HD_CLOCK_SHIFT))

#define MIN_SLICE_NS	(2ull * NSEC_PER_SEC)

struct hd_clock hd_clock __read_mostly;

static u64 ns_of(const struct hd_clock *clock, u64 ticks)
{
	if ((s64)ticks < 0)
		return 0;
	if (!clock->raw)
		return ticks;
	return ((unsigned __int128)ticks * clock->mult) >> HD_CLOCK_SHIFT;
}

/**
 * hd_clock_choose() - take the best clock that the kernel trusts now
 *
 * Context: process, may sleep, while no hook that reads it is attached.
 */
void hd_clock_choose(void)
{
	u32 khz = hd_raw_clock_khz();

	hd_clock.raw = khz > MIN_KHZ;
	hd_clock.sched = !hd_clock.raw && hd_sched_clock_trusted();
	hd_clock.mult = hd_clock.raw ?
		div_u64((u64)NSEC_PER_MSEC << HD_CLOCK_SHIFT, khz) : 0;
	hd_clock.brief = hd_clock.raw && !HD_CLOCK_FAST ?
		(u64)HD_CLOCK_BRIEF * khz / NSEC_PER_MSEC : HD_CLOCK_BRIEF;
	hd_clock.slice_shift = 0;
	while (hd_clock_long_ns(1ull << hd_clock.slice_shift) < MIN_SLICE_NS)
		hd_clock.slice_shift++;
}

/**
 * hd_clock_change() - choose the clock anew, while times of the old one are kept
 * @change: filled, for hd_clock_convert()
 *
 * Context: as hd_clock_choose().
 */
void hd_clock_change(struct hd_clock_change *change)
{
	change->was = hd_clock;
	change->was_now = hd_clock_read();
	hd_clock_choose();
	change->now = hd_clock_read();
}

/**
 * hd_clock_convert() - convert a reading of the old clock to the clock in use
 * @change: the last change
 * @reading: of the old clock
 *
 * Context: any.
 * Return: the same moment on the clock in use.  If that is the counter, the reading
 * is returned as it is: no other clock was in use in between.
 */
u64 hd_clock_convert(const struct hd_clock_change *change, u64 reading)
{
	u64 ago = ns_of(&change->was, change->was_now - reading);

	return hd_clock.raw ? reading : change->now - min(ago, change->now);
}

/**
 * hd_clock_broken() - whether the kernel no longer trusts the clock in use
 *
 * Context: any.
 */
bool hd_clock_broken(void)
{
	return (hd_clock.raw && !hd_raw_clock_trusted()) ||
	       (hd_clock.sched && !hd_sched_clock_trusted());
}

/**
 * hd_clock_long_ns() - convert a difference that is not short to nanoseconds
 * @ticks: the difference; one of 2^63 or more is negative, and taken for 0
 *
 * Context: any.
 */
u64 hd_clock_long_ns(u64 ticks)
{
	return ns_of(&hd_clock, ticks);
}

/* hd_clock_name() - the name of the clock in use */
const char *hd_clock_name(void)
{
	return hd_clock.raw ? HD_RAW_CLOCK : hd_clock.sched ? "sched" : "kernel";
}

/**
 * hd_clock_dsleep_error_ns() - by how much a D sleep may be too long or too short
 *
 * Its end is found by the scheduler's clock.  Where that is not made of a counter
 * that the kernel trusts, it is right at each tick, and kept within one in between.
 *
 * Context: any.
 */
u64 hd_clock_dsleep_error_ns(void)
{
	return hd_clock.raw || hd_clock.sched ? 0 : TICK_NSEC;
}
