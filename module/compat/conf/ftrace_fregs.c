// SPDX-License-Identifier: GPL-2.0-only
/* 5.11: ftrace handlers take struct ftrace_regs */
#include <linux/module.h>
#include <linux/ftrace.h>

#ifndef CONFIG_FUNCTION_TRACER
#error "no function tracer"
#endif
void fn(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
	struct ftrace_regs *regs);

ftrace_func_t check = fn;
