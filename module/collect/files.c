// SPDX-License-Identifier: GPL-2.0-only
/*
 * Open to close, by open file description.
 *
 * An open is seen at the exit of a syscall that opens a path.  Only such syscalls
 * are counted, so sockets, pipes and memfds need no filter; while the syscall hooks
 * are on, an open needs no hook of its own.  A close is seen in __fput(), where the
 * last reference is dropped, by whichever task.
 */
#include <linux/anon_inodes.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/ptrace.h>
#include "collect/collect.h"
#include "compat/syscall.h"
#include "core/cost.h"
#include "store/open_files.h"
#include "pure/names.h"
#include "store/task.h"

/* It is attached only while the syscall hooks, which know the call, are off. */
static __always_inline void on_sys_exit(struct pt_regs *regs, long ret)
{
	struct hd_task *task;
	u32 abi, nr;
	u64 began;

	if (hd_syscall_failed(ret))
		return;
	abi = hd_syscall_split(syscall_get_nr(current, regs), &nr);
	if (!hd_syscall_opens(abi, nr))
		return;
	began = hd_cost_begin(HD_HIT_OPEN);
	task = hd_task_find(current, HD_PENDING_CALLS);
	if (task)
		hd_open_files_opened(task, ret, hd_clock_read());
	else
		hd_open_files_missed(ret);
	hd_cost_end(HD_HIT_OPEN, began);
}

static __always_inline void on_fput(unsigned long file)
{
	u64 began = hd_cost_begin(HD_HIT_RELEASE);

	hd_open_files_released((struct file *)file);
	hd_cost_end(HD_HIT_RELEASE, began);
}

HD_PROBE_SYS_EXIT(probe_sys_exit, on_sys_exit)
HD_FN_PROBE(probe_fput, on_fput);

/* Opens and closes a file that no task has: the hook on __fput() must see it. */
static bool cause_release(void)
{
	struct file *file = anon_inode_getfile("hostdiag", &generic_ro_fops,
					       NULL, O_RDONLY);

	if (IS_ERR(file))
		return false;
	fput(file);
	return true;
}

const struct hd_collector hd_collector_files = {
	.name = "files",
	.group = HOSTDIAG_F_FILES,
	.forget = hd_open_files_forget,
	.cause = cause_release,
	.hooks = {
		{ .symbol = "__fput", .fn_probe = &probe_fput,
		  .hit = HD_HIT_RELEASE },
		{ .event = "sys_exit", .probe = probe_sys_exit,
		  .hit = HD_HIT_OPEN, .unless = HOSTDIAG_F_SYSCALLS },
	},
};
