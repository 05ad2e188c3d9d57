// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls that began before the module was loaded.  The snapshot lacks them, but
 * /proc/TID/syscall shows the call of a sleeping task to a reader that is allowed
 * to trace it.
 */
#include <stdlib.h>
#include "why/parts.h"

#define ELF_CLASS	4	/* offset of the class in an ELF file */
#define ELF_32		1

/*
 * A task whose stack is above 4 GiB is a 64-bit one.  Only otherwise is the ELF
 * header of its executable read, which may be on a file system that hangs.
 */
static bool is_32_bit(const struct hd_why *why, u32 tid, u64 stack)
{
	u8 ident[ELF_CLASS + 1] = { 0 };

	return stack >> 32 == 0 &&
	       hd_file_read(ident, sizeof(ident), 0, "%s/proc/%u/exe",
			    why->root, tid) &&
	       ident[ELF_CLASS] == ELF_32;
}

static u32 abi_of(const struct hd_why *why, u32 tid, u64 stack)
{
	bool narrow = is_32_bit(why, tid, stack);

#ifdef __aarch64__
	return narrow ? HOSTDIAG_ABI_ARM : HOSTDIAG_ABI_ARM64;
#else
	return narrow ? HOSTDIAG_ABI_I386 : HOSTDIAG_ABI_X86_64;
#endif
}

/*
 * Return: false for "running", for "-1 ...", which is a task outside of calls, and
 * for a kernel thread, whose line has zeroes only.
 */
static bool read_call(const char *text, u32 *nr, u64 args[6], u64 *stack)
{
	return text[0] != '-' &&
	       sscanf(text, "%u %llx %llx %llx %llx %llx %llx %llx", nr,
		      &args[0], &args[1], &args[2], &args[3], &args[4],
		      &args[5], stack) == 8 && *stack;
}

static void read_path(const struct hd_why *why, u32 tid,
		      struct hd_stuck_row *stuck)
{
	char link[HD_PROC_PATH];

	if (stuck->fd >= 0 &&
	    hd_proc_link(why, link, "%u/fd/%d", tid, stuck->fd))
		snprintf(stuck->path, sizeof(stuck->path), "%.*s",
			 (int)sizeof(stuck->path) - 1, link);
}

/* wchan is the name of a function, or "0" */
static void read_place(const struct hd_why *why, u32 tid,
		       struct hd_stuck_row *stuck)
{
	char *text = hd_proc_text(why, "%u/wchan", tid);

	if (text && strcmp(text, "0"))
		hd_escape(text, strlen(text), stuck->place,
			  sizeof(stuck->place));
	free(text);
}

/**
 * hd_why_unseen() - find the call of a task that the snapshot lacks
 * @why: the host
 * @tid: the task
 * @task: filled, without an age
 *
 * Return: false if the task is in no call, or the reader may not read its call.
 */
bool hd_why_unseen(const struct hd_why *why, u32 tid, struct hd_why_task *task)
{
	struct hd_stuck_row *stuck = &task->stuck;
	struct hd_proc_status status;
	bool is_inside;
	u64 sp = 0;
	char *text;

	memset(task, 0, sizeof(*task));
	if (!hd_proc_status(why, tid, &status))
		return false;
	text = hd_proc_text(why, "%u/syscall", tid);
	is_inside = text && read_call(text, &stuck->nr, stuck->args, &sp);
	free(text);
	if (!is_inside)
		return false;
	task->tid = tid;
	task->tgid = status.tgid;
	memcpy(task->comm, status.comm, sizeof(task->comm));
	stuck->abi = abi_of(why, tid, sp);
	stuck->state = status.state;
	stuck->fd = hd_syscall_has_fd(stuck->abi, stuck->nr) ? (s32)stuck->args[0] : -1;
	read_path(why, tid, stuck);
	read_place(why, tid, stuck);
	stuck->class = hd_wait_class(stuck->abi, stuck->nr, stuck->path);
	return true;
}
