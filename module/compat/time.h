/* SPDX-License-Identifier: GPL-2.0-only */
/* The clocks that a hook may read. */
#ifndef HD_COMPAT_TIME_H
#define HD_COMPAT_TIME_H

#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#ifdef HD_HAVE_SCHED_CLOCK_H
#include <linux/sched/clock.h>
#endif
#ifdef HD_HAVE_TIMEKEEPING_H
#include <linux/timekeeping.h>
#endif
#ifdef CONFIG_X86_64
#include <asm/cpufeature.h>
#include <asm/msr.h>
#include <asm/tsc.h>
#endif

/* the kernel's clock: monotonic, nanoseconds, readable in every hook */
static __always_inline u64 hd_kernel_clock(void)
{
#ifdef HD_HAVE_KTIME_GET_MONO_FAST_NS
	return ktime_get_mono_fast_ns();
#else
	/*
	 * It waits for a writer, who has interrupts off and wakes nobody.
	 * local_clock() does not, but stands still for up to a tick.
	 */
	return ktime_to_ns(ktime_get());
#endif
}

/* time since 1970, nanoseconds */
static inline u64 hd_wall_clock(void)
{
	return ktime_to_ns(ktime_get_real());
}

#ifdef CONFIG_X86_64

static __always_inline u64 hd_raw_clock(void)
{
#ifdef HD_HAVE_RDTSC
	return rdtsc();
#else
	return __native_read_tsc();
#endif
}

#ifdef HD_HAVE_KTIME_GET_SNAPSHOT_ID
#define hd_get_snapshot(snap) ktime_get_snapshot_id(CLOCK_MONOTONIC, snap)
#elif defined(HD_HAVE_KTIME_GET_SNAPSHOT)
#define hd_get_snapshot(snap) ktime_get_snapshot(snap)
#endif

/*
 * Is it the counter that the kernel itself keeps time by?  Then it runs at
 * one rate, in every sleep state, the same on all CPUs.
 */
static inline bool hd_raw_clock_trusted(void)
{
#ifdef hd_get_snapshot
	struct system_time_snapshot snap;
	u64 before = hd_raw_clock(), after;

	/* the kernel's clocksource, as it was read in between */
	hd_get_snapshot(&snap);
	after = hd_raw_clock();
	return snap.cycles - before <= after - before;
#else
	return !check_tsc_unstable() &&
	       boot_cpu_has(X86_FEATURE_CONSTANT_TSC) &&
	       boot_cpu_has(X86_FEATURE_NONSTOP_TSC);
#endif
}

/*
 * Is the scheduler's clock as good as the kernel's?  It is made of the
 * counter, and costs half, as long as the kernel has found nothing wrong with
 * that: another rate, another count on another CPU, a stop in idle.
 */
static inline bool hd_sched_clock_trusted(void)
{
	return !check_tsc_unstable();
}

/* the frequency of the raw clock in kHz; 0: it must not be used */
static inline u32 hd_raw_clock_khz(void)
{
	return hd_raw_clock_trusted() ? tsc_khz : 0;
}

#else

static __always_inline u64 hd_raw_clock(void)
{
	return hd_kernel_clock();
}

static inline u32 hd_raw_clock_khz(void)
{
	return 0;
}

static inline bool hd_sched_clock_trusted(void)
{
	return false;
}

#endif

#endif /* HD_COMPAT_TIME_H */
