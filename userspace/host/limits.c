// SPDX-License-Identifier: GPL-2.0-only
/* From /proc of this host: the limit, and how much of it is used. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include "host/file.h"
#include "host/limits.h"

static void count_one(const char *name, void *priv)
{
	(void)name;
	++*(long long *)priv;
}

/* Return: -1: it is gone. */
static long long count_fds(u32 tgid)
{
	long long count = 0;

	return hd_file_each(count_one, &count, "/proc/%u/fd", tgid) ? count : -1;
}

/* Return: the number behind a key that begins a line; -1: there is none. */
static long long number_in(const char *text, const char *key)
{
	const char *at = text;

	while (at && strncmp(at, key, strlen(key))) {
		at = strchr(at, '\n');
		if (at)
			at++;
	}
	return at ? strtoll(at + strlen(key), NULL, 10) : -1;
}

/* Return: the number behind @key in /proc/TGID/status; -1: there is none. */
static long long status_number(u32 tgid, const char *key)
{
	char *text = hd_file_text("/proc/%u/status", tgid);
	long long value = number_in(text, key);

	free(text);
	return value;
}

/**
 * struct census - the threads of a user
 * @uid: the user
 * @count: so far
 */
struct census {
	long long uid;
	long long count;
};

static void count_threads(const char *name, void *priv)
{
	struct census *census = priv;
	char *text;

	if (!isdigit((unsigned char)name[0]))
		return;
	text = hd_file_text("/proc/%s/status", name);
	if (text && number_in(text, "Uid:") == census->uid)
		census->count += number_in(text, "Threads:");
	free(text);
}

/* threads of the same user, which is what the limit is about */
static long long count_tasks_of_user(u32 tgid)
{
	struct census census = { .uid = status_number(tgid, "Uid:") };

	return hd_file_each(count_threads, &census, "/proc") ? census.count : -1;
}

static long long address_space(u32 tgid)
{
	return status_number(tgid, "VmSize:") * 1024;
}

static long long locked_memory(u32 tgid)
{
	return status_number(tgid, "VmLck:") * 1024;
}

static long long pending_signals(u32 tgid)
{
	return status_number(tgid, "SigQ:");
}

/**
 * struct limit - a limit and what it makes fail
 * @error: errno of calls that go beyond it
 * @calls: their names, each with a space around it; NULL: all
 * @name: of the limit, as /proc/PID/limits has it
 * @words: what it is a limit of
 * @used: how much of it is used
 */
struct limit {
	u32 error;
	const char *calls;
	const char *name;
	const char *words;
	long long (*used)(u32 tgid);
};

static const struct limit limits[] = {
	{ EMFILE, NULL, "Max open files", "open files", count_fds },
	{ EAGAIN, " clone clone3 fork vfork ", "Max processes", "processes",
	  count_tasks_of_user },
	{ EAGAIN, " mlock mlock2 mlockall mmap ", "Max locked memory",
	  "locked bytes", locked_memory },
	{ EAGAIN, " rt_sigqueueinfo timer_create ", "Max pending signals",
	  "pending signals", pending_signals },
	{ ENOMEM, " mlock mlock2 mlockall ", "Max locked memory",
	  "locked bytes", locked_memory },
	{ ENOMEM, " mmap mmap2 brk mremap ", "Max address space",
	  "bytes of address space", address_space },
};

static bool is_about(const struct limit *limit, u32 error, const char *call)
{
	char name[64];

	if (limit->error != error)
		return false;
	if (!limit->calls)
		return true;
	snprintf(name, sizeof(name), " %s ", call);
	return strstr(limit->calls, name);
}

/* Return: the soft limit; -1: it is unlimited, or the process is gone. */
static long long soft_limit(u32 tgid, const char *name)
{
	char *text = hd_file_text("/proc/%u/limits", tgid);
	const char *at = text ? strstr(text, name) : NULL;
	long long value = -1;

	if (at)
		sscanf(at + strlen(name), "%lld", &value);
	free(text);
	return value;
}

/**
 * hd_limit_explains() - the limit of a process that makes calls fail
 * @tgid: the process, on this host
 * @error: what they fail with
 * @call: name of the syscall
 * @buf: where it is said: "open files 1024 of 1024"
 * @size: of @buf
 *
 * Return: false where there is no such limit, or the process is gone.
 */
bool hd_limit_explains(u32 tgid, u32 error, const char *call, char *buf,
		       size_t size)
{
	long long limit, used;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(limits); i++) {
		if (!is_about(&limits[i], error, call))
			continue;
		limit = soft_limit(tgid, limits[i].name);
		if (limit < 0)
			continue;
		used = limits[i].used(tgid);
		if (used < 0)
			continue;
		snprintf(buf, size, "%s %lld of %lld", limits[i].words, used,
			 limit);
		return true;
	}
	return false;
}
