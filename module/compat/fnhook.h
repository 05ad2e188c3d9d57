/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A hook on the entry of a kernel function, by its first argument: through
 * ftrace where the kernel has it (36 instructions a hit), else through a
 * kprobe (154).
 */
#ifndef HD_COMPAT_FNHOOK_H
#define HD_COMPAT_FNHOOK_H

#include <linux/ftrace.h>
#include <linux/kprobes.h>
#include <linux/types.h>

/**
 * struct hd_fnhook - a function that is hooked
 * @symbol: its name
 * @handler: called at its entry with its first argument, preemption off;
 *	must not sleep, and must not call @symbol
 * @how: "ftrace" or "kprobe" once attached
 * @ops: of ftrace
 * @kp: of the kprobe
 */
struct hd_fnhook {
	const char *symbol;
	void (*handler)(unsigned long arg);
	const char *how;
#ifdef CONFIG_FUNCTION_TRACER
	struct ftrace_ops ops;
#endif
	struct kprobe kp;
};

int hd_fnhook_attach(struct hd_fnhook *hook);
void hd_fnhook_detach(struct hd_fnhook *hook);
unsigned long hd_fnhook_missed(const struct hd_fnhook *hook);

#endif /* HD_COMPAT_FNHOOK_H */
