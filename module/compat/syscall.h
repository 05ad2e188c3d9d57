/* SPDX-License-Identifier: GPL-2.0-only */
/* The syscall tables and their numbers, and the syscall tracepoints. */
#ifndef HD_COMPAT_SYSCALL_H
#define HD_COMPAT_SYSCALL_H

#include <linux/compat.h>
#include <linux/err.h>
#include <linux/sched.h>
#include <asm/syscall.h>
#include "uapi/hostdiag.h"

#if defined(CONFIG_X86_64)
#define HD_ABI_NATIVE	HOSTDIAG_ABI_X86_64
#define HD_ABI_COMPAT	HOSTDIAG_ABI_I386
#define HD_ABI_BY_EXEC	false	/* a task may use both tables */
#define X32_BIT		0x40000000u
#elif defined(CONFIG_ARM64)
#define HD_ABI_NATIVE	HOSTDIAG_ABI_ARM64
#define HD_ABI_COMPAT	HOSTDIAG_ABI_ARM
#define HD_ABI_BY_EXEC	true	/* a task uses one table until it execs */
#else
#error "hostdiag knows the syscalls of x86-64 and arm64 only"
#endif

static __always_inline bool hd_syscall_failed(long ret)
{
	return IS_ERR_VALUE((unsigned long)ret);
}

/* Return: true where the current task is in a call of the 32-bit table. */
static __always_inline bool hd_in_compat_call(void)
{
#if defined(HD_HAVE_IN_IA32_SYSCALL)
	return in_ia32_syscall();
#elif defined(HD_HAVE_IS_IA32_TASK)
	return is_ia32_task();
#elif defined(HD_HAVE_IN_COMPAT_SYSCALL)
	return in_compat_syscall();
#else
	return is_compat_task();
#endif
}

/* AArch32 has a few calls of its own, far from all others */
static inline bool hd_syscall_is_private(u32 abi, u32 nr)
{
	return abi == HOSTDIAG_ABI_ARM && nr - 0xf0000 < 16;
}

/* hd_in_compat_call() for a task that sleeps */
static inline bool hd_task_in_compat_call(struct task_struct *p)
{
#if defined(CONFIG_ARM64)
	return is_compat_thread(task_thread_info(p));
#elif !defined(CONFIG_IA32_EMULATION)
	return false;
#elif defined(HD_HAVE_THREAD_STATUS)
	return p->thread.status & TS_COMPAT;
#else
	return task_thread_info(p)->status & TS_COMPAT;
#endif
}

/* Clears the bit of @nr that selects the table, and returns the table. */
static __always_inline u32 hd_syscall_native(u32 *nr)
{
#ifdef CONFIG_X86_64
	if (unlikely(*nr & X32_BIT) && *nr != ~0u) {
		*nr &= ~X32_BIT;
		return HOSTDIAG_ABI_X32;
	}
#endif
	return HD_ABI_NATIVE;
}

/**
 * hd_syscall_split() - find the table of a call, and its number there
 * @id: the number as user space has passed it, which may be any
 * @nr: set to the number; one of 2^32 or more becomes the highest one
 *
 * Context: process, in a call of the current task.
 * Return: enum hostdiag_abi.
 */
static __always_inline u32 hd_syscall_split(long id, u32 *nr)
{
	*nr = unlikely((unsigned long)id >> 32) ? ~0u : id;
	if (unlikely(hd_in_compat_call()))
		return HD_ABI_COMPAT;
	return hd_syscall_native(nr);
}

/**
 * hd_syscall_of() - find the call that a task is in, by its saved registers
 * @p: a task that runs in user space, and sleeps
 * @abi: set to enum hostdiag_abi
 * @nr: set to the number
 *
 * Context: any.
 * Return: false where the task is in no call, but in a page fault or another exception.
 */
static inline bool hd_syscall_of(struct task_struct *p, u32 *abi, u32 *nr)
{
	int id = syscall_get_nr(p, task_pt_regs(p));

	if (id < 0)
		return false;
	*nr = id;
	*abi = hd_task_in_compat_call(p) ? HD_ABI_COMPAT : hd_syscall_native(nr);
	return true;
}

/*
 * hd_syscall_first() - the lower half of the first argument of the call that ends,
 *	unless the call is of the i386 table; 0 where the call has changed the
 *	registers, as exec does
 */
static __always_inline u32 hd_syscall_first(const struct pt_regs *regs)
{
#ifdef CONFIG_X86_64
	return regs->di;
#else
	return regs->orig_x0;
#endif
}

/* the same for a call of the i386 table by the current task */
static inline u32 hd_syscall_first_i386(void)
{
#ifdef CONFIG_X86_64
	return task_pt_regs(current)->bx;
#else
	return 0;
#endif
}

/* copies the arguments of the call that a task is in, which is current or sleeps */
static inline void hd_syscall_args(struct task_struct *p,
				   unsigned long args[6])
{
#ifdef HD_HAVE_SYSCALL_GET_ARGS3
	syscall_get_arguments(p, task_pt_regs(p), args);
#else
	syscall_get_arguments(p, task_pt_regs(p), 0, 6, args);
#endif
}

/* fn(long id, arg) */
#define HD_PROBE_SYS_ENTER(probe, fn, arg)				\
static void probe(void *data, struct pt_regs *regs, long id)		\
{									\
	fn(id, arg);							\
}

/* fn(struct pt_regs *regs, long ret, ...) */
#define HD_PROBE_SYS_EXIT(probe, fn, ...)				\
static void probe(void *data, struct pt_regs *regs, long ret)		\
{									\
	fn(regs, ret, ##__VA_ARGS__);					\
}

#endif /* HD_COMPAT_SYSCALL_H */
