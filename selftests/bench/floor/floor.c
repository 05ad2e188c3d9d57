// SPDX-License-Identifier: GPL-2.0-only
/*
 * Empty probes on the three events that nobody can do without who measures
 * syscalls and sleep: what remains when hostdiag does nothing.
 */
#include <linux/module.h>
#include "compat/sched.h"
#include "compat/syscall.h"
#include "compat/tracepoint.h"

static __always_inline void nothing(long value, int arg)
{
}

static __always_inline void no_switch(struct task_struct *prev,
				      unsigned long state, bool preempt,
				      struct task_struct *next)
{
}

static __always_inline void no_exit(const struct pt_regs *regs, long ret)
{
}

HD_PROBE_SYS_ENTER(on_enter, nothing, 0)
HD_PROBE_SYS_EXIT(on_exit, no_exit)
HD_PROBE_SCHED_SWITCH(on_switch, no_switch)

static const struct {
	const char *event;
	void *probe;
} probes[] = {
	{ "sys_enter", on_enter },
	{ "sys_exit", on_exit },
	{ "sched_switch", on_switch },
};

static void detach(int upto)
{
	while (upto--)
		hd_tracepoint_unregister(probes[upto].event,
					 probes[upto].probe);
	hd_tracepoint_synchronize();
}

static int __init floor_init(void)
{
	int i, err;

	for (i = 0; i < ARRAY_SIZE(probes); i++) {
		err = hd_tracepoint_register(probes[i].event, probes[i].probe);
		if (err) {
			detach(i);
			return err;
		}
	}
	return 0;
}

static void __exit floor_exit(void)
{
	detach(ARRAY_SIZE(probes));
}

module_init(floor_init);
module_exit(floor_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Empty probes, to measure what any hook costs");
