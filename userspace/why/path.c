// SPDX-License-Identifier: GPL-2.0-only
#include "why/parts.h"

#define PAGE_LEAST	4096

/**
 * struct call - a call that has a path for an argument
 * @name: its name
 * @arg: index of that argument
 */
struct call {
	const char *name;
	u32 arg;
};

static const struct call path_calls[] = {
	{ "open", 0 }, { "creat", 0 }, { "openat", 1 }, { "openat2", 1 },
	{ "stat", 0 }, { "lstat", 0 }, { "stat64", 0 }, { "lstat64", 0 },
	{ "newfstatat", 1 }, { "fstatat64", 1 }, { "statx", 1 },
	{ "access", 0 }, { "faccessat", 1 }, { "faccessat2", 1 },
	{ "readlink", 0 }, { "readlinkat", 1 }, { "statfs", 0 },
	{ "statfs64", 0 }, { "truncate", 0 }, { "truncate64", 0 },
	{ "unlink", 0 }, { "unlinkat", 1 }, { "mkdir", 0 }, { "mkdirat", 1 },
	{ "rmdir", 0 }, { "rename", 0 }, { "renameat", 1 },
	{ "renameat2", 1 }, { "chdir", 0 }, { "chmod", 0 }, { "chown", 0 },
	{ "execve", 0 }, { "execveat", 1 }, { "mount", 1 }, { "umount2", 0 },
};

/* read page by page, since the page behind the text may not be mapped */
static bool read_text(const struct hd_why *why, u32 tid, u64 address,
		      char *to, size_t size)
{
	size_t used = 0, part;

	while (used < size - 1) {
		part = PAGE_LEAST - (address + used) % PAGE_LEAST;
		if (part > size - 1 - used)
			part = size - 1 - used;
		if (!hd_proc_memory(why, tid, address + used, to + used, part))
			break;
		if (memchr(to + used, '\0', part))
			return true;
		used += part;
	}
	to[used] = '\0';
	return used;
}

/**
 * hd_why_path() - report the path that the call of a task is about
 * @why: the host
 * @task: the task
 * @wait: its @on is set
 */
void hd_why_path(const struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait)
{
	const struct hd_stuck_row *stuck = &task->stuck;
	char buf[HD_NAME_LEN], path[512], text[HD_WHY_TEXT - 8];
	const char *name = hd_syscall_name(stuck->abi, stuck->nr, buf);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(path_calls); i++) {
		if (strcmp(name, path_calls[i].name) ||
		    !read_text(why, task->tid, stuck->args[path_calls[i].arg], path,
			       sizeof(path)))
			continue;
		snprintf(wait->on, sizeof(wait->on), " of %s",
			 hd_escape(path, strlen(path), text, sizeof(text)));
	}
	if (strstr(stuck->place, "fifo_open"))
		hd_why_say(wait, "nobody has the other end of the FIFO open");
}
