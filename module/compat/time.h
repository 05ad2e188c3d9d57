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
#elif defined(HD_HAVE_ARCH_COUNTER)
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/percpu.h>
#include <asm/arch_timer.h>
#include <asm/barrier.h>
#include <asm/sysreg.h>
#endif

/* the kernel's monotonic clock, in nanoseconds; can be read in every hook */
static __always_inline u64 hd_kernel_clock(void)
{
#ifdef HD_HAVE_KTIME_GET_MONO_FAST_NS
	return ktime_get_mono_fast_ns();
#else
	/*
	 * ktime_get() waits for a writer, which has interrupts off and wakes no task.
	 * local_clock() does not wait, but may stand still for up to a tick.
	 */
	return ktime_to_ns(ktime_get());
#endif
}

/* nanoseconds since 1970 */
static inline u64 hd_wall_clock(void)
{
	return ktime_to_ns(ktime_get_real());
}

#ifdef HD_HAVE_KTIME_GET_SNAPSHOT_ID
#define hd_get_snapshot(snap) ktime_get_snapshot_id(CLOCK_MONOTONIC, snap)
#elif defined(HD_HAVE_KTIME_GET_SNAPSHOT)
#define hd_get_snapshot(snap) ktime_get_snapshot(snap)
#endif

/*
 * The processor's counter: its name, and the binary logarithm of a number of ticks
 * that take less than 2^32 ns on the slowest processor.
 */
#ifdef CONFIG_X86_64

#define HD_RAW_CLOCK		"tsc"
#define HD_RAW_CLOCK_SHIFT	31	/* 500 MHz */

static __always_inline u64 hd_raw_clock(void)
{
#ifdef HD_HAVE_RDTSC
	return rdtsc();
#else
	return __native_read_tsc();
#endif
}

#elif defined(HD_HAVE_ARCH_COUNTER)

#define HD_RAW_CLOCK		"cntvct"
#define HD_RAW_CLOCK_SHIFT	22	/* 1 MHz */

/*
 * The kernel's arch_timer_read_counter() would be a function call on the hot path, and
 * waits for the instructions before it.
 */
static __always_inline u64 hd_raw_clock(void)
{
	return read_sysreg(cntvct_el0);
}

#else

#define HD_RAW_CLOCK		"none"
#define HD_RAW_CLOCK_SHIFT	0

static __always_inline u64 hd_raw_clock(void)
{
	return hd_kernel_clock();
}

#endif

/* keeps the order of the reads of the counter before it and after it */
static inline void hd_raw_clock_barrier(void)
{
#ifdef HD_HAVE_ARCH_COUNTER
	isb();
#endif
}

/* Return: true where the kernel works around an erratum of the counter of some CPU. */
static inline bool hd_raw_clock_errs(void)
{
#ifdef HD_HAVE_ARCH_COUNTER
	int cpu;

	for_each_possible_cpu(cpu) {
		const struct arch_timer_erratum_workaround *around =
			per_cpu(timer_unstable_counter_workaround, cpu);

		if (around && around->read_cntvct_el0)
			return true;
	}
#endif
	return false;
}

/*
 * Does the kernel itself keep time by the counter?  Then the counter runs at one rate,
 * in every sleep state, and is the same on all CPUs.
 */
static inline bool hd_raw_clock_trusted(void)
{
#if !HD_RAW_CLOCK_SHIFT
	return false;
#elif defined(hd_get_snapshot)
	struct system_time_snapshot snap;
	u64 before = hd_raw_clock(), after;

	/* the kernel reads its clocksource between two reads of the counter */
	hd_raw_clock_barrier();
	hd_get_snapshot(&snap);
	hd_raw_clock_barrier();
	after = hd_raw_clock();
	return snap.cycles - before <= after - before && !hd_raw_clock_errs();
#elif defined(CONFIG_X86_64)
	return !check_tsc_unstable() &&
	       boot_cpu_has(X86_FEATURE_CONSTANT_TSC) &&
	       boot_cpu_has(X86_FEATURE_NONSTOP_TSC);
#else
	return false;
#endif
}

#ifdef CONFIG_X86_64

/*
 * Can the scheduler's clock replace the kernel's?  It costs half.  It is made of the
 * counter while the kernel has found no fault in that: a change of rate, a difference
 * between CPUs, a stop in idle.
 */
static inline bool hd_sched_clock_trusted(void)
{
	return !check_tsc_unstable();
}

static inline u32 hd_raw_clock_rate(void)
{
	return tsc_khz;
}

#else

static inline bool hd_sched_clock_trusted(void)
{
	return false;
}

#ifdef HD_HAVE_ARCH_COUNTER

static inline void hd_read_both(u64 *ticks, u64 *ns)
{
	unsigned long flags;

	local_irq_save(flags);
	*ticks = hd_raw_clock();
	*ns = hd_kernel_clock();
	local_irq_restore(flags);
}

/* Return: the rate that the firmware tells; 0 where the kernel's clock differs from it. */
static inline u32 hd_raw_clock_rate(void)
{
	u32 khz = arch_timer_get_cntfrq() / 1000;
	u64 ticks, ns, then_ticks, then_ns;

	hd_read_both(&ticks, &ns);
	msleep(20);
	hd_read_both(&then_ticks, &then_ns);
	ticks = then_ticks - ticks;
	ns = then_ns - ns;
	return abs((s64)(ticks * NSEC_PER_MSEC - ns * khz)) <
	       (s64)(ns * khz / 16) ? khz : 0;
}

#else

static inline u32 hd_raw_clock_rate(void)
{
	return 0;
}

#endif
#endif

/*
 * The frequency of the raw clock in kHz; 0: it must not be used.
 * Context: process; may sleep.
 */
static inline u32 hd_raw_clock_khz(void)
{
	return hd_raw_clock_trusted() ? hd_raw_clock_rate() : 0;
}

#endif /* HD_COMPAT_TIME_H */
