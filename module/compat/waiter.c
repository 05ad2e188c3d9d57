// SPDX-License-Identifier: GPL-2.0-only
/*
 * The stack of a task that sleeps; see waiter.h.  No lock is taken, and
 * nothing is read that could fault: the task may run, end, and lose its stack
 * meanwhile.  A look counts only if the task has slept all the time, which its
 * count of switches tells.
 */
#include <linux/sched.h>
#include <linux/string.h>
#ifdef HD_HAVE_TASK_STACK_H
#include <linux/sched/task_stack.h>
#endif
#include "compat/lock.h"
#include "compat/sched.h"
#include "compat/waiter.h"

/* what a sleep for a lock may have in its state */
#ifdef TASK_RTLOCK_WAIT
#define SLEEPS	(TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE | TASK_RTLOCK_WAIT)
#else
#define SLEEPS	(TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)
#endif

/* a task that is on its way from the CPU has an old stack pointer */
static bool is_asleep(struct task_struct *p, unsigned long state)
{
#ifdef CONFIG_SMP
	if (READ_ONCE(p->on_cpu))
		return false;
#endif
	return state & SLEEPS && !(state & TASK_DEAD) && hd_task_off_queue(p);
}

/**
 * hd_waiter_switches() - how often has a task been switched out?
 * @p: the task
 *
 * Context: any.
 */
unsigned long hd_waiter_switches(struct task_struct *p)
{
	return READ_ONCE(p->nvcsw) + READ_ONCE(p->nivcsw);
}

/**
 * hd_waiter_sleeps_on() - has a task slept since?
 * @p: the task
 * @switches: hd_waiter_switches() of then
 *
 * Context: any.
 */
bool hd_waiter_sleeps_on(struct task_struct *p, unsigned long switches)
{
	unsigned long state;

	smp_rmb();	/* what was read of the task before it is asked again */
	state = hd_task_state(p);
	return is_asleep(p, state) && hd_waiter_switches(p) == switches;
}

/**
 * hd_waiter_on_stack_of() - is that an address in a task's stack?
 * @p: the task
 * @addr: the address
 *
 * Context: any.
 */
bool hd_waiter_on_stack_of(struct task_struct *p, unsigned long addr)
{
	unsigned long low = (unsigned long)READ_ONCE(p->stack);

	return low && addr >= low && addr < low + THREAD_SIZE;
}

#if defined(CONFIG_X86_64)
static unsigned long end_of(struct task_struct *p)
{
	return READ_ONCE(p->thread.sp);
}

static void copy_regs(struct task_struct *p, struct hd_waiter *waiter)
{
	waiter->regs = 0;	/* they are on the stack */
}
#elif defined(CONFIG_ARM64)
static unsigned long end_of(struct task_struct *p)
{
	return READ_ONCE(p->thread.cpu_context.sp);
}

static void copy_regs(struct task_struct *p, struct hd_waiter *waiter)
{
	const struct cpu_context *regs = &p->thread.cpu_context;

	BUILD_BUG_ON(sizeof(*regs) > sizeof(waiter->reg));
	waiter->regs = sizeof(*regs) / sizeof(long);
	memcpy(waiter->reg, regs, sizeof(*regs));
}
#else
static unsigned long end_of(struct task_struct *p)
{
	return 0;
}

static void copy_regs(struct task_struct *p, struct hd_waiter *waiter)
{
	waiter->regs = 0;
}
#endif

/**
 * hd_waiter_copy() - copy the end of a task's stack
 * @p: cannot go away meanwhile
 * @waiter: filled
 *
 * Context: any; takes no lock, and does not sleep.
 * Return: false where the task does not sleep.
 */
bool hd_waiter_copy(struct task_struct *p, struct hd_waiter *waiter)
{
	unsigned long words;

	waiter->switches = hd_waiter_switches(p);
	smp_rmb();	/* the count before the state */
	waiter->state = hd_task_state(p);
	if (!is_asleep(p, waiter->state))
		return false;
	smp_rmb();	/* only then has the stack pointer been saved */
	waiter->low = (unsigned long)READ_ONCE(p->stack);
	waiter->high = waiter->low + THREAD_SIZE;
	waiter->end = end_of(p);
	if (!waiter->low || waiter->end < waiter->low ||
	    waiter->end >= waiter->high || waiter->end % sizeof(long))
		return false;
	words = (waiter->high - waiter->end) / sizeof(long);
	waiter->words = min_t(unsigned long, words, HD_WAITER_WORDS);
	copy_regs(p, waiter);
	return hd_bytes_at(waiter->end, waiter->word,
			   waiter->words * sizeof(long)) &&
	       hd_waiter_sleeps_on(p, waiter->switches);
}

/**
 * hd_waiter_is_text() - may that be an address in the kernel's own text?
 * @word: of a stack
 *
 * What sleeps for locks is in the kernel itself, not in modules, and so near
 * schedule().  Some of what is near is no text, and has no name that matters.
 *
 * Context: any.
 */
bool hd_waiter_is_text(unsigned long word)
{
	return word - ((unsigned long)schedule - (16ul << 20)) < 32ul << 20;
}

static const struct {
	const char *begins;
	enum hd_awaited kind;
} functions[] = {
	{ "__mutex_lock", HD_AWAITS_MUTEX },
	{ "__ww_mutex_lock", HD_AWAITS_MUTEX },
	{ "rwsem_down_", HD_AWAITS_RWSEM },
	{ "__rwsem_down_", HD_AWAITS_RWSEM },
	{ "down_read", HD_AWAITS_RWSEM },
	{ "down_write", HD_AWAITS_RWSEM },
	{ "__down_read", HD_AWAITS_RWSEM },
	{ "__down_write", HD_AWAITS_RWSEM },
	{ "__down", HD_AWAITS_SEMAPHORE },
	{ "___down", HD_AWAITS_SEMAPHORE },
	{ "rt_mutex_", HD_AWAITS_RT_MUTEX },
	{ "__rt_mutex_", HD_AWAITS_RT_MUTEX },
	{ "rtlock_", HD_AWAITS_RT_MUTEX },
	{ "rwbase_", HD_AWAITS_RWBASE },
	{ "__rwbase_", HD_AWAITS_RWBASE },
	{ "rt_read_", HD_AWAITS_RWBASE },
	{ "rt_write_", HD_AWAITS_RWBASE },
	{ "percpu_rwsem_wait", HD_AWAITS_PERCPU_RWSEM },
	{ "percpu_down_read", HD_AWAITS_PERCPU_RWSEM },
	{ "__percpu_down_read", HD_AWAITS_PERCPU_RWSEM },
	{ "percpu_down_write", HD_AWAITS_PERCPU_RWSEM },
	{ "wait_for_co", HD_AWAITS_COMPLETION },
	{ "__wait_for_co", HD_AWAITS_COMPLETION },
	{ "do_wait_for_co", HD_AWAITS_COMPLETION },
};

/**
 * hd_waiter_kind() - what does one wait for in a function of the kernel?
 * @function: its name
 *
 * Context: any.
 */
enum hd_awaited hd_waiter_kind(const char *function)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(functions); i++)
		if (!strncmp(function, functions[i].begins,
			     strlen(functions[i].begins)))
			return functions[i].kind;
	return HD_AWAITS_UNKNOWN;
}
