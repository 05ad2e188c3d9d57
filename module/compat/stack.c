// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where a task sleeps.  The kernels differ in what they let a module have:
 * a function for any task's stack, the unwinder behind it, or neither; on
 * arm64 the frames are a list.
 */
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#ifdef HD_HAVE_TASK_STACK_H
#include <linux/sched/task_stack.h>
#endif
#if defined(HD_HAVE_UNWIND_START)
#include <asm/unwind.h>
#endif
#include "sched.h"
#include "stack.h"
#include "syscall.h"

#if defined(HD_HAVE_STACK_TRACE_SAVE_TSK)
static u32 save_trace(struct task_struct *p, unsigned long *place)
{
	return stack_trace_save_tsk(p, place, HD_STACK_DEPTH, 0);
}
#elif defined(HD_HAVE_SAVE_STACK_TRACE_TSK)
static u32 save_trace(struct task_struct *p, unsigned long *place)
{
	struct stack_trace trace = {
		.max_entries = HD_STACK_DEPTH,
		.entries = place,
	};

	save_stack_trace_tsk(p, &trace);
	/* it may end with a mark */
	while (trace.nr_entries && place[trace.nr_entries - 1] == ULONG_MAX)
		trace.nr_entries--;
	return trace.nr_entries;
}
#elif defined(HD_HAVE_UNWIND_START)
static u32 save_trace(struct task_struct *p, unsigned long *place)
{
	struct unwind_state state;
	unsigned long addr;
	u32 depth = 0;

	for (unwind_start(&state, p, NULL, NULL);
	     depth < HD_STACK_DEPTH && !unwind_done(&state);
	     unwind_next_frame(&state)) {
		addr = unwind_get_return_address(&state);
		if (!addr)
			break;
		place[depth++] = addr;
	}
	return depth;
}
#elif defined(CONFIG_ARM64)
/* each frame begins with the address of the next one and a return address */
static u32 save_trace(struct task_struct *p, unsigned long *place)
{
	unsigned long low = (unsigned long)task_stack_page(p);
	unsigned long fp = thread_saved_fp(p);
	unsigned long last = low;
	u32 depth = 0;

	place[depth++] = thread_saved_pc(p);
	while (depth < HD_STACK_DEPTH && fp > last && !(fp & 7) &&
	       fp <= low + THREAD_SIZE - 2 * sizeof(long)) {
		last = fp;
		place[depth] = READ_ONCE_NOCHECK(*(unsigned long *)(fp + 8));
#ifdef CONFIG_ARM64_PTR_AUTH
		place[depth] = ptrauth_strip_insn_pac(place[depth]);
#endif
		if (!place[depth])
			break;
		depth++;
		fp = READ_ONCE_NOCHECK(*(unsigned long *)fp);
	}
	return depth;
}
#else
static u32 save_trace(struct task_struct *p, unsigned long *place)
{
	return 0;
}
#endif

/**
 * hd_stack_of_sleeper() - the functions that a task sleeps in
 * @p: sleeps, or is about to be switched in; the caller sees to it that it stays so
 * @place: HD_STACK_DEPTH places
 *
 * Context: any but NMI; takes no lock, and bounded time.
 * Return: how many there are, innermost first; 0 where the kernel does not
 * tell.
 */
u32 hd_stack_of_sleeper(struct task_struct *p, unsigned long *place)
{
	return save_trace(p, place);
}

/**
 * hd_stack_is_entry() - is a function the way into the kernel, or to a thread?
 * @name: of the function
 *
 * All calls come that way, so it does not tell where one sleeps.
 *
 * Context: any.
 */
bool hd_stack_is_entry(const char *name)
{
	/* up to a '*', any end goes; a compiler may add one after a '.' */
	static const char *const entries[] = {
		"kthread", "ret_from_*", "child_rip", "kernel_thread_helper",
#if defined(CONFIG_X86_64)
		"x64_sys_call", "x32_sys_call", "ia32_sys_call",
		"do_syscall_64", "do_syscall_x64", "do_fast_syscall_32",
		"__do_fast_syscall_32", "do_SYSENTER_32", "do_int80_*",
		"int80_emulation", "entry_*", "asm_*", "system_call*",
		"sysenter_*", "cstar_*", "tracesys*", "ia32_sys*",
		"page_fault", "async_page_fault",
#elif defined(CONFIG_ARM64)
		"invoke_syscall", "__invoke_syscall", "do_el0_*", "el0_*",
		"el0t_*", "ret_fast_syscall", "__sys_trace*",
#endif
	};
	size_t i, len;

	for (i = 0; i < ARRAY_SIZE(entries); i++) {
		len = strcspn(entries[i], "*");
		if (strncmp(name, entries[i], len))
			continue;
		if (entries[i][len] || !name[len] || name[len] == '.')
			return true;
	}
	return false;
}

/*
 * Thousands of tasks sleep in a few places, and to unwind a stack is most of
 * what it takes to see where.  A stack that has the same return addresses in
 * the same places as one that was unwound needs it no more.  The places are
 * the same from the end of the stack up, but for those of the callers of the
 * function that makes the stack begin at random: these are the same from the
 * top down.
 */
#ifdef CONFIG_X86_64
#ifndef READ_ONCE_NOCHECK
#define READ_ONCE_NOCHECK(x)	READ_ONCE(x)
#endif

/* bytes; longer ones are rare, and take long to search */
#define SEARCHED	2048u

static unsigned long word_at(unsigned long addr)
{
	return READ_ONCE_NOCHECK(*(unsigned long *)addr);
}

/* false: an address is not there, or twice: what is what is not clear */
static bool find_slots(struct hd_seen_stack *one, unsigned long end,
		       unsigned long top)
{
	unsigned long at;
	u32 i, found = 0;

	memset(one->down, 0, sizeof(one->down));
	one->reach = top - end;
	for (at = end; at < top; at += sizeof(long)) {
		for (i = 0; i < one->depth; i++) {
			if (one->place[i] != word_at(at))
				continue;
			if (one->down[i])
				return false;
			one->up[i] = at - end;
			one->down[i] = top - at;
			found++;
		}
	}
	return found == one->depth;
}

static bool is_same(const struct hd_seen_stack *one, unsigned long end,
		    unsigned long top)
{
	u32 i;

	if (top - end < one->reach)
		return false;
	for (i = 0; i < one->depth; i++)
		if (one->place[i] != word_at(end + one->up[i]) &&
		    one->place[i] != word_at(top - one->down[i]))
			return false;
	return i;
}

static u32 save_seen(struct task_struct *p, struct hd_seen_stack *one,
		     unsigned long *place)
{
	unsigned long end = p->thread.sp;
	unsigned long top = (unsigned long)task_stack_page(p) + THREAD_SIZE;
	u32 depth;

	if (top - end > SEARCHED || end % sizeof(long))
		return save_trace(p, place);
	depth = one->depth;
	if (is_same(one, end, top)) {
		memcpy(place, one->place, depth * sizeof(*place));
		return depth;
	}
	depth = save_trace(p, place);
	one->depth = depth;
	memcpy(one->place, place, depth * sizeof(*place));
	if (!find_slots(one, end, top))
		one->depth = 0;
	return depth;
}
#else
static u32 save_seen(struct task_struct *p, struct hd_seen_stack *one,
		     unsigned long *place)
{
	return save_trace(p, place);
}
#endif

static bool is_asleep(struct task_struct *p, unsigned long state)
{
#ifdef CONFIG_SMP
	/* it may still be on its way from the CPU */
	if (READ_ONCE(p->on_cpu))
		return false;
#endif
	/* the dead have no stack any more */
	return state && state != TASK_WAKING && !(state & TASK_DEAD) &&
	       hd_task_off_queue(p);
}

/* interrupts are off; @seen may be NULL */
static bool see_stack(struct task_struct *p, struct hd_seen_stack *seen,
		      struct hd_sleeper *sleeper)
{
	lockdep_assert_held(&p->pi_lock);
	sleeper->depth = 0;
	memset(sleeper->args, 0, sizeof(sleeper->args));
	sleeper->state = hd_task_state(p);
	smp_rmb();	/* the state before on_rq, as the scheduler's own tests */
	if (!is_asleep(p, sleeper->state))
		return false;
	sleeper->depth = seen ? save_seen(p, seen, sleeper->place) :
				save_trace(p, sleeper->place);
	if (!(p->flags & PF_KTHREAD))
		hd_syscall_args(p, sleeper->args);
	return true;
}

/**
 * hd_sleeper_look() - see where a task sleeps
 * @p: the caller holds a reference to it
 * @call: number of the call that it is in: others in it may sleep there, too
 * @seen: of the caller, zeroed at first
 * @sleeper: filled
 *
 * Who wakes a task takes its pi_lock first: while it is held here, a task
 * that sleeps stays asleep, and so does its stack.  No sleeper holds it.
 *
 * Context: process.
 * Return: false where it does not sleep; only the state is told then.
 */
bool hd_sleeper_look(struct task_struct *p, u32 call,
		     struct hd_seen_stacks *seen, struct hd_sleeper *sleeper)
{
	unsigned long flags;
	bool asleep;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	asleep = see_stack(p, &seen->one[call % HD_SEEN_STACKS], sleeper);
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	return asleep;
}

/**
 * hd_sleeper_try() - as hd_sleeper_look(), but wait for nobody
 * @p: cannot go away meanwhile
 * @sleeper: filled
 *
 * Context: any, even in a panic.
 * Return: false where it does not sleep, or somebody is about to wake it.
 */
bool hd_sleeper_try(struct task_struct *p, struct hd_sleeper *sleeper)
{
	unsigned long flags;
	bool asleep;

	memset(sleeper, 0, sizeof(*sleeper));
	if (!raw_spin_trylock_irqsave(&p->pi_lock, flags))
		return false;
	asleep = see_stack(p, NULL, sleeper);
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	return asleep;
}
