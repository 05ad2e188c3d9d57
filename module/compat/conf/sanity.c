// SPDX-License-Identifier: GPL-2.0-only
/* What every kernel that hostdiag runs on has. */
#include <linux/module.h>
#include <linux/kprobes.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/tracepoint.h>
#include <trace/events/sched.h>

#if !defined(CONFIG_KPROBES) || !defined(CONFIG_TRACEPOINTS)
#error "hostdiag needs a kernel with CONFIG_KPROBES and CONFIG_TRACEPOINTS"
#endif
#if !defined(CONFIG_HAVE_SYSCALL_TRACEPOINTS) || !defined(CONFIG_PROC_FS)
#error "hostdiag needs CONFIG_HAVE_SYSCALL_TRACEPOINTS and CONFIG_PROC_FS"
#endif
