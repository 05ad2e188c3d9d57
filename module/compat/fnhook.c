// SPDX-License-Identifier: GPL-2.0-only
/* Hooks on function entry: ftrace where it can be had, else a kprobe. */
#include <linux/module.h>
#include <linux/ptrace.h>
#include <linux/string.h>
#include "fnhook.h"

#ifndef NOKPROBE_SYMBOL
#define NOKPROBE_SYMBOL(fn)
#endif

#if defined(HD_HAVE_FTRACE_FREGS) && \
	(defined(HD_HAVE_FTRACE_REGS_GET_ARGUMENT) || defined(CONFIG_X86_64))

/* the argument registers come with every call: full ones are not asked for */
static void on_ftrace(unsigned long ip, unsigned long parent_ip,
		      struct ftrace_ops *ops, struct ftrace_regs *fregs)
{
	struct hd_fnhook *hook = container_of(ops, struct hd_fnhook, ops);
	unsigned long arg;

#ifdef HD_HAVE_FTRACE_REGS_GET_ARGUMENT
	arg = ftrace_regs_get_argument(fregs, 0);
#else
	arg = fregs->regs.di;
#endif
	preempt_disable_notrace();
	hook->handler(arg);
	preempt_enable_notrace();
}

#define FTRACE_FLAGS	FTRACE_OPS_FL_PERMANENT
#define HAVE_FTRACE_HOOK

#elif defined(HD_HAVE_FTRACE_PTREGS) && \
	defined(CONFIG_DYNAMIC_FTRACE_WITH_REGS) && defined(CONFIG_X86_64)

static void on_ftrace(unsigned long ip, unsigned long parent_ip,
		      struct ftrace_ops *ops, struct pt_regs *regs)
{
	struct hd_fnhook *hook = container_of(ops, struct hd_fnhook, ops);

	preempt_disable_notrace();
	hook->handler(regs->di);
	preempt_enable_notrace();
}

/* up to 5.10 a handler that needs no recursion guard says so */
#ifdef FTRACE_OPS_FL_RECURSION_SAFE
#define FTRACE_FLAGS	(FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_RECURSION_SAFE)
#else
#define FTRACE_FLAGS	FTRACE_OPS_FL_SAVE_REGS
#endif
#define HAVE_FTRACE_HOOK

#endif

#ifdef HAVE_FTRACE_HOOK
static int attach_ftrace(struct hd_fnhook *hook)
{
	unsigned char *symbol = (unsigned char *)hook->symbol;
	int err;

	memset(&hook->ops, 0, sizeof(hook->ops));
	hook->ops.func = on_ftrace;
	hook->ops.flags = FTRACE_FLAGS;
	err = ftrace_set_filter(&hook->ops, symbol, strlen(symbol), 1);
	if (err)
		return err;
	err = register_ftrace_function(&hook->ops);
	if (err)
		ftrace_set_filter(&hook->ops, NULL, 0, 1);
	else
		hook->how = "ftrace";
	return err;
}

static void detach_ftrace(struct hd_fnhook *hook)
{
	unregister_ftrace_function(&hook->ops);
	ftrace_set_filter(&hook->ops, NULL, 0, 1);
}
#else
static int attach_ftrace(struct hd_fnhook *hook)
{
	return -EOPNOTSUPP;
}

static void detach_ftrace(struct hd_fnhook *hook)
{
}
#endif

static int on_kprobe(struct kprobe *kp, struct pt_regs *regs)
{
	struct hd_fnhook *hook = container_of(kp, struct hd_fnhook, kp);

#ifdef CONFIG_X86_64
	hook->handler(regs->di);
#else
	hook->handler(regs->regs[0]);
#endif
	return 0;
}
NOKPROBE_SYMBOL(on_kprobe);

static int attach_kprobe(struct hd_fnhook *hook)
{
	int err;

	memset(&hook->kp, 0, sizeof(hook->kp));
	hook->kp.symbol_name = hook->symbol;
	hook->kp.pre_handler = on_kprobe;
	err = register_kprobe(&hook->kp);
	if (!err)
		hook->how = "kprobe";
	return err;
}

/**
 * hd_fnhook_attach() - hook a function
 * @hook: symbol and handler are set; zeroed otherwise, or detached
 *
 * Context: process; may sleep.
 * Return: 0, or an error: -ENOENT where there is no such function.
 */
int hd_fnhook_attach(struct hd_fnhook *hook)
{
	return attach_ftrace(hook) ? attach_kprobe(hook) : 0;
}

/**
 * hd_fnhook_detach() - take the hook off; no handler runs when it returns
 * @hook: is attached
 *
 * Context: process; sleeps.
 */
void hd_fnhook_detach(struct hd_fnhook *hook)
{
	if (!strcmp(hook->how, "ftrace"))
		detach_ftrace(hook);
	else
		unregister_kprobe(&hook->kp);
	hook->how = NULL;
}

/**
 * hd_fnhook_missed() - hits that the kernel could not deliver
 * @hook: any
 *
 * Context: any.
 */
unsigned long hd_fnhook_missed(const struct hd_fnhook *hook)
{
	return hook->kp.nmissed;
}
