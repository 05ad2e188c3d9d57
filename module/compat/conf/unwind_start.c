// SPDX-License-Identifier: GPL-2.0-only
/* x86 from 4.14: the unwinder itself */
#include <linux/module.h>
#include <linux/sched.h>
#include <asm/unwind.h>

unsigned long stack(struct task_struct *p)
{
	struct unwind_state state;

	unwind_start(&state, p, NULL, NULL);
	unwind_next_frame(&state);
	return unwind_get_return_address(&state);
}
