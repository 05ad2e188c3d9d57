// SPDX-License-Identifier: GPL-2.0-only
/*
 * A syscall that took long leaves an event with the path of the file that it worked
 * on; and its D sleeps get the device of that file.
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

/* the descriptor of the file that the call worked on; -1: none */
static int call_fd(u32 key, long ret)
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
 * @key: hd_row_key() of the call
 * @ns: latency of the call
 * @ret: return value of the call
 *
 * Context: process, in the sys_exit event.
 */
void hd_slow_call(struct hd_task *task, u32 key, u64 ns, long ret)
{
	struct hd_event_task who = { task->tid, task->tgid, task->comm };
	int fd = call_fd(key, hd_syscall_failed(ret) ? -1 : ret);
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
