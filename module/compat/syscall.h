/* SPDX-License-Identifier: GPL-2.0-only */
/* Which syscall table a number belongs to, and the syscall tracepoints. */
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
#define HD_ABI_BY_EXEC	false	/* any call may be of either table */
#define X32_BIT		0x40000000u
#elif defined(CONFIG_ARM64)
#define HD_ABI_NATIVE	HOSTDIAG_ABI_ARM64
#define HD_ABI_COMPAT	HOSTDIAG_ABI_ARM
#define HD_ABI_BY_EXEC	true	/* until it execs, all calls of a task are of one */
#else
#error "hostdiag knows the syscalls of x86-64 and arm64 only"
#endif

static __always_inline bool hd_syscall_failed(long ret)
{
	return IS_ERR_VALUE((unsigned long)ret);
}

/* true in a call of the 32-bit table; in the context of the caller only */
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

/**
 * hd_syscall_split() - which table, and which number in it
 * @id: raw, as the caller gave it; may be anything
 * @nr: set; numbers from 2^32 on become the highest one
 *
 * Context: the caller's.
 * Return: enum hostdiag_abi.
 */
static __always_inline u32 hd_syscall_split(long id, u32 *nr)
{
	*nr = unlikely((unsigned long)id >> 32) ? ~0u : id;
	if (unlikely(hd_in_compat_call()))
		return HD_ABI_COMPAT;
#ifdef CONFIG_X86_64
	if (unlikely(*nr & X32_BIT) && *nr != ~0u) {
		*nr &= ~X32_BIT;
		return HOSTDIAG_ABI_X32;
	}
#endif
	return HD_ABI_NATIVE;
}

/* the arguments of the call that a task is in; it is current, or sleeps */
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

/* fn(long ret, arg) */
#define HD_PROBE_SYS_EXIT(probe, fn, arg)				\
static void probe(void *data, struct pt_regs *regs, long ret)		\
{									\
	fn(ret, arg);							\
}

#endif /* HD_COMPAT_SYSCALL_H */
