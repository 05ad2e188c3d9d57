// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is kept of a syscall that took long: its event, with the path of the
 * file that it was about; and on which device its D sleeps were.
 */
#include <linux/file.h>
#include <linux/ptrace.h>
#include "compat/stack.h"
#include "compat/syscall.h"
#include "core/params.h"
#include "store/rows.h"
#include "store/slow_call.h"
#include "pure/names.h"
#include "store/slow.h"
#include "store/path.h"
#include "store/places.h"
#include "store/task.h"

/* the descriptor that the call was about; -1: none */
static int fd_of(u32 key, long ret)
{
	u32 abi = hd_key_abi(key), nr = hd_key_nr(key);
	unsigned long args[6];

	if (hd_syscall_opens(abi, nr))
		return ret;
	if (!hd_syscall_has_fd(abi, nr))
		return -1;
	hd_syscall_args(current, args);
	return args[0];
}

/**
 * hd_slow_call() - the current task's call took long, or slept in D for long
 * @task: the task's record
 * @key: of the call
 * @ns: how long it took
 * @ret: what it returned
 *
 * Context: process, in the sys_exit event.
 */
void hd_slow_call(struct hd_task *task, u32 key, u64 ns, long ret)
{
	struct hd_event_task who = { task->tid, task->tgid, task->comm };
	int fd = fd_of(key, hd_syscall_failed(ret) ? -1 : ret);
	struct file *file = fd < 0 ? NULL : fget(fd);
	char path[HD_EVENT_PATH] = "";

	if (file) {
		if (task->d_place)
			hd_path_device(file, task->d_place->device,
				       sizeof(task->d_place->device));
		hd_path_in_hook(file, NULL, path, sizeof(path));
		fput(file);
	}
	task->d_place = NULL;
	if (ns < data_race(hd_thresholds.syscall_ns) ||
	    hd_wait_class(hd_key_abi(key), hd_key_nr(key), path) ==
	    HOSTDIAG_CLASS_IDLE)
		return;
	hd_path_show(path);
	hd_slow_syscall(&who, key, ns, ret, path);
}
