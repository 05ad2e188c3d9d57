/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The clock of the hooks.  Where the kernel trusts the processor's counter,
 * the hooks read the counter raw (a third of the price of the kernel's clock)
 * and convert only differences.  Elsewhere they read the scheduler's clock, if
 * the scheduler's clock uses that counter, or else the kernel's clock.
 * The choice changes only while the hooks are detached.
 */
#ifndef HD_CLOCK_H
#define HD_CLOCK_H

#include "compat/time.h"

/**
 * struct hd_clock - the clock in use
 * @raw: it is the processor's counter
 * @sched: it is the scheduler's clock; where both are false, the kernel's
 * @mult: nanoseconds of 2^HD_CLOCK_SHIFT ticks; below 2^32
 * @brief: see hd_clock_brief()
 * @slice_shift: a slice of time has 2^slice_shift ticks, two to four seconds
 */
struct hd_clock {
	bool raw;
	bool sched;
	u64 mult;
	u64 brief;
	u32 slice_shift;
};

#define HD_CLOCK_SHIFT	HD_RAW_CLOCK_SHIFT
/* one tick is less than 2 ns */
#define HD_CLOCK_FAST	(HD_CLOCK_SHIFT == 31)

/**
 * struct hd_clock_change - the change from one clock to another
 * @was: the old clock
 * @was_now: its reading at the change
 * @now: the reading of the clock in use at the change
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
u64 hd_clock_dsleep_error_ns(void);

/**
 * hd_clock_read_as() - read the clock, in code that is compiled for one clock
 * @raw: the value of hd_clock.raw, as a constant
 *
 * Context: any.
 * Return: ticks; never 0 in practice, so 0 can mean "not running".
 */
static __always_inline u64 hd_clock_read_as(bool raw)
{
	if (raw)
		return hd_raw_clock();
	return hd_clock.sched ? local_clock() : hd_kernel_clock();
}

#define HD_CLOCK_BRIEF	16383

/*
 * hd_clock_brief() - ticks of a brief call, some microseconds: the hooks count its
 *	time as on-CPU time, and save the look at the scheduler's accounts
 * @raw: the value of hd_clock.raw, a constant on the hot path
 */
static __always_inline u64 hd_clock_brief(bool raw)
{
	return HD_CLOCK_FAST || !raw ? HD_CLOCK_BRIEF : hd_clock.brief;
}

/* hd_clock_short_ns() converts differences below 2^32 ticks, which are 1 s or more */
static __always_inline bool hd_clock_is_short(u64 ticks)
{
	return !(ticks >> 32);
}

/**
 * hd_clock_short_ns() - convert a short difference to nanoseconds
 * @ticks: the difference, for which hd_clock_is_short() is true
 * @raw: the value of hd_clock.raw, as a constant
 */
static __always_inline u64 hd_clock_short_ns(u64 ticks, bool raw)
{
	return raw ? (ticks * hd_clock.mult) >> HD_CLOCK_SHIFT : ticks;
}

/**
 * hd_clock_read() - read the clock in use, in ticks
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
 * Return: 0 where the difference is negative, since CPUs may be a few ticks apart.
 */
static __always_inline u64 hd_clock_since(u64 start, u64 now)
{
	u64 ticks = now - start;

	if (likely(hd_clock_is_short(ticks)))
		return hd_clock_short_ns(ticks, hd_clock.raw);
	return hd_clock_long_ns(ticks);
}

/**
 * hd_clock_when() - convert a reading to the kernel's clock
 * @reading: of the clock in use
 * @now: a later reading of it
 * @now_ns: the kernel's clock at the moment of @now
 */
static inline u64 hd_clock_when(u64 reading, u64 now, u64 now_ns)
{
	return now_ns - min(hd_clock_since(reading, now), now_ns);
}

/**
 * hd_clock_slice() - the number of the slice of time that a reading is in
 * @ticks: the reading
 */
static inline u32 hd_clock_slice(u64 ticks)
{
	return ticks >> hd_clock.slice_shift;
}

#endif /* HD_CLOCK_H */
