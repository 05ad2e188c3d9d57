// SPDX-License-Identifier: GPL-2.0-only
/*
 * The stack of a task that sleeps; see waiter.h.  No lock is taken, and no read can
 * fault: the task may run, exit, and lose its stack meanwhile.  A copy is valid only
 * if the task has slept all the time, which its count of switches tells.
 */
#include <linux/sched.h>
#include <linux/string.h>
#ifdef HD_HAVE_TASK_STACK_H
#include <linux/sched/task_stack.h>
#endif
#include "compat/lock.h"
#include "compat/sched.h"
#include "compat/waiter.h"

/* the states of a task that waits for a lock */
#ifdef TASK_RTLOCK_WAIT
#define SLEEPS	(TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE | TASK_RTLOCK_WAIT)
#else
#define SLEEPS	(TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)
#endif

/* A task that is being switched out has an old stack pointer: see ->on_cpu. */
static bool waiter_is_asleep(struct task_struct *p, unsigned long state)
{
#ifdef CONFIG_SMP
	if (READ_ONCE(p->on_cpu))
		return false;
#endif
	return state & SLEEPS && !(state & TASK_DEAD) && hd_task_off_queue(p);
}

/**
 * hd_waiter_switches() - how often a task was switched out
 * @p: the task
 *
 * Context: any.
 */
unsigned long hd_waiter_switches(struct task_struct *p)
{
	return READ_ONCE(p->nvcsw) + READ_ONCE(p->nivcsw);
}

/**
 * hd_waiter_sleeps_on() - has a task slept without a break?
 * @p: the task
 * @switches: hd_waiter_switches() at the beginning
 *
 * Context: any.
 */
bool hd_waiter_sleeps_on(struct task_struct *p, unsigned long switches)
{
	unsigned long state;

	smp_rmb();	/* pairs with the barriers of a wakeup and a switch: what was read first */
	state = hd_task_state(p);
	return waiter_is_asleep(p, state) && hd_waiter_switches(p) == switches;
}

/**
 * hd_waiter_on_stack_of() - is an address within a task's stack?
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
static unsigned long saved_stack_pointer(struct task_struct *p)
{
	return READ_ONCE(p->thread.sp);
}

static void copy_regs(struct task_struct *p, struct hd_waiter *waiter)
{
	waiter->nr_regs = 0;	/* they were saved on the stack */
}
#elif defined(CONFIG_ARM64)
static unsigned long saved_stack_pointer(struct task_struct *p)
{
	return READ_ONCE(p->thread.cpu_context.sp);
}

static void copy_regs(struct task_struct *p, struct hd_waiter *waiter)
{
	const struct cpu_context *regs = &p->thread.cpu_context;

	BUILD_BUG_ON(sizeof(*regs) > sizeof(waiter->regs));
	waiter->nr_regs = sizeof(*regs) / sizeof(long);
	memcpy(waiter->regs, regs, sizeof(*regs));
}
#else
static unsigned long saved_stack_pointer(struct task_struct *p)
{
	return 0;
}

static void copy_regs(struct task_struct *p, struct hd_waiter *waiter)
{
	waiter->nr_regs = 0;
}
#endif

/**
 * hd_waiter_copy() - copy the end of a task's stack
 * @p: the task, which must not go away meanwhile
 * @waiter: filled
 *
 * Context: any; takes no lock, and does not sleep.
 * Return: false where the task does not sleep.
 */
bool hd_waiter_copy(struct task_struct *p, struct hd_waiter *waiter)
{
	unsigned long words;

	waiter->switches = hd_waiter_switches(p);
	smp_rmb();	/* pairs with the same barriers: the count, then the state */
	waiter->state = hd_task_state(p);
	if (!waiter_is_asleep(p, waiter->state))
		return false;
	/* pairs with the release of ->on_cpu in a switch, which saves the pointer first */
	smp_rmb();
	waiter->low = (unsigned long)READ_ONCE(p->stack);
	waiter->high = waiter->low + THREAD_SIZE;
	waiter->end = saved_stack_pointer(p);
	if (!waiter->low || waiter->end < waiter->low ||
	    waiter->end >= waiter->high || waiter->end % sizeof(long))
		return false;
	words = (waiter->high - waiter->end) / sizeof(long);
	waiter->nr_words = min_t(unsigned long, words, HD_WAITER_WORDS);
	copy_regs(p, waiter);
	return hd_bytes_at(waiter->end, waiter->words,
			   waiter->nr_words * sizeof(long)) &&
	       hd_waiter_sleeps_on(p, waiter->switches);
}

/*
 * With pointer authentication, arm64 signs a return address in the bits above those of
 * the address.  Bit 55 is not part of that, and all upper bits of the kernel's own
 * addresses are ones.
 */
static unsigned long without_signature(unsigned long word)
{
#ifdef CONFIG_ARM64
	if (word & BIT(55))
		word |= ~0ul << 48;
#endif
	return word;
}

/**
 * hd_waiter_text() - the address in the kernel's own text that a word may be
 * @word: word of a stack
 *
 * The functions that wait for locks are in the kernel itself, not in modules, so they
 * are near schedule().  An address nearby that is not text has no name that matters.
 *
 * Context: any.
 * Return: the address; 0 where the word is none.
 */
unsigned long hd_waiter_text(unsigned long word)
{
	word = without_signature(word);
	return word - ((unsigned long)schedule - (16ul << 20)) < 32ul << 20 ?
		word : 0;
}

static const struct {
	const char *begins;
	enum hd_awaited kind;
} wait_functions[] = {
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
	{ "percpu_rwsem_wa", HD_AWAITS_PERCPU_RWSEM },
	{ "percpu_down_read", HD_AWAITS_PERCPU_RWSEM },
	{ "__percpu_down_read", HD_AWAITS_PERCPU_RWSEM },
	{ "percpu_down_write", HD_AWAITS_PERCPU_RWSEM },
	{ "wait_for_co", HD_AWAITS_COMPLETION },
	{ "__wait_for_co", HD_AWAITS_COMPLETION },
	{ "do_wait_for_co", HD_AWAITS_COMPLETION },
	{ "__sb_start_write", HD_AWAITS_THAW },
};

/**
 * hd_waiter_kind() - the kind of lock that a function of the kernel waits for
 * @function: name of the function
 *
 * Context: any.
 */
enum hd_awaited hd_waiter_kind(const char *function)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(wait_functions); i++)
		if (!strncmp(function, wait_functions[i].begins,
			     strlen(wait_functions[i].begins)))
			return wait_functions[i].kind;
	return HD_AWAITS_UNKNOWN;
}
