/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The clock of the hooks.  Where the kernel trusts the processor's counter,
 * it is read raw (a third of the price of the kernel's clock) and only
 * differences are converted; elsewhere the scheduler's clock is read, if it
 * is made of that counter, or the kernel's.
 * Which one it is may change while hooks are detached, never under them.
 */
#ifndef HD_CLOCK_H
#define HD_CLOCK_H

#include "compat/time.h"

/**
 * struct hd_clock - the clock in use
 * @raw: the processor's counter
 * @sched: the scheduler's clock; where both are false, the kernel's
 * @mult: nanoseconds of 2^HD_CLOCK_SHIFT ticks; below 2^32
 * @brief: see hd_clock_brief()
 * @slice_shift: 2 to the power of it: ticks of a slice, two to four seconds
 */
struct hd_clock {
	bool raw;
	bool sched;
	u64 mult;
	u64 brief;
	u32 slice_shift;
};

#define HD_CLOCK_SHIFT	HD_RAW_CLOCK_SHIFT
/* a tick of it is less than 2 ns */
#define HD_CLOCK_FAST	(HD_CLOCK_SHIFT == 31)

/**
 * struct hd_clock_change - one clock took the place of another
 * @was: the clock before
 * @was_now: what it said then
 * @now: what the one in use said then
 */
struct hd_clock_change {
	struct hd_clock was;
	u64 was_now;
	u64 now;
};

extern struct hd_clock hd_clock;

void hd_clock_choose(void);
void hd_clock_change(struct hd_clock_change *change);
u64 hd_clock_convert(const struct hd_clock_change *change, u64 reading);
bool hd_clock_broken(void);
u64 hd_clock_long_ns(u64 ticks);
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
	if (raw)
		return hd_raw_clock();
	return hd_clock.sched ? local_clock() : hd_kernel_clock();
}

#define HD_CLOCK_BRIEF	16383

/*
 * hd_clock_brief() - ticks of a call that counts as one that was on its CPU all
 *	the time, so that no time is lost on finding out: some microseconds
 * @raw: which clock, a constant where it matters
 */
static __always_inline u64 hd_clock_brief(bool raw)
{
	return HD_CLOCK_FAST || !raw ? HD_CLOCK_BRIEF : hd_clock.brief;
}

/* a difference that hd_clock_short_ns() converts: below 2^32 ticks, 1 s or more */
static __always_inline bool hd_clock_is_short(u64 ticks)
{
	return !(ticks >> 32);
}

/**
 * hd_clock_short_ns() - nanoseconds of a short difference, in few instructions
 * @ticks: hd_clock_is_short() is true of it
 * @raw: which clock, a constant
 */
static __always_inline u64 hd_clock_short_ns(u64 ticks, bool raw)
{
	return raw ? (ticks * hd_clock.mult) >> HD_CLOCK_SHIFT : ticks;
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
 *
 * CPUs may be a few ticks apart: a negative difference is 0.
 */
static __always_inline u64 hd_clock_since(u64 start, u64 now)
{
	u64 ticks = now - start;

	if (likely(hd_clock_is_short(ticks)))
		return hd_clock_short_ns(ticks, hd_clock.raw);
	return hd_clock_long_ns(ticks);
}

/**
 * hd_clock_when() - a reading, on the kernel's clock
 * @reading: of the clock in use
 * @now: the clock in use, later
 * @now_ns: the kernel's, at the same moment
 */
static inline u64 hd_clock_when(u64 reading, u64 now, u64 now_ns)
{
	return now_ns - min(hd_clock_since(reading, now), now_ns);
}

/**
 * hd_clock_slice() - the slice of time that a reading is in, by its number
 * @ticks: the reading
 */
static inline u32 hd_clock_slice(u64 ticks)
{
	return ticks >> hd_clock.slice_shift;
}

#endif /* HD_CLOCK_H */
