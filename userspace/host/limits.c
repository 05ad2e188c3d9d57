// SPDX-License-Identifier: GPL-2.0-only
/* Limits of processes and how much of them is used, from /proc of this host. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include "host/cgroup.h"
#include "host/file.h"
#include "host/limits.h"

static void count_one(const char *name, void *priv)
{
	(void)name;
	++*(long long *)priv;
}

/* Return: number of open descriptors; -1: the process is gone. */
static long long count_fds(u32 tgid)
{
	long long count = 0;

	return hd_file_each(count_one, &count, "/proc/%u/fd", tgid) ? count : -1;
}

/* Return: the number behind @key at the beginning of a line; -1: none. */
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

/* Return: the number in a file; -1: the file is missing, or has no number. */
static long long number_of_file(const char *file)
{
	char *text = hd_file_text("%s", file), *end = text;
	long long value = text ? strtoll(text, &end, 10) : -1;

	if (end == text)
		value = -1;
	free(text);
	return value;
}

/**
 * struct tightest - the limit that is nearest to exhaustion
 * @name: name of the limit
 * @used: current usage
 * @limit: the limit; 0: none was found yet
 */
struct tightest {
	char name[HD_CGROUP_LEN + 32];
	long long used;
	long long limit;
};

static __printf(4, 5)
void note_limit(struct tightest *tightest, long long used, long long limit,
		const char *fmt, ...)
{
	va_list args;

	if (limit <= 0 || used < 0)
		return;
	if (tightest->limit &&
	    (double)used / limit <= (double)tightest->used / tightest->limit)
		return;
	tightest->used = used;
	tightest->limit = limit;
	va_start(args, fmt);
	vsnprintf(tightest->name, sizeof(tightest->name), fmt, args);
	va_end(args);
}

/* Return: the soft limit; -1: it is unlimited, or the process is gone. */
static long long soft_limit(u32 tgid, const char *name)
{
	char *text = hd_file_text("/proc/%u/limits", tgid);
	const char *at = text ? strstr(text, name) : NULL;
	const char *from = at ? at + strlen(name) : NULL;
	char *end = NULL;
	long long value = at ? strtoll(from, &end, 10) : -1;

	/* strtoll() finds no number in "unlimited" */
	if (end == from)
		value = -1;
	free(text);
	return value;
}

/**
 * struct census - sums over all processes of a user
 * @uid: the user
 * @threads: number of threads
 * @inotifies: number of inotify descriptors
 * @with_files: whether to count @inotifies
 * @pid: the current process
 */
struct census {
	long long uid;
	long long threads;
	long long inotifies;
	bool with_files;
	const char *pid;
};

static void count_inotify(const char *name, void *priv)
{
	struct census *census = priv;
	char to[HD_FILE_LINK];

	if (hd_file_link(to, "/proc/%s/fd/%s", census->pid, name) &&
	    !strcmp(to, "anon_inode:inotify"))
		census->inotifies++;
}

static void count_process(const char *name, void *priv)
{
	struct census *census = priv;
	char *text;

	if (!isdigit((unsigned char)name[0]))
		return;
	text = hd_file_text("/proc/%s/status", name);
	if (text && number_in(text, "Uid:") == census->uid) {
		census->threads += number_in(text, "Threads:");
		census->pid = name;
		if (census->with_files)
			hd_file_each(count_inotify, census, "/proc/%s/fd", name);
	}
	free(text);
}

/* count for the user of a process, as the limits do */
static struct census count_user(u32 tgid, bool with_files)
{
	struct census census = {
		.uid = status_number(tgid, "Uid:"), .with_files = with_files,
	};

	hd_file_each(count_process, &census, "/proc");
	return census;
}

static void know_descriptors(u32 tgid, struct tightest *tightest)
{
	note_limit(tightest, count_fds(tgid), soft_limit(tgid, "Max open files"),
		   "open files");
}

#define CAP_SYS_ADMIN_BIT	21
#define CAP_SYS_RESOURCE_BIT	24

/* does RLIMIT_NPROC not apply to the process? */
static bool is_exempt(u32 tgid)
{
	char *text = hd_file_text("/proc/%u/status", tgid);
	const char *at = text ? strstr(text, "\nCapEff:") : NULL;
	u64 caps = at ? strtoull(at + 8, NULL, 16) : 0;
	bool is_root = text && number_in(text, "Uid:") == 0;

	free(text);
	return is_root || caps >> CAP_SYS_ADMIN_BIT & 1 ||
	       caps >> CAP_SYS_RESOURCE_BIT & 1;
}

static bool consider_cgroup(const char *dir, void *priv)
{
	char file[HD_CGROUP_LEN + 64], last[HD_CGROUP_LEN];
	long long limit, used;

	snprintf(file, sizeof(file), "%s/pids.max", dir);
	limit = number_of_file(file);
	snprintf(file, sizeof(file), "%s/pids.current", dir);
	used = number_of_file(file);
	snprintf(last, sizeof(last), "%s", strrchr(dir, '/'));
	note_limit(priv, used, limit, "tasks of cgroup %s (pids.max)", last);
	return false;
}

static void know_tasks(u32 tgid, struct tightest *tightest)
{
	char *text = hd_file_text("/proc/loadavg");
	const char *at = text ? strchr(text, '/') : NULL;
	long long all = at ? strtoll(at + 1, NULL, 10) : -1;

	free(text);
	/* a process that is gone has no limits to read */
	if (status_number(tgid, "Threads:") < 0)
		return;
	hd_cgroup_up("", tgid, "pids", consider_cgroup, tightest);
	if (!is_exempt(tgid))
		note_limit(tightest, count_user(tgid, false).threads,
			   soft_limit(tgid, "Max processes"), "processes");
	note_limit(tightest, all, number_of_file("/proc/sys/kernel/pid_max"),
		   "process ids (kernel.pid_max)");
	note_limit(tightest, all, number_of_file("/proc/sys/kernel/threads-max"),
		   "threads of the host (kernel.threads-max)");
}

static void know_locked_memory(u32 tgid, struct tightest *tightest)
{
	note_limit(tightest, status_number(tgid, "VmLck:") * 1024,
		   soft_limit(tgid, "Max locked memory"), "locked bytes");
}

static void know_signals(u32 tgid, struct tightest *tightest)
{
	note_limit(tightest, status_number(tgid, "SigQ:"),
		   soft_limit(tgid, "Max pending signals"), "pending signals");
}

static void know_address_space(u32 tgid, struct tightest *tightest)
{
	note_limit(tightest, status_number(tgid, "VmSize:") * 1024,
		   soft_limit(tgid, "Max address space"), "bytes of address space");
}

#define INOTIFY_DIR	"/proc/sys/fs/inotify/"

static void know_inotify(u32 tgid, struct tightest *tightest)
{
	know_descriptors(tgid, tightest);
	note_limit(tightest, count_user(tgid, true).inotifies,
		   number_of_file(INOTIFY_DIR "max_user_instances"),
		   "inotify instances of its user (max_user_instances)");
}

/**
 * struct watches - count of the inotify watches of a process
 * @tgid: the process
 * @count: watches counted so far
 */
struct watches {
	u32 tgid;
	long long count;
};

static void count_watches(const char *name, void *priv)
{
	struct watches *watches = priv;
	char to[HD_FILE_LINK], *text, *at;

	if (!hd_file_link(to, "/proc/%u/fd/%s", watches->tgid, name) ||
	    strcmp(to, "anon_inode:inotify"))
		return;
	text = hd_file_text("/proc/%u/fdinfo/%s", watches->tgid, name);
	for (at = text; at && (at = strstr(at, "inotify wd:")); at++)
		watches->count++;
	free(text);
}

static void know_watches(u32 tgid, struct tightest *tightest)
{
	struct watches watches = { .tgid = tgid };

	hd_file_each(count_watches, &watches, "/proc/%u/fd", tgid);
	note_limit(tightest, watches.count,
		   number_of_file(INOTIFY_DIR "max_user_watches"),
		   "inotify watches (max_user_watches), its own,");
}

/**
 * struct limit - a limit, and the calls that fail because of it
 * @error: errno of a call that exceeds the limit
 * @calls: names of the calls, each between spaces; NULL: all calls
 * @know: reads the usage and the limit
 * @near: the error has other causes too, so that the limit explains it only if
 *	most of it is used
 */
struct limit {
	u32 error;
	const char *calls;
	void (*know)(u32 tgid, struct tightest *tightest);
	bool near;
};

static const struct limit limits[] = {
	{ EMFILE, " inotify_init inotify_init1 ", know_inotify, false },
	{ EMFILE, NULL, know_descriptors, false },
	{ ENOSPC, " inotify_add_watch ", know_watches, false },
	{ EAGAIN, " clone clone3 fork vfork ", know_tasks, false },
	{ ENOMEM, " clone clone3 fork vfork ", know_tasks, true },
	{ EAGAIN, " mlock mlock2 mlockall mmap ", know_locked_memory, false },
	{ EAGAIN, " rt_sigqueueinfo timer_create ", know_signals, false },
	{ ENOMEM, " mlock mlock2 mlockall ", know_locked_memory, false },
	{ ENOMEM, " mmap mmap2 brk mremap ", know_address_space, false },
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

/**
 * hd_limit_explains() - find the limit that makes calls of a process fail
 * @tgid: the process, on this host
 * @error: errno of the calls
 * @call: name of the syscall
 * @buf: receives a text: "open files 1024 of 1024"
 * @size: size of @buf
 *
 * Return: false if there is no such limit, or the process is gone.
 */
bool hd_limit_explains(u32 tgid, u32 error, const char *call, char *buf,
		       size_t size)
{
	struct tightest tightest = { .limit = 0 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(limits); i++)
		if (is_about(&limits[i], error, call))
			break;
	if (i == ARRAY_SIZE(limits))
		return false;
	limits[i].know(tgid, &tightest);
	if (!tightest.limit ||
	    (limits[i].near && tightest.used < tightest.limit / 10 * 9))
		return false;
	snprintf(buf, size, "%s %lld of %lld", tightest.name, tightest.used,
		 tightest.limit);
	return true;
}
