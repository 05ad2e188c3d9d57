/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A hook on the entry of a kernel function, which gets its first argument: by ftrace
 * where the kernel has it (36 instructions for a hit on x86), else by a kprobe (154).
 */
#ifndef HD_COMPAT_FNHOOK_H
#define HD_COMPAT_FNHOOK_H

#include <linux/ftrace.h>
#include <linux/kprobes.h>
#include <linux/preempt.h>
#include <linux/ptrace.h>
#include <linux/types.h>

#ifndef NOKPROBE_SYMBOL
#define NOKPROBE_SYMBOL(fn)
#endif

#if defined(CONFIG_X86_64) && defined(HD_HAVE_FTRACE_PTREGS) && \
	defined(CONFIG_DYNAMIC_FTRACE_WITH_REGS)
#define HD_FTRACE_REGS		struct pt_regs
#define HD_FTRACE_ARG(regs)	((regs)->di)
#define HD_FTRACE_SAVE_REGS	FTRACE_OPS_FL_SAVE_REGS
#elif defined(HD_HAVE_FTRACE_FREGS) && defined(HD_HAVE_FTRACE_REGS_GET_ARGUMENT)
#define HD_FTRACE_REGS		struct ftrace_regs
#define HD_FTRACE_ARG(regs)	ftrace_regs_get_argument(regs, 0)
#define HD_FTRACE_SAVE_REGS	0
#elif defined(HD_HAVE_FTRACE_FREGS) && defined(CONFIG_X86_64)
/* up to 6.1 the registers are a member; those of the arguments are always saved */
#define HD_FTRACE_REGS		struct ftrace_regs
#define HD_FTRACE_ARG(fregs)	((fregs)->regs.di)
#define HD_FTRACE_SAVE_REGS	0
#elif defined(HD_HAVE_FTRACE_FREGS) && defined(CONFIG_ARM64) && \
	defined(CONFIG_DYNAMIC_FTRACE_WITH_REGS)
#define HD_FTRACE_REGS		struct ftrace_regs
#define HD_FTRACE_ARG(fregs)	((fregs)->regs.regs[0])
#define HD_FTRACE_SAVE_REGS	0
#endif

#ifdef CONFIG_X86_64
#define HD_KPROBE_ARG(regs)	((regs)->di)
#define HD_KPROBE_ARG2(regs)	((regs)->si)
#else
#define HD_KPROBE_ARG(regs)	((regs)->regs[0])
#define HD_KPROBE_ARG2(regs)	((regs)->regs[1])
#endif

/**
 * struct hd_fn_probe - the handlers of a hook; made by HD_FN_PROBE()
 * @ftrace: handler for ftrace; NULL where ftrace does not give arguments, and for a
 *	function that is called too rarely to be worth the time that ftrace takes to attach
 * @kprobe: handler for a kprobe; never NULL
 */
struct hd_fn_probe {
#ifdef HD_FTRACE_REGS
	ftrace_func_t ftrace;
#endif
	kprobe_pre_handler_t kprobe;
};

/*
 * HD_FN_PROBE(probe, fn): probe is a struct hd_fn_probe around fn(unsigned
 * long arg), which is inlined into it, and is called at the entry of the
 * hooked function with its first argument and preemption off.  It must not
 * sleep, nor call that function.
 */
#ifdef HD_FTRACE_REGS
#define HD_FN_PROBE(probe, fn)						\
static notrace void probe##_ftrace(unsigned long ip,			\
				   unsigned long parent_ip,		\
				   struct ftrace_ops *ops,		\
				   HD_FTRACE_REGS *regs)		\
{									\
	preempt_disable_notrace();					\
	fn(HD_FTRACE_ARG(regs));					\
	preempt_enable_notrace();					\
}									\
HD_FN_KPROBE(probe, fn)							\
static const struct hd_fn_probe probe = { probe##_ftrace, probe##_kprobe }
#else
#define HD_FN_PROBE(probe, fn)						\
HD_FN_KPROBE(probe, fn)							\
static const struct hd_fn_probe probe = { probe##_kprobe }
#endif

#define HD_FN_KPROBE(probe, fn)						\
static int probe##_kprobe(struct kprobe *kp, struct pt_regs *regs)	\
{									\
	fn(HD_KPROBE_ARG(regs));					\
	return 0;							\
}									\
NOKPROBE_SYMBOL(probe##_kprobe);

/* the same of a rare function, and of fn(unsigned long arg, unsigned long arg2) */
#define HD_RARE_PROBE(probe, fn)					\
static int probe##_kprobe(struct kprobe *kp, struct pt_regs *regs)	\
{									\
	fn(HD_KPROBE_ARG(regs), HD_KPROBE_ARG2(regs));			\
	return 0;							\
}									\
NOKPROBE_SYMBOL(probe##_kprobe);					\
static const struct hd_fn_probe probe = { .kprobe = probe##_kprobe }

/**
 * struct hd_fnhook - a hook on a function
 * @symbol: name of the function
 * @probe: the handlers
 * @how: "ftrace" or "kprobe" while it is attached, else NULL
 * @ops: registration with ftrace
 * @kp: registration of the kprobe
 */
struct hd_fnhook {
	const char *symbol;
	const struct hd_fn_probe *probe;
	const char *how;
#ifdef HD_FTRACE_REGS
	struct ftrace_ops ops;
#endif
	struct kprobe kp;
};

int hd_fnhook_attach(struct hd_fnhook *hook);
void hd_fnhook_detach(struct hd_fnhook *hook);
bool hd_fnhook_is_gone(struct hd_fnhook *hook);
unsigned long hd_fnhook_missed(const struct hd_fnhook *hook);

#endif /* HD_COMPAT_FNHOOK_H */
