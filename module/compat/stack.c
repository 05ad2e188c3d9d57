// SPDX-License-Identifier: GPL-2.0-only
/*
 * The stack of a task that sleeps.  Kernels differ in what they export: a function
 * that saves the trace of any task, the unwinder below it, or neither.  On arm64 the
 * frames are a linked list.
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
	/* an older kernel ends the trace with ULONG_MAX */
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
/* Each frame begins with the address of the next frame and a return address. */
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
 * hd_stack_of_sleeper() - save the trace of a task that sleeps
 * @p: the task, which sleeps or is about to be switched in until this returns
 * @place: filled with return addresses, innermost first; HD_STACK_DEPTH of them
 *
 * Context: any but NMI; takes no lock, and bounded time.
 * Return: number of return addresses; 0 where the kernel exports no way.
 */
u32 hd_stack_of_sleeper(struct task_struct *p, unsigned long *place)
{
	return save_trace(p, place);
}

/**
 * hd_stack_is_entry() - is a function one of the entry code, or of the start of a thread?
 * @name: name of the function
 *
 * All calls pass through these, so they do not tell where a task sleeps.
 *
 * Context: any.
 */
bool hd_stack_is_entry(const char *name)
{
	/* a '*' stands for any end; a compiler may add an end after a '.' */
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
 * Thousands of tasks sleep in a few places, and unwinding is most of the cost of a
 * look at a stack.  A stack that has the same return addresses at the same offsets as
 * one that was unwound need not be unwound.  The offsets are the same from the stack
 * pointer up.  Only those of the callers of the function that randomises the offset of
 * the stack are the same from the top down.
 */
#ifdef CONFIG_X86_64
#ifndef READ_ONCE_NOCHECK
#define READ_ONCE_NOCHECK(x)	READ_ONCE(x)
#endif

/* bytes; a longer stack is rare, and takes long to search */
#define SEARCHED	2048u

static unsigned long stack_word(unsigned long addr)
{
	return READ_ONCE_NOCHECK(*(unsigned long *)addr);
}

/* Return: false where an address is missing, or there twice, which is ambiguous. */
static bool find_slots(struct hd_seen_stack *one, unsigned long end,
		       unsigned long top)
{
	unsigned long at;
	u32 i, found = 0;

	memset(one->down, 0, sizeof(one->down));
	one->reach = top - end;
	for (at = end; at < top; at += sizeof(long)) {
		for (i = 0; i < one->depth; i++) {
			if (one->addrs[i] != stack_word(at))
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

static bool is_same_stack(const struct hd_seen_stack *one, unsigned long end,
			  unsigned long top)
{
	u32 i;

	if (top - end < one->reach)
		return false;
	for (i = 0; i < one->depth; i++)
		if (one->addrs[i] != stack_word(end + one->up[i]) &&
		    one->addrs[i] != stack_word(top - one->down[i]))
			return false;
	return i;
}

static u32 save_similar_trace(struct task_struct *p, struct hd_seen_stack *one,
			      unsigned long *place)
{
	unsigned long end = p->thread.sp;
	unsigned long top = (unsigned long)task_stack_page(p) + THREAD_SIZE;
	u32 depth;

	if (top - end > SEARCHED || end % sizeof(long))
		return save_trace(p, place);
	depth = one->depth;
	if (is_same_stack(one, end, top)) {
		memcpy(place, one->addrs, depth * sizeof(*place));
		return depth;
	}
	depth = save_trace(p, place);
	one->depth = depth;
	memcpy(one->addrs, place, depth * sizeof(*place));
	if (!find_slots(one, end, top))
		one->depth = 0;
	return depth;
}
#else
static u32 save_similar_trace(struct task_struct *p, struct hd_seen_stack *one,
			      unsigned long *place)
{
	return save_trace(p, place);
}
#endif

static bool task_is_asleep(struct task_struct *p, unsigned long state)
{
#ifdef CONFIG_SMP
	/* the task may still be switched out */
	if (READ_ONCE(p->on_cpu))
		return false;
#endif
	/* an exited task has no stack any more */
	return state && state != TASK_WAKING && !(state & TASK_DEAD) &&
	       hd_task_off_queue(p);
}

/* Interrupts are off.  @seen may be NULL. */
static bool copy_sleeper(struct task_struct *p, struct hd_seen_stack *seen,
			 struct hd_sleeper *sleeper)
{
	lockdep_assert_held(&p->pi_lock);
	sleeper->depth = 0;
	memset(sleeper->args, 0, sizeof(sleeper->args));
	sleeper->state = hd_task_state(p);
	smp_rmb();	/* as in try_to_wake_up(): the state, then ->on_rq and ->on_cpu */
	if (!task_is_asleep(p, sleeper->state))
		return false;
	sleeper->depth = seen ? save_similar_trace(p, seen, sleeper->addrs) :
				save_trace(p, sleeper->addrs);
	if (!(p->flags & PF_KTHREAD))
		hd_syscall_args(p, sleeper->args);
	return true;
}

/**
 * hd_sleeper_look() - copy the trace of a task that sleeps
 * @p: the task; the caller holds a reference to it
 * @call: number of the call that the task is in; a task in the same call is likely to
 *	sleep in the same place
 * @seen: cache of traces, which the caller has zeroed at first
 * @sleeper: filled
 *
 * A wakeup takes the pi_lock of the task first.  While it is held here, a task that
 * sleeps stays asleep, and its stack does not change.  No task that sleeps holds it.
 *
 * Context: process.
 * Return: false where the task does not sleep; then only the state is valid.
 */
bool hd_sleeper_look(struct task_struct *p, u32 call,
		     struct hd_seen_stacks *seen, struct hd_sleeper *sleeper)
{
	unsigned long flags;
	bool asleep;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	asleep = copy_sleeper(p, &seen->entries[call % HD_SEEN_STACKS], sleeper);
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	return asleep;
}

/**
 * hd_sleeper_try() - as hd_sleeper_look(), but never wait for the lock
 * @p: the task, which must not go away meanwhile
 * @sleeper: filled
 *
 * Context: any, including a panic.
 * Return: false where the task does not sleep, or its pi_lock is taken.
 */
bool hd_sleeper_try(struct task_struct *p, struct hd_sleeper *sleeper)
{
	unsigned long flags;
	bool asleep;

	memset(sleeper, 0, sizeof(*sleeper));
	if (!raw_spin_trylock_irqsave(&p->pi_lock, flags))
		return false;
	asleep = copy_sleeper(p, NULL, sleeper);
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	return asleep;
}
