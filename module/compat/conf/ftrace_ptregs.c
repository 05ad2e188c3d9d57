// SPDX-License-Identifier: GPL-2.0-only
/* 3.7 to 5.10: ftrace handlers take struct pt_regs */
#include <linux/module.h>
#include <linux/ftrace.h>

#ifndef CONFIG_FUNCTION_TRACER
#error "no function tracer"
#endif
void fn(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
	struct pt_regs *regs);

ftrace_func_t check = fn;
