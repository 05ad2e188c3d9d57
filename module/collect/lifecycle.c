// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of a task's record.  task_newtask makes it, before the task runs (the
 * kernel's own io threads have no fork event); task_rename gives it another comm;
 * sched_process_exec another pid, where the thread that execs is not the
 * thread-group leader; sched_process_exit ends the call in progress; and
 * sched_process_free retires it, since the files of a dying task are closed after
 * its exit event.
 */
#include "collect/collect.h"
#include "compat/sched.h"
#include "core/cost.h"
#include "store/open_files.h"
#include "store/task.h"
#include "store/task_retire.h"

static __always_inline void on_newtask(struct task_struct *p)
{
	u64 began = hd_cost_begin(HD_HIT_NEWTASK);

	hd_task_make(p);
	hd_cost_end(HD_HIT_NEWTASK, began);
}

static __always_inline void on_exec(struct task_struct *p)
{
	u64 began = hd_cost_begin(HD_HIT_EXEC);
	struct hd_task *task = hd_task_execs(p);

	if (task)
		hd_open_files_identify(task);
	hd_cost_end(HD_HIT_EXEC, began);
}

static __always_inline void on_rename(struct task_struct *p, const char *comm)
{
	u64 began = hd_cost_begin(HD_HIT_RENAME);

	hd_task_identify(p, comm);
	hd_cost_end(HD_HIT_RENAME, began);
}

static __always_inline void on_exit(struct task_struct *p)
{
	u64 began = hd_cost_begin(HD_HIT_EXIT);

	hd_task_end(p);
	hd_cost_end(HD_HIT_EXIT, began);
}

static __always_inline void on_free(struct task_struct *p)
{
	u64 began = hd_cost_begin(HD_HIT_FREE);

	hd_task_retire(p);
	hd_cost_end(HD_HIT_FREE, began);
}

HD_PROBE_TASK_NEWTASK(probe_newtask, on_newtask)
HD_PROBE_SCHED_PROCESS_EXEC(probe_exec, on_exec)
HD_PROBE_TASK_RENAME(probe_rename, on_rename)
HD_PROBE_SCHED_PROCESS_EXIT(probe_exit, on_exit)
HD_PROBE_SCHED_PROCESS_FREE(probe_free, on_free)

const struct hd_collector hd_collector_lifecycle = {
	.name = "lifecycle",
	.group = HD_GROUP_ALWAYS,
	.clock_changed = hd_tasks_convert,
	.hooks = {
		{ .event = "sched_process_free", .probe = probe_free,
		  .hit = HD_HIT_FREE },
		{ .event = "task_newtask", .probe = probe_newtask,
		  .hit = HD_HIT_NEWTASK },
		{ .event = "sched_process_exec", .probe = probe_exec,
		  .hit = HD_HIT_EXEC },
		{ .event = "task_rename", .probe = probe_rename,
		  .hit = HD_HIT_RENAME },
		{ .event = "sched_process_exit", .probe = probe_exit,
		  .hit = HD_HIT_EXIT },
	},
};
